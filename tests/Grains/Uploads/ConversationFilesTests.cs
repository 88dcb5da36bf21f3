using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Attachments;
using Actors.Grains.Hosting;
using Actors.Grains.Tests.Attachments;
using Actors.Grains.Uploads;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Uploads;

/// <summary>From the upload to the message and to its end, with crashes in between.</summary>
[Trait("Spec", "CH-4")]
public sealed class ConversationFilesTests : IAsyncLifetime
{
    private static readonly ConversationId Talk = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("bo"));

    private readonly MemoryAttachments _store = new();
    private SimulatedGrainEngine _engine = null!;

    /// <summary>Of a host whose client is connected to the silo that runs now.</summary>
    private ConversationFiles Files => new(_engine.Grains, _store, _store, new AttachmentOptions(), _engine.Time);

    private IConversationGrain Conversation => _engine.Grains.GetGrain<IConversationGrain>(Talk.ToString());

    private IUploadsGrain Uploads => _engine.Grains.GetGrain<IUploadsGrain>("bo");

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = services => services.AddSingleton<IAttachmentStore>(_store) }
        );
        await _engine
            .Grains.GetGrain<IModelProfileGrain>("ana")
            .Register(new RegisterModel(new Actor(ActorRole.Admin, "root"), "Ana"));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_file_is_in_a_message_for_both_sides_also_after_a_crash()
    {
        var file = await StoreAsync(Samples.Jpeg());
        Assert.Null(await Conversation.FindFile(Side.Peer, file.Id));

        var sent = (await SendAsync(file.Id)).Value!;
        await _engine.CrashAsync();

        Assert.Equal(("", AttachmentType.Jpeg), (sent.Content, Assert.Single(sent.Attachments!).Type));
        Assert.Equal(file, await Conversation.FindFile(Side.User, file.Id));
        Assert.Equal(file, await Conversation.FindFile(Side.Peer, file.Id));
        var seen = await Conversation.Find(Side.Peer, [sent.Id.Number]);
        Assert.Equal(file, Assert.Single(seen[0].Attachments!));
        Assert.Equal(file.Bytes, Assert.Single(_store.Files).Value.Length);
    }

    [Fact]
    public async Task A_file_is_sent_once_and_by_who_has_uploaded_it()
    {
        var file = await StoreAsync(Samples.Png());
        var other = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("mallory"));
        var stolen = await _engine
            .Grains.GetGrain<IConversationGrain>(other.ToString())
            .Send(new SendMessage(MessageSender.User, "mine", Attachments: [file.Id]));
        Assert.Equal(AttachmentRefusals.AttachmentNotFoundCode, stolen.Refusal?.Code);
        var answered = await Conversation.Send(new SendMessage(MessageSender.Model, "hers", Attachments: [file.Id]));
        Assert.Equal(AttachmentRefusals.AttachmentNotFoundCode, answered.Refusal?.Code);

        var both = await Task.WhenAll(SendAsync(file.Id), SendAsync(file.Id));

        Assert.Single(both, static one => one.Refusal is null);
        Assert.Equal(AttachmentRefusals.AttachmentNotFoundCode, (await SendAsync(file.Id)).Refusal?.Code);
    }

    [Fact]
    public async Task A_message_with_files_that_is_repeated_with_its_key_is_there_once()
    {
        var file = await StoreAsync(Samples.Png());
        var command = new SendMessage(MessageSender.User, "look", Key: "k", Attachments: [file.Id]);

        var first = (await Conversation.Send(command)).Value!;
        await _engine.CrashAsync();
        await _engine.EventuallyAsync(async () => (await Conversation.Send(command)).Value?.Id == first.Id);

        var others = await Conversation.Send(command with { Attachments = null });
        Assert.NotNull(others.Refusal);
    }

    [Fact]
    public async Task What_no_message_takes_within_an_hour_is_deleted_and_its_room_given_back()
    {
        await StoreAsync(Samples.Png());
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.Single(_store.Files);

        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));

        await EventuallyEmptyAsync();
    }

    [Fact]
    public async Task What_was_stored_when_its_host_died_is_found_and_deleted()
    {
        _store.Written = static () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => StoreAsync(Samples.Png()));
        Assert.Single(_store.Files);
        Assert.Equal(1, (await Uploads.GetRoom()).Files);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(61));

        await EventuallyEmptyAsync();
    }

    [Fact]
    public async Task What_is_stored_too_late_is_deleted_by_who_has_stored_it()
    {
        // A host that stood still for so long that its reservation is over when it goes on.
        _store.Before = () => _engine.AdvanceAsync(TimeSpan.FromMinutes(62));

        var stored = await Files.StoreAsync(Talk, Side.User, Samples.Png(), CancellationToken.None);

        Assert.Equal(AttachmentRefusals.AttachmentNotFoundCode, stored.Refusal?.Code);
        await EventuallyEmptyAsync();
    }

    [Fact]
    public async Task The_files_of_a_deleted_message_are_deleted_whatever_crashes()
    {
        var file = await StoreAsync(Samples.Png());
        var sent = (await SendAsync(file.Id)).Value!;
        _store.IsAway = true;

        await Conversation.Delete(new DeleteMessages(Side.User, sent.Id.Number));
        await _engine.CrashAsync();

        Assert.Null(await Conversation.FindFile(Side.User, file.Id));
        Assert.Null((await Conversation.Find(Side.User, [sent.Id.Number]))[0].Attachments);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Single(_store.Files);
        _store.IsAway = false;
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));
        await EventuallyEmptyAsync();
        // Not even its sender has it again.
        Assert.Equal(AttachmentRefusals.AttachmentNotFoundCode, (await SendAsync(file.Id)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_claimed_for_a_message_that_never_was_is_deleted_and_what_one_has_stays()
    {
        var (lost, kept) = (await StoreAsync(Samples.Png()), await StoreAsync(Samples.Gif()));
        await SendAsync(kept.Id);
        // As if the conversation had ended between its question and its event.
        await Uploads.Claim(new ClaimUploads(Talk, [lost.Id]));
        await _engine.CrashAsync();

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(75));

        await _engine.EventuallyAsync(() => _store.Files.Count == 1);
        Assert.Equal(UploadNames.Of(Talk, kept.Id), Assert.Single(_store.Files).Key);
        Assert.Equal(new UploadRoom(1, kept.Bytes), await Uploads.GetRoom());
    }

    [Fact]
    public async Task With_the_conversation_the_files_of_both_are_gone()
    {
        var mine = await StoreAsync(Samples.Png());
        await SendAsync(mine.Id);
        var hers = (await Files.StoreAsync(Talk, Side.Peer, Samples.Gif(), CancellationToken.None)).Value!;
        await Conversation.Send(new SendMessage(MessageSender.Model, "", Attachments: [hers.Id]));

        await Conversation.Erase();
        await _engine.CrashAsync();

        await EventuallyEmptyAsync();
        Assert.Null(await Conversation.FindFile(Side.User, mine.Id));
        var late = await Files.StoreAsync(Talk, Side.User, Samples.Png(), CancellationToken.None);
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, late.Refusal?.Code);
    }

    [Fact]
    public async Task A_side_that_has_cleared_its_history_no_longer_has_its_files()
    {
        var file = await StoreAsync(Samples.Png());
        await SendAsync(file.Id);

        await Conversation.Delete(new DeleteMessages(Side.Peer, null));

        Assert.Null(await Conversation.FindFile(Side.Peer, file.Id));
        Assert.NotNull(await Conversation.FindFile(Side.User, file.Id));
    }

    [Fact]
    public async Task Who_blocks_or_was_blocked_uploads_nothing_and_neither_does_who_may_not_begin()
    {
        await Conversation.Send(new SendMessage(MessageSender.User, "hello"));
        await Conversation.SetBlocked(new SetBlocked(Side.Peer, true));
        var blocked = await Files.StoreAsync(Talk, Side.User, Samples.Png(), CancellationToken.None);
        Assert.Equal(ConversationRefusals.ConversationBlockedCode, blocked.Refusal?.Code);

        var begun = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("stranger"));
        var refused = await Files.StoreAsync(begun, Side.Peer, Samples.Png(), CancellationToken.None);
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, refused.Refusal?.Code);
        Assert.Empty(_store.Files);
    }

    [Fact]
    public async Task Of_many_at_once_as_many_are_stored_as_there_is_room_for()
    {
        var large = 200L << 20;
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(number => Uploads.Reserve(new ReserveUpload(Talk, UploadRulesTests.File((byte)number, large))))
        );

        Assert.Equal(2, answers.Count(static one => one.Refusal is null));
        Assert.Equal(new UploadRoom(2, 2 * large), await Uploads.GetRoom());
    }

    private async Task<AttachedFile> StoreAsync(byte[] content) =>
        (await Files.StoreAsync(Talk, Side.User, content, CancellationToken.None)).Value!;

    private Task<GrainInterfaces.Outcomes.Outcome<MessageView>> SendAsync(AttachmentId id) =>
        Conversation.Send(new SendMessage(MessageSender.User, "", Attachments: [id]));

    private async Task EventuallyEmptyAsync()
    {
        await _engine.EventuallyAsync(() => _store.Files.Count == 0);
        await _engine.EventuallyAsync(() => Uploads.GetRoom().AsTask(), static room => room == new UploadRoom(0, 0));
    }
}
