using System.Text;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Sealing;
using Actors.Grains.Tests.Wallets;
using Actors.Journal;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Erasure;

[Trait("Spec", "AC-2")]
public sealed class ErasureGrainTests : IAsyncLifetime
{
    private const string Name = "Zaphod Beeblebrox";
    private const string Said = "nobody else must ever know";

    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly BrokenKeys _keys = new();
    private SimulatedGrainEngine _engine = null!;

    private IErasureGrain Erasure => _engine.Grains.GetGrain<IErasureGrain>("bo");

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { Configure = services => services.AddSingleton<IErasableKeys>(_keys) }
        );
        foreach (var model in (string[])["ana", "ida"])
        {
            await _engine.Grains.GetGrain<IModelProfileGrain>(model).Register(new RegisterModel(Root, model));
        }
        foreach (var user in (string[])["bo", "eve"])
        {
            await Profile(user).Set(new SetUserProfile(new Actor(ActorRole.User, user), Name));
            await Talk("ana", user).Send(new SendMessage(MessageSender.User, Said));
            await Talk("ida", user).Send(new SendMessage(MessageSender.User, Said));
            await Activity(user).SignIn(new Actor(ActorRole.User, user));
            await _engine.EventuallyAsync(
                () => _engine.Grains.GetGrain<IConversationListGrain>(user).List(10, 0),
                static page => page.Total == 2
            );
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Of_who_is_erased_nothing_is_left_and_of_others_everything()
    {
        await Erasure.Begin(Root, PersonKind.User);
        await EndedAsync();
        await _engine.CrashAsync();

        Assert.Equal("bo", (await Profile("bo").Get()).DisplayName);
        foreach (var model in (string[])["ana", "ida"])
        {
            var gone = await Talk(model, "bo").List(new ListMessages(Side.Peer, 10));
            Assert.Equal(ConversationRefusals.ConversationNotFoundCode, gone.Refusal?.Code);
            var kept = await Talk(model, "eve").List(new ListMessages(Side.Peer, 10));
            Assert.Contains(kept.Value!.Messages, static one => one.Content == Said);
        }
        Assert.Empty((await Activity("bo").List(new ListActivity(90, null, null, null, 10, 0))).Value!.Activities);
        Assert.Equal(Name, (await Profile("eve").Get()).DisplayName);
        Assert.NotEmpty((await Activity("eve").List(new ListActivity(90, null, null, null, 10, 0))).Value!.Activities);
    }

    [Fact]
    public async Task No_stored_event_or_snapshot_tells_what_was_written_and_its_keys_are_destroyed()
    {
        await Erasure.Begin(Root, PersonKind.User);
        await EndedAsync();
        await _engine.DeactivateAllAsync();

        foreach (
            var stream in (string[])
                [
                    "user/bo",
                    "conversation/model.ana.bo",
                    "conversation/model.ida.bo",
                    "conversation-list/bo",
                    "person/bo",
                    "inbox/bo",
                    "erasure/bo",
                ]
        )
        {
            var stored = await StoredAsync(stream);
            Assert.NotEqual("", stored);
            Assert.DoesNotContain(Name, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(Said, stored, StringComparison.Ordinal);
        }
        Assert.Equal(
            ["conversation:model.ana.bo", "conversation:model.ida.bo", "profile:bo"],
            _keys.Destroyed.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Nobody_is_let_in_by_the_id_any_more_nor_gets_it()
    {
        await Erasure.Begin(Root, PersonKind.User);
        await EndedAsync();
        await _engine.CrashAsync();

        var person = _engine.Grains.GetGrain<IPersonGrain>("bo");
        Assert.Null(await person.Find());
        foreach (var kind in Enum.GetValues<PersonKind>())
        {
            Assert.Equal(IdentityRefusals.PersonErasedCode, (await person.Introduce(kind)).Refusal?.Code);
        }
        Assert.Equal(
            IdentityRefusals.PersonErasedCode,
            (await Profile("bo").Set(new SetUserProfile(Root, "New"))).Refusal?.Code
        );
        var revoked = await _engine.Grains.GetGrain<IRevocationsGrain>(IRevocationsGrain.Key).Since(-1);
        Assert.Contains(revoked!.Revocations, static one => one is { Value: "bo", Role: ActorRole.User });
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_it_goes_on_to_its_end()
    {
        _keys.FailsFrom = 1;
        Assert.Null((await Erasure.Begin(Root, PersonKind.User)).Value!.EndedAt);
        await _engine.EventuallyAsync(() => _keys.Destroyed.Count == 1);
        await _engine.CrashAsync();
        Assert.Null((await Erasure.Get()).Value!.EndedAt);

        _keys.FailsFrom = int.MaxValue;
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        await EndedAsync();
        Assert.Contains("profile:bo", _keys.Destroyed);
    }

    [Fact]
    public async Task What_was_on_its_way_when_it_ended_is_erased_an_hour_later()
    {
        await Erasure.Begin(Root, PersonKind.User);
        await EndedAsync();
        // As if a word of it had been held up.
        await _engine
            .Grains.GetGrain<IConversationListGrain>("bo")
            .Receive([
                new(
                    new GrainInterfaces.Durability.Delivery("conversation/late", 1),
                    new ConversationChange(
                        ConversationId.Parse("model.late.bo"),
                        ConversationChangeKind.Sent,
                        Side.Peer,
                        [1],
                        _engine.Time.GetUtcNow()
                    )
                ),
            ]);

        await _engine.AdvanceAsync(TimeSpan.FromMinutes(61));

        await _engine.EventuallyAsync(() => _keys.Destroyed.Contains("conversation:model.late.bo"));
    }

    [Fact]
    public async Task Who_has_tokens_keeps_everything()
    {
        await _engine.WithTokensAsync("bo", 5);

        var refused = await Erasure.Begin(Root, PersonKind.User);

        Assert.Equal(ErasureRefusals.TokensLeftCode, refused.Refusal?.Code);
        Assert.Equal(ErasureRefusals.ErasureNotFoundCode, (await Erasure.Get()).Refusal?.Code);
        Assert.Equal(Name, (await Profile("bo").Get()).DisplayName);
        var revoked = await _engine.Grains.GetGrain<IRevocationsGrain>(IRevocationsGrain.Key).Since(-1);
        Assert.Empty(revoked!.Revocations);
    }

    [Fact]
    public async Task An_inbox_that_was_erased_shows_nothing_and_takes_nothing_in()
    {
        var inbox = _engine.Grains.GetGrain<INotificationInboxGrain>("bo");
        await inbox.Receive(new("test/a", 1), new Notification("mood_changed", "hello", _engine.Time.GetUtcNow()));

        await inbox.Erase();
        await inbox.Receive(new("test/a", 2), new Notification("mood_changed", "again", _engine.Time.GetUtcNow()));
        await _engine.CrashAsync();

        var page = await _engine.Grains.GetGrain<INotificationInboxGrain>("bo").List(10, 0);
        Assert.Equal((0, 0L), (page.Notifications.Count, page.Unread));
    }

    private Task EndedAsync() => _engine.EventuallyAsync(async () => (await Erasure.Get()).Value?.EndedAt is not null);

    private IUserProfileGrain Profile(string user) => _engine.Grains.GetGrain<IUserProfileGrain>(user);

    private IActivityGrain Activity(string user) => _engine.Grains.GetGrain<IActivityGrain>(user);

    private IConversationGrain Talk(string model, string user) =>
        _engine.Grains.GetGrain<IConversationGrain>($"model.{model}.{user}");

    private async Task<string> StoredAsync(string name)
    {
        var stream = StreamId.Parse(name);
        var events = await _engine.Journal.ReadBackwardAsync(stream, long.MaxValue, 1_000);
        var snapshot = await _engine.Journal.ReadSnapshotAsync(stream);
        var all = events.Select(static one => Encoding.UTF8.GetString(one.Json.Span));
        return string.Concat(all) + (snapshot is null ? "" : Encoding.UTF8.GetString(snapshot.Json.Span));
    }

    /// <summary>Keys outside of the simulated process, whose destruction fails when it is told to.</summary>
    private sealed class BrokenKeys : IErasableKeys
    {
        public HashSet<string> Destroyed { get; } = [];

        /// <summary>How many are destroyed before destroying fails.</summary>
        public int FailsFrom { get; set; } = int.MaxValue;

        public ValueTask<SealingKey?> OpenAsync(string name)
        {
            var bytes = new byte[SealingKey.Bytes];
            bytes[0] = (byte)name.Length;
            return new(Destroyed.Contains(name) ? null : new SealingKey(bytes));
        }

        public Task DestroyAsync(string name)
        {
            if (!Destroyed.Contains(name) && Destroyed.Count >= FailsFrom)
            {
                throw new IOException("away");
            }
            Destroyed.Add(name);
            return Task.CompletedTask;
        }
    }
}
