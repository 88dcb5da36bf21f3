using System.Text.Json;
using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Format;
using Actors.Journal.Snapshots;
using Actors.Journal.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Contract.Tests.Erasure;

/// <summary>
/// All that whoever has every file of a stopped host's data directory can read in it, with every key that lies there: records and
/// snapshots, what is sealed in them, and attachments.
/// </summary>
internal sealed class StoredData(string directory)
{
    /// <summary>How the place of a snapshot begins.</summary>
    public const string SnapshotOf = "snapshot of ";

    private static readonly string[] Places =
    [
        "display name",
        "words",
        "name of the pet",
        .. Enumerable.Range(1, 20).Select(static number => $"message {number}"),
        .. Enumerable.Range(1, 20).Select(static number => $"message {number} edit 1"),
        "report 1",
    ];

    private readonly PhysicalDisk _disk = new();

    private readonly JournalOptions _journal = new()
    {
        Directory = Path.Combine(directory, JournalSettings.DirectoryName),
        Retention = RetentionAges.All,
    };

    /// <summary>How many attachments lie there, whoever can read them.</summary>
    public int Attachments => SealingHosting.AttachmentsOf(_journal, _disk).List().Count();

    /// <summary>Every file as it lies there.</summary>
    public IEnumerable<(string Place, byte[] Bytes)> Files() =>
        Directory
            .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(static path => (path, File.ReadAllBytes(path)));

    /// <param name="attachments">What the store calls them.</param>
    public async Task<IReadOnlyList<(string Place, byte[] Bytes)>> ReadAsync(params string[] attachments)
    {
        var records = await RecordsAsync();
        var keys = Keys();
        var found = new List<(string, byte[])>(records);
        foreach (var (stream, json) in records)
        {
            using var document = JsonDocument.Parse(json);
            string[] mine =
            [
                .. Places,
                $"mood message {stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
            ];
            found.AddRange(
                TextsIn(document.RootElement)
                    .Where(static text => text.StartsWith("1.", StringComparison.Ordinal))
                    .SelectMany(text => keys.SelectMany(key => mine.Select(place => key.Open(text, place))))
                    .OfType<string>()
                    .Select(text => (stream, System.Text.Encoding.UTF8.GetBytes(text)))
            );
        }
        foreach (var name in attachments)
        {
            foreach (var key in keys)
            {
                if (await TryOpenAsync(name, key) is { } content)
                {
                    found.Add((name, content));
                }
            }
        }
        return found;
    }

    private async Task<List<(string Stream, byte[] Json)>> RecordsAsync()
    {
        var records = new List<(string, byte[])>();
        var output = new StringWriter();
        var code = await StoredJournal.UseAsync(
            _journal,
            _disk,
            output,
            journal =>
            {
                foreach (var place in journal.Layout.Logs)
                {
                    journal.Scan(
                        place,
                        (in record, _, _) =>
                        {
                            var stream = System.Text.Encoding.UTF8.GetString(record.Stream);
                            var read = record.ToRecord();
                            records.AddRange(read.Events.Select(json => (stream, json.ToArray())));
                            if (!read.Mark.IsEmpty)
                            {
                                records.Add((stream, read.Mark.ToArray()));
                            }
                        }
                    );
                }
                records.AddRange(Snapshots(journal.Layout.SnapshotDirectory));
                return Task.FromResult(0);
            }
        );
        Assert.True(code == 0, output.ToString());
        return records;
    }

    private List<(string Stream, byte[] Json)> Snapshots(string place)
    {
        using var store = new SnapshotStore(
            _disk,
            place,
            JournalKey.Load(_journal, _disk, mayCreate: false),
            _journal,
            TimeProvider.System,
            NullLogger.Instance
        );
        var places = new List<SnapshotPlace>();
        store.Recover(default, places.Add);
        return
        [
            .. places.Select(one => (SnapshotOf + one.Stream.Value, store.Read(one.Stream, one.At)!.Json.ToArray())),
        ];
    }

    /// <summary>Every key that was not destroyed.</summary>
    private List<SealingKey> Keys()
    {
        var (store, wrap) = (SealingHosting.StoreOf(_journal, _disk), SealingHosting.WrapOf(_journal, _disk));
        return
        [
            .. store
                .List()
                .Select(key => wrap.Unwrap(key.Id, key.Record, key.Id.Hex))
                .OfType<byte[]>()
                .Select(static bytes => new SealingKey(bytes)),
        ];
    }

    private async Task<byte[]?> TryOpenAsync(string name, SealingKey key)
    {
        try
        {
            if (await SealingHosting.AttachmentsOf(_journal, _disk).OpenAsync(name, key) is not { } content)
            {
                return null;
            }
            await using (content)
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes);
                return bytes.ToArray();
            }
        }
        catch (JournalDamagedException)
        {
            // Another key's.
            return null;
        }
    }

    private static IEnumerable<string> TextsIn(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => [json.GetString()!],
            JsonValueKind.Array => json.EnumerateArray().SelectMany(TextsIn),
            JsonValueKind.Object => json.EnumerateObject().SelectMany(static one => TextsIn(one.Value)),
            _ => [],
        };
}
