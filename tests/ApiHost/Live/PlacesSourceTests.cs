using System.Text;
using Actors.ApiHost.Live;
using Actors.ApiHost.Live.Streams;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Tests.Live;

/// <summary>A user's places in several models' queues.</summary>
[Trait("Spec", "CH-3")]
public sealed class PlacesSourceTests
{
    private readonly FakeGrains _grains = new();
    private readonly FakeVersion _balance = new() { Newest = 4 };
    private readonly Dictionary<string, FakeVersion> _versions = [];
    private readonly Dictionary<string, int> _positions = [];

    public PlacesSourceTests()
    {
        _grains.Add<IBalanceGrain>("bo", (_, args) => _balance.Follow((long)args[0]!));
        _grains.Add<IPurchaserGrain>("bo", (_, _) => new ValueTask<OpenQueues>(new OpenQueues([.. _positions.Keys])));
    }

    [Fact]
    public async Task A_connection_begins_with_the_places_that_there_are()
    {
        Place("mia", 3);
        Place("ana", 1);
        var source = Source();

        Assert.True(await source.ChangedAsync(0));
        var page = await source.ReadAsync(0, 50);

        Assert.Equal(["ana 1", "mia 3"], page.Changes.Select(Shown));
        Assert.All(page.Changes, static change => Assert.Equal("queue", change.Type));
        Assert.NotEqual(0, page.UpTo);
    }

    [Fact]
    public async Task Whoever_resumes_and_missed_nothing_is_told_nothing()
    {
        Place("mia", 3);
        var seen = (await Source().ReadAsync(0, 50)).UpTo;

        Assert.Empty((await Source().ReadAsync(seen, 50)).Changes);
        Place("mia", 2);
        Assert.Equal(["mia 2"], (await Source().ReadAsync(seen, 50)).Changes.Select(Shown));
    }

    [Fact]
    public async Task Only_the_queue_in_which_something_of_the_user_changed_is_told()
    {
        Place("mia", 3);
        Place("ana", 1);
        var (source, upTo) = await BegunAsync();

        var changed = source.ChangedAsync(upTo);
        Assert.False(changed.IsCompleted);
        Place("mia", 2);
        Assert.True(await changed);
        Assert.Equal(["mia 2"], (await source.ReadAsync(upTo, 50)).Changes.Select(Shown));

        // Something about others.
        _versions["ana"].Newest++;
        Assert.True(await source.ChangedAsync(upTo));
        Assert.Empty((await source.ReadAsync(upTo, 50)).Changes);
    }

    [Fact]
    public async Task A_new_purchase_brings_its_queue_and_a_finished_one_leaves_with_a_last_word()
    {
        var (source, upTo) = await BegunAsync();
        Assert.Equal(0, upTo);

        var changed = source.ChangedAsync(upTo);
        Place("mia", 1);
        Assert.False(changed.IsCompleted);
        _balance.Newest++;
        Assert.True(await changed);
        var page = await source.ReadAsync(upTo, 50);
        Assert.Equal(["mia 1"], page.Changes.Select(Shown));

        _positions.Remove("mia");
        _balance.Newest++;
        Assert.True(await source.ChangedAsync(page.UpTo));
        var last = await source.ReadAsync(page.UpTo, 50);
        Assert.Equal(["mia -"], last.Changes.Select(Shown));
        Assert.Equal(0, last.UpTo);
    }

    [Fact]
    public async Task Questions_that_stay_open_do_not_pile_up()
    {
        Place("mia", 9);
        Place("ana", 1);
        var (source, upTo) = await BegunAsync();
        for (var position = 8; position > 0; position--)
        {
            var changed = source.ChangedAsync(upTo);
            Place("mia", position);
            Assert.True(await changed);
            upTo = (await source.ReadAsync(upTo, 50)).UpTo;
        }
        Assert.Equal((1, 1), (_balance.Open, _versions["ana"].Open));
    }

    [Fact]
    public async Task At_most_20_queues_are_followed()
    {
        for (var number = 10; number < 40; number++)
        {
            Place($"model{number}", 1);
        }
        var page = await Source().ReadAsync(0, 50);

        Assert.Equal(PlacesSource.MaxQueues, page.Changes.Count);
    }

    private async Task<(PlacesSource Source, long UpTo)> BegunAsync()
    {
        var source = Source();
        var upTo = (await source.ReadAsync(0, 50)).UpTo;
        // The balance answers at once for the first time.
        Assert.True(await source.ChangedAsync(upTo));
        Assert.Empty((await source.ReadAsync(upTo, 50)).Changes);
        return (source, upTo);
    }

    private PlacesSource Source() => new(_grains.Factory, TimeProvider.System, "bo");

    private void Place(string model, int position)
    {
        _positions[model] = position;
        if (_versions.TryGetValue(model, out var version))
        {
            version.Newest++;
            return;
        }
        var added = _versions[model] = new FakeVersion { Newest = 1 };
        _grains.Add<IQueueGrain>(
            model,
            (method, args) =>
                method == nameof(IQueueGrain.View)
                    ? new ValueTask<QueueView>(View(model, added.Newest))
                    : added.Follow((long)args[0]!)
        );
    }

    private QueueView View(string model, long version) =>
        new(model, false, 5, _positions.TryGetValue(model, out var position) ? [Entry(position)] : [], version);

    private static QueueEntry Entry(int position) =>
        new(
            PurchaseId.Of(1, 2),
            "bo",
            "i1",
            "A wave",
            Tokens.Of(5),
            EntryStatus.Waiting,
            position,
            position * 2,
            position * 3,
            DateTimeOffset.UnixEpoch,
            null,
            DateTimeOffset.UnixEpoch
        );

    private static string Shown(LiveChange change)
    {
        var json = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(change.Data.Span)).RootElement;
        var entries = json.GetProperty("entries").EnumerateArray().ToList();
        var position = entries is [var entry] ? entry.GetProperty("position").ToString() : "-";
        return $"{json.GetProperty("modelId").GetString()} {position}";
    }
}
