using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.TestKit;

namespace Actors.Grains.Tests.Conversations;

[Trait("Spec", "CH-3")]
public sealed class PresenceGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_person_is_there_while_any_host_asks_for_her()
    {
        var person = Presence("p1");
        Assert.False(await person.IsOnline());

        await person.Listen("host-a", -1);
        await person.Listen("host-b", -1);
        await person.Leave("host-a");
        Assert.True(await person.IsOnline());

        await person.Leave("host-b");
        Assert.False(await person.IsOnline());
    }

    [Fact]
    public async Task A_host_that_is_gone_without_a_word_is_believed_for_half_a_minute()
    {
        var person = Presence("p2");
        await person.Listen("dead", -1);

        await _engine.AdvanceAsync(IPresenceGrain.LeaseFor - TimeSpan.FromSeconds(1));
        Assert.True(await person.IsOnline());
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.False(await person.IsOnline());
    }

    [Fact]
    public async Task Who_looks_is_told_when_she_comes_and_when_she_goes()
    {
        var person = Presence("p3");
        var coming = person.Watch(known: false);
        await person.Listen("host", -1);
        Assert.True(await coming);

        var going = person.Watch(known: true);
        await person.Leave("host");
        Assert.False(await going);
    }

    [Fact]
    public async Task Who_asks_is_answered_when_something_passes_and_never_twice()
    {
        var person = Presence("p4");
        var begin = await person.Listen("host", -1);
        var asked = person.Listen("host", begin.UpTo);

        await person.Tell(Typing("p4", "u1"));

        var page = await asked;
        Assert.Equal("u1", Assert.Single(page.Signals).Conversation.UserId);
        var next = person.Listen("host", page.UpTo);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(21));
        Assert.Empty((await next).Signals);
    }

    [Fact]
    public async Task What_passed_long_ago_is_told_to_nobody()
    {
        var person = Presence("p5");
        var begin = await person.Listen("host", -1);
        await person.Tell(Typing("p5", "u1"));

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(7));

        var next = person.Listen("host", begin.UpTo);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(21));
        Assert.Empty((await next).Signals);
    }

    [Fact]
    public async Task A_flood_is_bounded_and_the_newest_of_it_is_kept()
    {
        var person = Presence("p6");
        var begin = await person.Listen("host", -1);
        for (var user = 0; user < IPresenceGrain.MostSignals + 20; user++)
        {
            await person.Tell(Typing("p6", $"u{user}"));
            await person.Tell(Typing("p6", $"u{user}"));
        }

        var page = await person.Listen("host", begin.UpTo);

        Assert.Equal(IPresenceGrain.MostSignals, page.Signals.Count);
        Assert.Equal($"u{IPresenceGrain.MostSignals + 19}", page.Signals[^1].Conversation.UserId);
    }

    [Fact]
    public async Task After_a_restart_nobody_is_there_and_a_host_goes_on_asking_as_before()
    {
        var person = Presence("p7");
        await person.Listen("host", -1);
        for (var time = 0; time < 5; time++)
        {
            await person.Tell(Typing("p7", $"u{time}"));
        }

        await _engine.CrashAsync();

        person = Presence("p7");
        Assert.False(await person.IsOnline());
        var asked = person.Listen("host", after: 5);
        await _engine.EventuallyAsync(() => person.IsOnline());
        await person.Tell(Typing("p7", "u9"));
        Assert.Equal("u9", Assert.Single((await asked).Signals).Conversation.UserId);
    }

    [Fact]
    public async Task To_write_reaches_the_other_side_at_most_every_two_seconds()
    {
        await _engine
            .Grains.GetGrain<IModelProfileGrain>("p8")
            .Register(new RegisterModel(new Actor(ActorRole.Admin, "root"), "P8"));
        var id = ConversationId.WithModel(ModelId.Parse("p8"), UserId.Parse("u8"));
        var conversation = _engine.Grains.GetGrain<IConversationGrain>(id.ToString());
        var person = Presence("p8");
        Assert.Equal(ConversationRefusals.ConversationNotFoundCode, (await conversation.Type(Side.User)).Refusal?.Code);
        await conversation.Send(new SendMessage(MessageSender.User, "hello"));
        var upTo = (await person.Listen("host", -1)).UpTo;

        var told = new List<PassingSignal>();
        for (var second = 0; second < 6; second++)
        {
            Assert.Null((await conversation.Type(Side.User)).Refusal);
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
            var asked = person.Listen("host", upTo);
            await person.Tell(Typing("p8", "other"));
            var page = await asked;
            told.AddRange(page.Signals.Where(signal => signal.Conversation == id && signal.Kind == PassingKind.Typing));
            upTo = page.UpTo;
        }

        Assert.InRange(told.Count, 3, 4);
    }

    private PassingSignal Typing(string model, string user)
    {
        var now = _engine.Time.GetUtcNow();
        var id = ConversationId.WithModel(ModelId.Parse(model), UserId.Parse(user));
        return new PassingSignal(id, PassingKind.Typing, now, now + TimeSpan.FromSeconds(6));
    }

    private IPresenceGrain Presence(string person) => _engine.Grains.GetGrain<IPresenceGrain>(person);
}
