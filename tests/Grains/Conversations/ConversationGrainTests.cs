using System.Globalization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Sealing;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Conversations;

public sealed class ConversationGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact, Trait("Spec", "CH-1")]
    public async Task A_conversation_with_a_model_whom_nobody_has_registered_does_not_begin()
    {
        var sent = await Conversation("nobody", "u1").Send(Hello);

        Assert.Equal(IdentityRefusals.ModelNotFoundCode, sent.Refusal?.Code);
    }

    [Fact, Trait("Spec", "CH-1")]
    public async Task A_model_does_not_begin_a_conversation()
    {
        await RegisterAsync("shy");

        var sent = await Conversation("shy", "u2").Send(new SendMessage(MessageSender.Model, "psst"));

        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, sent.Refusal?.Code);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task An_acknowledged_message_survives_a_crash_at_once_as_it_was_typed()
    {
        await RegisterAsync("crash-m");
        var text = "<3 \"quotes\" & a\nsecond line";
        var sent = (await Conversation("crash-m", "u3").Send(new SendMessage(MessageSender.User, text))).Value!;

        await _engine.CrashAsync();

        var found = await Conversation("crash-m", "u3").Find(Side.User, [sent.Id.Number]);
        Assert.Equal(text, found[0].Content);
        Assert.Equal(sent.At, found[0].At);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task A_message_with_a_key_is_there_once_however_often_it_is_sent()
    {
        await RegisterAsync("keyed");
        var conversation = Conversation("keyed", "u4");
        var command = Hello with { Key = "k1" };

        var first = (await conversation.Send(command)).Value!;
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => conversation.Send(command)));
        await _engine.CrashAsync();
        var later = (await Conversation("keyed", "u4").Send(command)).Value!;

        Assert.All(again, one => Assert.Equal(first.Id, one.Value!.Id));
        Assert.Equal(first.Id, later.Id);
        var other = await Conversation("keyed", "u4").Send(command with { Content = "something else" });
        Assert.Equal(LedgerRefusals.IdempotencyKeyReusedCode, other.Refusal?.Code);
    }

    [Fact, Trait("Spec", "SE-3")]
    public async Task The_two_sides_may_use_the_same_key()
    {
        await RegisterAsync("same-key");
        var conversation = Conversation("same-key", "u13");

        var asked = await conversation.Send(Hello with { Key = "k1" });
        var answered = await conversation.Send(Hello with { Key = "k1", Sender = MessageSender.Model });

        Assert.NotEqual(asked.Value!.Id, answered.Value!.Id);
    }

    [Fact, Trait("Spec", "SE-1")]
    public async Task Who_only_looks_at_conversations_that_never_began_leaves_no_keys_behind()
    {
        var keys = new CountedKeys();
        await using var engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = services => services.AddSingleton<IErasableKeys>(keys) }
        );
        var conversation = engine.Grains.GetGrain<IConversationGrain>("model.nobody.stranger");

        await conversation.List(new ListMessages(Side.Peer, 10));
        await conversation.Find(Side.Peer, [1]);
        await conversation.Summarize(Side.Peer);
        await conversation.Edit(new EditMessage(Side.Peer, 1, "x"));
        await conversation.Delete(new DeleteMessages(Side.Peer, null));
        await conversation.Report(new ReportConversation(Side.Peer, null, "x"));
        await conversation.Send(Hello with { Sender = MessageSender.Model });

        Assert.Equal(0, keys.Opened);
    }

    private sealed class CountedKeys : IErasableKeys
    {
        public int Opened { get; private set; }

        public ValueTask<SealingKey?> OpenAsync(string name)
        {
            Opened++;
            return new(new SealingKey(new byte[SealingKey.Bytes]));
        }

        public Task DestroyAsync(string name) => Task.CompletedTask;
    }

    [Fact, Trait("Spec", "CH-1")]
    public async Task Pages_reach_back_to_the_first_message_whatever_happened_in_between()
    {
        await RegisterAsync("long");
        var conversation = Conversation("long", "u5");
        for (var number = 1; number <= 200; number++)
        {
            await conversation.Send(new SendMessage(MessageSender.User, Text(number)));
            await conversation.MarkRead(new MarkMessagesRead(Side.Peer, null));
        }
        await _engine.DeactivateAllAsync();
        conversation = Conversation("long", "u5");

        var seen = new List<string>();
        long? before = null;
        do
        {
            var page = (await conversation.List(new ListMessages(Side.Peer, 37, Before: before))).Value!;
            seen.AddRange(page.Messages.Where(static one => one.Automated is null).Select(static one => one.Content!));
            before = page.Next;
        } while (before is not null);

        Assert.Equal(Enumerable.Range(1, 200).Reverse().Select(Text), seen);
        var skipped = (await conversation.List(new ListMessages(Side.Peer, 3, Offset: 190))).Value!;
        Assert.Equal(
            (await conversation.List(new ListMessages(Side.Peer, 100, Offset: 100))).Value!.Messages.Skip(90).Take(3),
            skipped.Messages
        );
    }

    [Fact, Trait("Spec", "CH-4")]
    public async Task A_changed_message_shows_its_newest_text_and_a_deleted_one_none_on_every_page()
    {
        await RegisterAsync("marks");
        var conversation = Conversation("marks", "u6");
        var sent = new List<long>();
        for (var number = 1; number <= 5; number++)
        {
            sent.Add((await conversation.Send(new SendMessage(MessageSender.User, Text(number)))).Value!.Id.Number);
        }
        await conversation.Edit(new EditMessage(Side.User, sent[0], "first"));
        await conversation.Edit(new EditMessage(Side.User, sent[0], "first of all"));
        await conversation.Delete(new DeleteMessages(Side.User, sent[1]));
        await _engine.CrashAsync();

        var found = await Conversation("marks", "u6").Find(Side.Peer, [sent[0], sent[1]]);

        Assert.Equal("first of all", found[0].Content);
        Assert.NotNull(found[0].EditedAt);
        Assert.Null(found[1].Content);
        Assert.NotNull(found[1].DeletedAt);
    }

    [Fact, Trait("Spec", "CH-1")]
    public async Task A_side_that_clears_its_history_sees_it_no_more_and_the_other_still_does()
    {
        await RegisterAsync("cleared");
        var conversation = Conversation("cleared", "u7");
        await conversation.Send(Hello);
        await EventuallyTotalAsync(conversation, 2);

        await conversation.Delete(new DeleteMessages(Side.User, null));
        await conversation.Send(new SendMessage(MessageSender.User, "and now?"));

        var own = (await conversation.List(new ListMessages(Side.User, 10))).Value!;
        Assert.Equal(["and now?"], own.Messages.Select(static one => one.Content));
        Assert.Equal(1, own.Total);
        Assert.Equal(3, (await conversation.List(new ListMessages(Side.Peer, 10))).Value!.Total);
        Assert.Empty(await conversation.Find(Side.User, [1]));
    }

    [Fact, Trait("Spec", "CH-1")]
    public async Task A_search_finds_what_was_said_and_not_what_was_taken_back()
    {
        await RegisterAsync("search");
        var conversation = Conversation("search", "u8");
        var last = 0L;
        foreach (var text in (string[])["Red roses", "blue violets", "more ROSES", "roses are gone"])
        {
            last = (await conversation.Send(new SendMessage(MessageSender.User, text))).Value!.Id.Number;
        }
        await conversation.Delete(new DeleteMessages(Side.User, last));

        var found = (await conversation.List(new ListMessages(Side.User, 10, Search: "roses"))).Value!;

        Assert.DoesNotContain(found.Messages, static one => one.Content == "roses are gone");
        Assert.Equal(
            ["more ROSES", "Red roses"],
            found.Messages.Where(static one => one.Sender == MessageSender.User).Select(static one => one.Content)
        );
    }

    [Fact, Trait("Spec", "CH-1")]
    public async Task Both_sides_list_the_conversation_with_its_last_message_and_what_they_have_not_read()
    {
        await RegisterAsync("listed");
        await Conversation("listed", "u9").Send(Hello);
        await Conversation("listed", "u9").Send(new SendMessage(MessageSender.Model, "hi there"));

        foreach (var person in (string[])["u9", "listed"])
        {
            var list = await _engine.EventuallyAsync(
                () => _engine.Grains.GetGrain<IConversationListGrain>(person).List(10, 0),
                static page => page.Total == 1
            );
            Assert.Equal("model.listed.u9", list.Conversations[0].ToString());
        }
        var own = (await Conversation("listed", "u9").Summarize(Side.User))!;
        Assert.Equal(("hi there", 1), (own.LastMessage!.Content, own.Unread));
        Assert.Equal(1, (await Conversation("listed", "u9").Summarize(Side.Peer))!.Unread);
    }

    [Fact, Trait("Spec", "CH-3")]
    public async Task A_persons_list_tells_of_every_change_once_and_in_order_through_crashes()
    {
        await RegisterAsync("feed");
        for (var number = 1; number <= 10; number++)
        {
            await Conversation("feed", "u10")
                .Send(new SendMessage(MessageSender.Model, Text(number)) with { Sender = MessageSender.User });
            if (number % 3 == 0)
            {
                await _engine.CrashAsync();
            }
        }

        var told = await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IConversationListGrain>("u10").Since(0, 100),
            static changes => changes.Count(static one => one.Change.By == Side.User) == 10
        );

        var numbers = told.SelectMany(static one => one.Change.Numbers).ToArray();
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact, Trait("Spec", "AC-2")]
    public async Task An_erased_conversation_is_gone_for_good()
    {
        await RegisterAsync("erased");
        await Conversation("erased", "u11").Send(Hello);
        await Conversation("erased", "u11").Erase();
        await _engine.CrashAsync();

        var conversation = Conversation("erased", "u11");
        Assert.Equal(
            ConversationRefusals.ConversationNotFoundCode,
            (await conversation.List(new ListMessages(Side.User, 10))).Refusal?.Code
        );
        Assert.Null(await conversation.Summarize(Side.User));
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, (await conversation.Send(Hello)).Refusal?.Code);
    }

    [Fact, Trait("Spec", "MM-1")]
    public async Task A_report_reaches_the_admins_once_with_its_reason()
    {
        await RegisterAsync("reported");
        await Conversation("reported", "u12").Send(Hello);
        await Conversation("reported", "u12").Report(new ReportConversation(Side.Peer, 1, "Rude"));
        await _engine.CrashAsync();

        var page = await _engine.EventuallyAsync(
            () => _engine.Grains.GetGrain<IConversationReportsGrain>(IConversationReportsGrain.OnlyKey).List(10, 0),
            static page => page.Reports.Any(static one => one.Conversation.PeerId == "reported")
        );

        var report = Assert.Single(page.Reports, static one => one.Conversation.PeerId == "reported");
        Assert.Equal((Side.Peer, 1L, "Rude"), (report.By, report.Number, report.Reason));
    }

    private static readonly SendMessage Hello = new(MessageSender.User, "hello");

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"message {number}");

    private IConversationGrain Conversation(string model, string user) =>
        _engine.Grains.GetGrain<IConversationGrain>(
            ConversationId.WithModel(ModelId.Parse(model), UserId.Parse(user)).ToString()
        );

    private async Task EventuallyTotalAsync(IConversationGrain conversation, long total) =>
        await _engine.EventuallyAsync(
            async () => (await conversation.List(new ListMessages(Side.Peer, 10))).Value!,
            page => page.Total >= total
        );

    private async Task RegisterAsync(string model) =>
        await _engine
            .Grains.GetGrain<IModelProfileGrain>(model)
            .Register(new RegisterModel(new Actor(ActorRole.Admin, "root"), model));
}
