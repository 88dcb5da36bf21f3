using Actors.ApiHost.Live.Presence;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Live;

[Trait("Spec", "CH-3")]
public sealed class LivePresenceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeGrains _grains = new();
    private readonly LivePresence _presence;
    private int _left;

    public LivePresenceTests() =>
        _presence = new LivePresence(
            _grains.Factory,
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
            _time,
            NullLogger<LivePresence>.Instance
        );

    [Fact]
    public async Task However_many_look_at_a_person_it_is_one_question_to_her_grain()
    {
        var (questions, told) = (0, 0);
        var coming = new TaskCompletionSource<bool>();
        _grains.Add<IPresenceGrain>(
            "ana",
            (_, _) => Interlocked.Increment(ref questions) == 1 ? coming.Task : new TaskCompletionSource<bool>().Task
        );
        ILooking[] looks =
        [
            .. Enumerable.Range(0, 1_000).Select(_ => _presence.Watch("ana", () => Interlocked.Increment(ref told))),
        ];
        await Eventually.TrueAsync(() => Volatile.Read(ref questions) == 1);
        Assert.All(looks, static one => Assert.False(one.IsOnline));

        looks[0].Dispose();
        coming.SetResult(true);

        await Eventually.TrueAsync(() => Volatile.Read(ref told) == 999);
        Assert.All(looks, static one => Assert.True(one.IsOnline));
        await Eventually.TrueAsync(() => Volatile.Read(ref questions) == 2);
    }

    [Fact]
    public async Task Who_comes_back_within_a_second_was_never_away()
    {
        AddListened(new TaskCompletionSource<PassingPage>());
        var first = await _presence.EnterAsync("bo", static _ => { });
        first.Dispose();
        _time.Advance(LivePresence.AwayAfter / 2);
        var second = await _presence.EnterAsync("bo", static _ => { });
        _time.Advance(LivePresence.AwayAfter);
        Assert.Equal(0, Volatile.Read(ref _left));

        second.Dispose();
        second.Dispose();
        _time.Advance(LivePresence.AwayAfter);
        await Eventually.TrueAsync(() => Volatile.Read(ref _left) == 1);
    }

    [Fact]
    public async Task What_passes_is_heard_by_every_connection_of_the_person_and_by_none_that_has_ended()
    {
        var passing = new TaskCompletionSource<PassingPage>();
        AddListened(passing);
        var heard = new List<string>();
        using var one = await _presence.EnterAsync("bo", _ => Hear("one"));
        using var two = await _presence.EnterAsync("bo", _ => Hear("two"));
        (await _presence.EnterAsync("bo", _ => Hear("gone"))).Dispose();

        var id = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("bo"));
        passing.SetResult(
            new PassingPage([new PassingSignal(id, PassingKind.Typing, _time.GetUtcNow(), _time.GetUtcNow())], 1)
        );

        await Eventually.TrueAsync(() => Heard().Length == 2);
        Assert.Equal(["one", "two"], Heard());

        void Hear(string who)
        {
            lock (heard)
            {
                heard.Add(who);
            }
        }

        string[] Heard()
        {
            lock (heard)
            {
                return [.. heard.Order()];
            }
        }
    }

    /// <summary>The first question is answered at once, the second one when the test says, others never.</summary>
    private void AddListened(TaskCompletionSource<PassingPage> second)
    {
        var asked = 0;
        _grains.Add<IPresenceGrain>(
            "bo",
            (method, _) =>
            {
                if (method == nameof(IPresenceGrain.Leave))
                {
                    Interlocked.Increment(ref _left);
                    return Task.CompletedTask;
                }
                return Interlocked.Increment(ref asked) switch
                {
                    1 => Task.FromResult(new PassingPage([], 0)),
                    2 => second.Task,
                    _ => new TaskCompletionSource<PassingPage>().Task,
                };
            }
        );
    }
}
