using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Attachments;
using Actors.Grains.Exports;
using Actors.Grains.Hosting;
using Actors.Grains.Tests.Attachments;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Exports;

/// <summary>From the question to the file and to its end, with crashes in between; files and keys lie on the simulated disk.</summary>
[Trait("Spec", "AC-2")]
public sealed class ExportGrainTests : IAsyncLifetime
{
    private const string Theirs = "what mallory said";

    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly WatchedStore _store = new();
    private SimulatedGrainEngine _engine = null!;

    private IExportGrain Export => _engine.Grains.GetGrain<IExportGrain>("bo");

    private ExportFiles Files => new(_engine.Grains, _store, _store);

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = _store.Register }
        );
        await _engine.Grains.GetGrain<IModelProfileGrain>("ana").Register(new RegisterModel(Root, "Ana"));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_user_gets_everything_of_hers_and_nothing_of_anybody_else()
    {
        await _engine.WithTokensAsync("bo", 70);
        await _engine.Grains.GetGrain<IUserProfileGrain>("bo").Set(new SetUserProfile(Root, "Zaphod"));
        var pet = (await _engine.Grains.GetGrain<IPetsGrain>("bo").Create(new CreatePet("Rex"))).Value!;
        await SayAsync("pet", pet.Id, "bo", "good dog");
        // More than a page.
        for (var number = 1; number <= 120; number++)
        {
            await SayAsync("model", "ana", "bo", $"word {number}.");
        }
        var file = await StoreAsync();
        await SayAsync("model", "ana", "bo", "look", file.Id);
        await SayAsync("model", "ana", "mallory", Theirs);
        await ListedAsync("bo", 2);

        var asked = (await Export.Request(PersonKind.User)).Value!;
        var ready = await ReadyAsync();

        Assert.Equal((ExportStatus.Requested, 12), (asked.Status, asked.PartsTotal));
        Assert.Equal((asked.Id, 12, 12), (ready.Id, ready.Parts.Count, ready.PartsTotal));
        Assert.Equal(ready.ReadyAt + TimeSpan.FromHours(24), ready.ExpiresAt);
        var entries = await UnzipAsync("bo", ready.Bytes!.Value);
        Assert.Equal(
            [
                "README.txt",
                "activity.json",
                "balance.json",
                "bookings.json",
                "conversations/ana.json",
                $"conversations/ana/{file.Id}.jpg",
                "mood-messages.json",
                "notifications.json",
                $"pet-conversations/{pet.Id}.json",
                "pets.json",
                "profile.json",
                "purchases.json",
                "statement.json",
                "subscriptions.json",
                "transactions.json",
            ],
            entries.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(file.Bytes, entries[$"conversations/ana/{file.Id}.jpg"].Length);
        var said = Json(entries["conversations/ana.json"])
            .EnumerateArray()
            .Where(static one => one.GetProperty("sender").GetString() == "user")
            .ToArray();
        Assert.Equal(121, said.Length);
        Assert.Equal(121, said.Select(static one => one.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal("look", said[0].GetProperty("content").GetString());
        Assert.Equal("word 1.", said[^1].GetProperty("content").GetString());
        Assert.Equal(
            "Zaphod",
            Json(entries["profile.json"]).GetProperty("user").GetProperty("displayName").GetString()
        );
        Assert.Equal(70, Json(entries["balance.json"]).GetProperty("available").GetInt64());
        Assert.Equal(70, Json(entries["statement.json"])[0].GetProperty("tokens").GetInt64());
        Assert.Contains("good dog", Text(entries[$"pet-conversations/{pet.Id}.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain(entries.Values, static one => Text(one).Contains(Theirs, StringComparison.Ordinal));
        Assert.DoesNotContain(entries.Values, static one => Text(one).Contains("mallory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_gets_her_side()
    {
        await SayAsync("model", "ana", "mallory", Theirs);
        await ListedAsync("ana", 1);
        var grain = _engine.Grains.GetGrain<IExportGrain>("ana");

        await grain.Request(PersonKind.Model);
        var ready = await ReadyAsync(grain);

        Assert.Equal(12, ready.PartsTotal);
        var entries = await UnzipAsync("ana", ready.Bytes!.Value);
        Assert.Contains(Theirs, Text(entries["conversations/mallory.json"]), StringComparison.Ordinal);
        Assert.Equal(0, Json(entries["wallet.json"]).GetProperty("earned").GetInt64());
        Assert.False(entries.ContainsKey("balance.json"));
        Assert.True(entries.ContainsKey("menus.json") && entries.ContainsKey("devices.json"));
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_it_is_made_anew_and_what_was_begun_is_gone()
    {
        _store.StandsStill = true;
        await Export.Request(PersonKind.User);
        await _engine.EventuallyAsync(() => _store.Written == 1);
        Assert.Equal(ExportRefusals.ExportNotReadyCode, (await Export.FindFile()).Refusal?.Code);

        await _engine.CrashAsync();
        _store.StandsStill = false;
        Assert.Equal(ExportStatus.Requested, (await Export.Get()).Value!.Status);
        await _engine.AdvanceAsync(ExportRules.LookAfter);

        var ready = await ReadyAsync();
        Assert.Equal(2, _store.Begun);
        var file = (await Export.FindFile()).Value!;
        Assert.Equal(2, file.Attempt);
        Assert.Null(await OpenAsync(file with { Attempt = 1 }));
        Assert.NotEmpty(await UnzipAsync("bo", ready.Bytes!.Value));
    }

    [Fact]
    public async Task It_is_being_made_for_longer_than_it_is_looked_after_and_asking_again_makes_no_other()
    {
        _store.StandsStill = true;
        var first = (await Export.Request(PersonKind.User)).Value!;

        await _engine.AdvanceAsync(5 * ExportRules.LookAfter);
        var again = (await Export.Request(PersonKind.User)).Value!;

        Assert.Equal((first.Id, ExportStatus.Requested), (again.Id, again.Status));
        Assert.Equal(again.PartsTotal, again.Parts.Count);
        Assert.Equal(1, _store.Begun);
    }

    [Fact]
    public async Task A_store_that_stays_full_is_asked_so_often_and_then_it_has_failed()
    {
        _store.IsFull = true;
        await Export.Request(PersonKind.User);

        await _engine.EventuallyAsync(async () => (await Export.Get()).Value!.Status == ExportStatus.Failed);

        Assert.Equal(ExportRules.MostAttempts, _store.Begun);
        Assert.Equal(ExportRefusals.ExportNotFoundCode, (await Export.FindFile()).Refusal?.Code);
        _store.IsFull = false;
        await Export.Request(PersonKind.User);
        await ReadyAsync();
    }

    [Fact]
    public async Task After_a_day_it_is_gone_from_the_disk_and_its_key_is_destroyed()
    {
        await Export.Request(PersonKind.User);
        await ReadyAsync();
        var file = (await Export.FindFile()).Value!;
        Assert.True(_engine.BytesBelow("attachments") > file.Bytes);
        await _engine.AdvanceAsync(IExportGrain.KeptFor - TimeSpan.FromMinutes(5));
        Assert.NotNull(await OpenAsync(file));

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(ExportStatus.Expired, (await Export.Get()).Value!.Status);
        Assert.Equal(ExportRefusals.ExportNotFoundCode, (await Files.OpenAsync("bo", default)).Refusal?.Code);
        await GoneAsync(file);
    }

    [Fact]
    public async Task A_storage_that_does_not_delete_is_asked_again_and_nobody_reads_it_meanwhile()
    {
        await Export.Request(PersonKind.User);
        await ReadyAsync();
        var file = (await Export.FindFile()).Value!;
        _store.IsAway = true;

        await _engine.AdvanceAsync(IExportGrain.KeptFor);
        Assert.NotEqual(0, _engine.BytesBelow("attachments"));
        Assert.Null(await _store.OpenAsync(ExportNames.KeyOf("bo", file.Number)));
        Assert.Equal(ExportRefusals.ExportNotFoundCode, (await Export.FindFile()).Refusal?.Code);

        _store.IsAway = false;
        await _engine.AdvanceAsync(ExportRules.DeleteAgainAfter);
        await GoneAsync(file);
    }

    [Fact]
    public async Task A_new_one_takes_the_place_of_the_one_before()
    {
        await Export.Request(PersonKind.User);
        await ReadyAsync();
        var before = (await Export.FindFile()).Value!;
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));

        await Export.Request(PersonKind.User);
        await ReadyAsync();

        var after = (await Export.FindFile()).Value!;
        Assert.NotEqual(before.Number, after.Number);
        await _engine.EventuallyAsync(async () =>
            await _store.OpenAsync(ExportNames.KeyOf("bo", before.Number)) is null
        );
        Assert.NotEmpty(await UnzipAsync("bo", after.Bytes));
    }

    [Fact]
    public async Task Nobody_else_finds_it()
    {
        await Export.Request(PersonKind.User);
        await ReadyAsync();

        foreach (var other in (string[])["mallory", "ana", "b", "bo2"])
        {
            var found = await Files.OpenAsync(other, default);
            Assert.Equal(ExportRefusals.ExportNotFoundCode, found.Refusal?.Code);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_erased_loses_it_with_everything_else_and_gets_none_any_more(bool isBeingMade)
    {
        await _engine.Grains.GetGrain<IUserProfileGrain>("bo").Set(new SetUserProfile(Root, "Zaphod"));
        _store.StandsStill = isBeingMade;
        await Export.Request(PersonKind.User);
        await (isBeingMade ? _engine.EventuallyAsync(() => _store.Written == 1) : (Task)ReadyAsync());
        var id = (await Export.Get()).Value!.Id;
        var erasure = _engine.Grains.GetGrain<IErasureGrain>("bo");

        Assert.Null((await erasure.Begin(Root, PersonKind.User)).Refusal);
        await _engine.EventuallyAsync(async () => (await erasure.Get()).Value!.EndedAt is not null);

        var number = long.Parse(id, CultureInfo.InvariantCulture);
        Assert.Null(await _store.OpenAsync(ExportNames.KeyOf("bo", number)));
        Assert.Equal(ExportRefusals.ExportNotFoundCode, (await Export.Get()).Refusal?.Code);
        Assert.Equal(IdentityRefusals.PersonErasedCode, (await Export.Request(PersonKind.User)).Refusal?.Code);
        await _engine.AdvanceAsync(2 * ExportRules.LookAfter);
        Assert.Equal(0, _engine.BytesBelow("attachments"));
        await Export.Erase();
    }

    [Fact]
    public async Task That_it_was_asked_for_is_in_the_activity()
    {
        await Export.Request(PersonKind.User);

        var activity = _engine.Grains.GetGrain<IActivityGrain>("bo");
        await _engine.EventuallyAsync(async () =>
            (await activity.List(new ListActivity(1, null, "export_requested", null, 10, 0))).Value!.Activities.Count
            == 1
        );
    }

    private Task<ExportView> ReadyAsync(IExportGrain? export = null) =>
        _engine.EventuallyAsync(
            async () => (await (export ?? Export).Get()).Value!,
            static one => one.Status == ExportStatus.Ready
        );

    private async Task GoneAsync(ExportFile file)
    {
        await _engine.EventuallyAsync(() => _engine.BytesBelow("attachments") == 0);
        Assert.Null(await _store.OpenAsync(ExportNames.KeyOf("bo", file.Number)));
    }

    private async Task<Stream?> OpenAsync(ExportFile file) =>
        await _store.OpenAsync(ExportNames.KeyOf("bo", file.Number)) is { } key
            ? await _store.OpenAsync(ExportNames.FileOf("bo", file.Number, file.Attempt), key)
            : null;

    private async Task<Dictionary<string, byte[]>> UnzipAsync(string person, long bytes)
    {
        await using var content = (await Files.OpenAsync(person, default)).Value!.Content;
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await content.ReadAsync(buffer.AsMemory()) is > 0 and var read)
        {
            all.Write(buffer.AsSpan(0, read));
        }
        Assert.Equal(bytes, all.Length);
        using var zip = new ZipArchive(all, ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(static entry => entry.FullName, Read);

        static byte[] Read(ZipArchiveEntry entry)
        {
            using var file = entry.Open();
            using var copy = new MemoryStream();
            file.CopyTo(copy);
            return copy.ToArray();
        }
    }

    private async Task SayAsync(string kind, string peer, string user, string text, params AttachmentId[] files)
    {
        var talk = _engine.Grains.GetGrain<IConversationGrain>($"{kind}.{peer}.{user}");
        var sent = await talk.Send(
            new SendMessage(MessageSender.User, text, Attachments: files.Length == 0 ? null : files)
        );
        Assert.Null(sent.Refusal);
    }

    private async Task<AttachedFile> StoreAsync()
    {
        var files = new ConversationFiles(_engine.Grains, _store, _store, new AttachmentOptions(), _engine.Time);
        var talk = ConversationId.Parse("model.ana.bo");
        return (await files.StoreAsync(talk, Side.User, Samples.Jpeg(), default)).Value!;
    }

    private Task<ConversationIdPage> ListedAsync(string person, int conversations) =>
        _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IConversationListGrain>(person).List(10, 0),
            page => page.Total == conversations
        );

    private static JsonElement Json(byte[] file) => JsonElement.Parse(file);

    private static string Text(byte[] file) => System.Text.Encoding.UTF8.GetString(file);
}
