using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Embedded;
using Actors.Journal;

namespace Actors.Grains.Hosting;

/// <summary>Keeps the embedded engine's reminders in a journal stream of their own.</summary>
public sealed class EmbeddedReminders(IJournal journal, TimeProvider time) : IReminderStore, IDisposable
{
    private const int Schema = 1;
    private const int SnapshotEvery = 500;

    private static readonly StreamId Stream = new("reminders", "all");

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ImmutableDictionary<string, Reminder> _reminders = ImmutableDictionary<string, Reminder>.Empty;
    private StreamHead _head;
    private int _sinceSnapshot;

    public async ValueTask<IReadOnlyList<StoredReminder>> LoadAllAsync(CancellationToken cancellation)
    {
        if (await journal.ReadSnapshotAsync(Stream) is { Schema: Schema } snapshot)
        {
            var kept = JsonSerializer.Deserialize(snapshot.Json.Span, ReminderJson.Default.ReminderArray)!;
            _reminders = kept.ToImmutableDictionary(static reminder => reminder.Id);
            _head = new StreamHead(snapshot.Sequence, snapshot.Version);
        }
        await foreach (var record in journal.ReadForwardAsync(Stream, _head.Sequence, cancellation))
        {
            foreach (var json in record.Events)
            {
                Fold(JsonSerializer.Deserialize(json.Span, ReminderJson.Default.ReminderEvent)!);
            }
            _head = new StreamHead(record.Sequence, record.LastVersion);
        }
        return
        [
            .. _reminders
                .Values.OrderBy(static reminder => reminder.Id, StringComparer.Ordinal)
                .Select(static reminder => new StoredReminder(
                    GrainId.Parse(reminder.Grain),
                    reminder.Name,
                    reminder.FirstTickAt,
                    reminder.Period
                )),
        ];
    }

    public ValueTask UpsertAsync(StoredReminder reminder) =>
        AppendAsync(
            new ReminderSet(
                new Reminder(reminder.Grain.ToString(), reminder.Name, reminder.FirstTickAt, reminder.Period)
            )
        );

    public ValueTask RemoveAsync(GrainId grain, string name) =>
        AppendAsync(new ReminderRemoved(grain.ToString(), name));

    public void Dispose() => _oneAtATime.Dispose();

    private async ValueTask AppendAsync(ReminderEvent @event)
    {
        await _oneAtATime.WaitAsync();
        try
        {
            var commit = new Commit
            {
                Stream = Stream,
                AfterSequence = _head.Sequence,
                AfterVersion = _head.Version,
                At = time.GetUtcNow(),
                Events = [JsonSerializer.SerializeToUtf8Bytes(@event, ReminderJson.Default.ReminderEvent)],
            };
            await journal.AppendAsync(commit);
            _head = new StreamHead(_head.Sequence + 1, _head.Version + 1);
            Fold(@event);
            await SnapshotAsync();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async ValueTask SnapshotAsync()
    {
        if (++_sinceSnapshot < SnapshotEvery)
        {
            return;
        }
        _sinceSnapshot = 0;
        var json = JsonSerializer.SerializeToUtf8Bytes([.. _reminders.Values], ReminderJson.Default.ReminderArray);
        await journal.WriteSnapshotAsync(Stream, new StreamSnapshot(_head.Sequence, _head.Version, Schema, json));
    }

    private void Fold(ReminderEvent @event) =>
        _reminders = @event switch
        {
            ReminderSet set => _reminders.SetItem(set.Reminder.Id, set.Reminder),
            ReminderRemoved removed => _reminders.Remove(Reminder.IdOf(removed.Grain, removed.Name)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

internal sealed record Reminder(string Grain, string Name, DateTimeOffset FirstTickAt, TimeSpan Period)
{
    [JsonIgnore]
    public string Id => IdOf(Grain, Name);

    public static string IdOf(string grain, string name) => $"{grain} {name}";
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReminderSet), "reminder.set.v1")]
[JsonDerivedType(typeof(ReminderRemoved), "reminder.removed.v1")]
internal abstract record ReminderEvent;

internal sealed record ReminderSet(Reminder Reminder) : ReminderEvent;

internal sealed record ReminderRemoved(string Grain, string Name) : ReminderEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReminderEvent))]
[JsonSerializable(typeof(Reminder[]))]
internal sealed partial class ReminderJson : JsonSerializerContext;
