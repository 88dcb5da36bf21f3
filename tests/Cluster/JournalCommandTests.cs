using Actors.ApiHost.Commands;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Moods;
using Actors.Grains.Attachments;
using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.Grains.Tests.Durability;
using Actors.Grains.Tests.Purchases;
using Actors.Grains.Tests.Wallets;
using Actors.Journal;
using Actors.Journal.GrainStorage;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Money = Actors.Grains.Tests.Wallets.Money;

namespace Actors.Cluster.Tests;

/// <summary>The console's <c>journal</c> verbs against a cluster's storage, Azure's own providers beneath.</summary>
[Trait("Spec", "SE-3")]
public sealed class JournalCommandTests(Azurite azurite) : IDisposable
{
    private static readonly StreamId Counter = StreamId.Parse("test-counter/due");

    private readonly string _directory = Directory.CreateTempSubdirectory("actors-move").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(ClusterStorage.Blob)]
    [InlineData(ClusterStorage.Table)]
    public async Task After_a_move_the_cluster_answers_the_same_and_serves_what_falls_due(ClusterStorage storage)
    {
        var service = ServiceOf("move", storage);
        string[] answers;
        long version;
        string sealedText;
        await using (var directory = await DirectoryEngine.StartAsync(_directory))
        {
            await FillAsync(directory);
            answers = await AnswersAsync(directory);
            version = await directory.Grains.GetGrain<ICounterGrain>("due").Version();
            sealedText = (await directory.Keys.OpenAsync("ana"))!.Seal("Hello", "here");
            await directory.Keys.DestroyAsync("erased");
            using var content = new MemoryStream([1, 2, 3]);
            await directory.Attachments.WriteAsync("picture", (await directory.Keys.OpenAsync("ana"))!, content);
            var early = await RunAsync(["move", "--to", azurite.ConnectionString], service, storage);
            Assert.Equal(2, early.Code);
            Assert.Contains("is in use", early.Output, StringComparison.Ordinal);
        }

        var moved = await RunAsync(["move", "--to", azurite.ConnectionString], service, storage);

        Assert.Equal(0, moved.Code);
        Assert.Contains("the same on both sides", moved.Output, StringComparison.Ordinal);
        Assert.Matches("[1-9][0-9]* wake-ups", moved.Output);
        Assert.Matches("[1-9][0-9]* keys are in .*, and 1 attachments", moved.Output);
        var again = await RunAsync(["move", "--to", azurite.ConnectionString], service, storage);
        Assert.Contains("0 of them were written now", again.Output, StringComparison.Ordinal);
        await using var cluster = await ClusterGrainEngine.StartAsync(azurite.ConnectionString, service, storage);
        Assert.Equal(answers, await AnswersAsync(cluster));
        var silo = cluster.Cluster.Silos[0].ServiceProvider;
        var keys = silo.GetRequiredService<IErasableKeys>();
        Assert.Equal("Hello", (await keys.OpenAsync("ana"))!.Open(sealedText, "here"));
        Assert.Null(await keys.OpenAsync("erased"));
        var attachments = silo.GetRequiredService<IAttachmentStore>();
        await using var picture = await attachments.OpenAsync("picture", (await keys.OpenAsync("ana"))!);
        Assert.Equal(3, picture!.Length);
        var journal = silo.GetRequiredService<IJournal>();
        Assert.Equal(version, (await journal.ReadHeadAsync(Counter)).Version);
        await Eventually.TrueAsync(async () =>
        {
            // Nobody calls: the reminder alone finds the grain, a day later at the latest.
            await cluster.AdvanceAsync(TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            return (await journal.ReadHeadAsync(Counter)).Version > version;
        });
        Assert.Equal(0, await cluster.Grains.GetGrain<ICounterGrain>("due").Get());
        var refused = await RunAsync(["move", "--to", azurite.ConnectionString], service, storage);
        Assert.Equal(1, refused.Code);
        Assert.Contains("REFUSED The storage holds other data", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClusterStorage.Blob)]
    [InlineData(ClusterStorage.Table)]
    public async Task Streams_in_storage_are_verified_measured_dumped_and_repaired(ClusterStorage storage)
    {
        var service = ServiceOf("tools", storage);
        string[] account = [$"--{ClusterSettings.StorageName}={azurite.ConnectionString}"];
        await using var store = await ClusterStore.OpenAsync(SettingsOf(service, storage), TimeProvider.System);
        var journal = store.OpenJournal();
        var (ana, other) = (new StreamId("wallet", "ana ünusual/name"), new StreamId("mood", new string('~', 150)));
        await journal.AppendAsync(CommitOf(ana, 0, 0, "{\"n\":1}"));
        await journal.AppendAsync(CommitOf(other, 0, 0, "{\"n\":2}"));

        var verified = await RunAsync(["verify", .. account], service, storage);
        Assert.Equal(0, verified.Code);
        Assert.Equal(
            ["2 records of 2 streams, every chain is whole", "keys: 0, every one is whole; 0 of them are destroyed"],
            verified.Output.Split('\n')
        );
        var measured = await RunAsync(["stats", .. account], service, storage);
        Assert.Contains("wallet: 1 streams, 1 records, 1 events", measured.Output, StringComparison.Ordinal);
        var dumped = await RunAsync(["dump", ana.Value, .. account], service, storage);
        Assert.Contains("\"events\":[{\"n\":1}]", dumped.Output, StringComparison.Ordinal);

        await MiscountAsync(store, ana);

        Assert.Equal(1, (await RunAsync(["verify", .. account], service, storage)).Code);
        var looked = await RunAsync(["repair", .. account], service, storage);
        Assert.Equal(1, looked.Code);
        Assert.Contains($"DAMAGED {ana}: record 2 said 0 events and holds 1", looked.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", looked.Output, StringComparison.Ordinal);
        var mended = await RunAsync(["repair", ana.Value, "--apply", .. account], service, storage);
        Assert.Equal(0, mended.Code);
        Assert.Contains("1 are repaired", mended.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(["verify", .. account], service, storage)).Code);
        await store.OpenJournal().AppendAsync(CommitOf(ana, 2, 2, "{\"n\":3}"));
    }

    private static async Task FillAsync(DirectoryEngine engine)
    {
        var shop = await Shop.OpenAsync(engine, "mia");
        var item = await shop.SellsAsync("wave", 40, points: 3);
        var balance = await engine.WithTokensAsync("ana", 1_000);
        Assert.Null((await shop.BuyAsync("ana", item, "p1")).Refusal);
        Assert.Null((await balance.Tip(Money.Tip("mia", 25, "t1", "Thanks"))).Refusal);
        await engine.EventuallyHoldsAsync("mia", 65);
        var profile = engine.Grains.GetGrain<IModelProfileGrain>("mia");
        await profile.AcceptMoodTerms(shop.Model);
        var mood = new UpdateMood(shop.Model, MoodState.Positive, "Hello");
        Assert.Null((await engine.Grains.GetGrain<IMoodGrain>("mia").Update(mood)).Refusal);
        var counter = engine.Grains.GetGrain<ICounterGrain>("due");
        await counter.Add(5);
        await counter.ResetAt(engine.Time.GetUtcNow().AddHours(6));
    }

    private static async Task<string[]> AnswersAsync(IGrainEngine engine)
    {
        var (balance, wallet) = (engine.Balance("ana"), engine.Wallet("mia"));
        var mood = (await engine.Grains.GetGrain<IMoodGrain>("mia").History(10, 0)).Value!;
        // Repeats of commands are answered as they were answered first.
        var tip = (await balance.Tip(Money.Tip("mia", 25, "t1", "Thanks"))).Value!;
        var proof = await engine.ProveAsync();
        Assert.True(proof.Conserved);
        return
        [
            $"{await balance.Get()}",
            $"{await wallet.Get()}",
            $"{tip}",
            .. (await balance.Statement(null, 10, StatementFilter.None)).Movements.Select(static movement =>
                $"{movement}"
            ),
            .. (await wallet.Statement(null, 10, StatementFilter.None)).Movements.Select(static movement =>
                $"{movement}"
            ),
            .. mood.History.Select(static change => $"{change}"),
            $"{await engine.Grains.GetGrain<ICounterGrain>("due").Get()}",
        ];
    }

    /// <summary>What earlier versions could leave behind: one more record whose header counts none of its events.</summary>
    private static async Task MiscountAsync(ClusterStore store, StreamId stream)
    {
        var records = new StreamRecords(store.Storage, stream);
        var (segment, _) = await records.ReadSegmentAsync(1);
        var body = RecordCodec.EncodeBody(CommitOf(stream, 1, 1, "{\"n\":9}").Events, default);
        var header = new RecordHeader(2, 2, 0, DateTimeOffset.UnixEpoch, default, 0);
        await records.WriteSegmentAsync(segment!.Append(header, body, new GrainStorageJournalOptions()));
    }

    private async Task<(int Code, string Output)> RunAsync(string[] arguments, string service, ClusterStorage storage)
    {
        var output = new StringWriter();
        var code = await CommandLine.Find(
            [
                "journal",
                .. arguments,
                $"--Data:Directory={_directory}",
                $"--Cluster:ServiceId={service}",
                $"--Cluster:Storage={storage}",
            ],
            output
        )!;
        return (code, output.ToString().Trim());
    }

    private ClusterSettings SettingsOf(string service, ClusterStorage storage)
    {
        Assert.True(StorageAccount.TryParse(azurite.ConnectionString, out var account));
        return new ClusterSettings
        {
            Account = account,
            ServiceId = service,
            Storage = storage,
        };
    }

    private static Commit CommitOf(StreamId stream, long sequence, long version, string json) =>
        new()
        {
            Stream = stream,
            AfterSequence = sequence,
            AfterVersion = version,
            At = DateTimeOffset.UnixEpoch,
            Events = [System.Text.Encoding.UTF8.GetBytes(json)],
        };

    private static string ServiceOf(string what, ClusterStorage storage) =>
        $"{what}-{storage}-{Environment.ProcessId}-{Environment.TickCount64}".ToLowerInvariant();
}
