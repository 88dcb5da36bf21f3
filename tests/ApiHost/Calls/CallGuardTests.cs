using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Tests.Operations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.Hosting.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Calls;

[Trait("Spec", "SE-3")]
public sealed class CallGuardTests
{
    private readonly FakeTimeProvider _time = new();
    private int _asked;

    [Fact]
    public void One_more_than_may_wait_is_refused_at_once_and_a_place_that_is_left_can_be_taken()
    {
        var guard = Guard(storage: null, waiting: 10);
        var request = Request("POST");
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(guard.TryEnter(request)));
        Assert.False(guard.TryEnter(request));
        guard.Leave();
        Assert.True(guard.TryEnter(request));
        Assert.False(guard.TryEnter(request));
    }

    [Fact]
    public void Probes_are_answered_however_many_wait()
    {
        var guard = Guard(storage: null, waiting: 10);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(guard.TryEnter(Request("GET"))));
        Assert.True(guard.TryEnter(Request("GET", Unlimited.It)));
    }

    [Fact]
    public async Task While_the_storage_is_away_commands_are_refused_unasked_and_reads_are_tried()
    {
        var guard = Guard(await WatchAsync(new StorageAnswer(false, TimeSpan.Zero)));
        Assert.Equal(HttpRefusals.Unavailable, (await guard.AskAsync(Request("POST"), Answer)).Refusal);
        Assert.Equal(0, _asked);
        Assert.Equal("done", (await guard.AskAsync(Request("GET"), Answer)).Value);
        // What has defaults to answer from does so.
        Assert.Equal("done", (await guard.AskAsync(Request("POST", Degrading.It), Answer)).Value);
    }

    [Fact]
    public async Task While_no_silo_answers_nothing_is_tried_but_probes()
    {
        var guard = Guard(await WatchAsync(null));
        Assert.Equal(HttpRefusals.Unavailable, (await guard.AskAsync(Request("GET"), Answer)).Refusal);
        Assert.Equal(HttpRefusals.Unavailable, (await guard.AskAsync(Request("POST", Keyed.It), Answer)).Refusal);
        Assert.Equal(0, _asked);
        Assert.Equal("done", (await guard.AskAsync(Request("GET", Unlimited.It), Answer)).Value);
    }

    [Theory]
    [InlineData("GET", false, 2)]
    [InlineData("POST", true, 2)]
    [InlineData("POST", false, 1)]
    [InlineData("DELETE", false, 1)]
    public async Task Reads_and_keyed_commands_are_asked_once_more_and_nothing_else_is(
        string method,
        bool keyed,
        int times
    )
    {
        var guard = Guard(await WatchAsync(new StorageAnswer(true, TimeSpan.Zero)));
        var request = keyed ? Request(method, Keyed.It) : Request(method);
        var answer = guard.AskAsync(request, Failing(new OutcomeUnknownException())).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => answer);
        Assert.Equal(times, _asked);
    }

    [Fact]
    public async Task The_answer_of_the_second_time_is_the_answer()
    {
        var guard = Guard(await WatchAsync(new StorageAnswer(true, TimeSpan.Zero)));
        var answer = guard
            .AskAsync(
                Request("POST", Keyed.It),
                call => _asked == 0 ? Failing(new TimeoutException())(call) : Answer(call)
            )
            .AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("done", (await answer).Value);
    }

    [Fact]
    public async Task What_failed_when_the_time_is_up_is_not_asked_again()
    {
        var guard = Guard(await WatchAsync(new StorageAnswer(true, TimeSpan.Zero)));
        ApiRoutes.Handler<string> slow = call =>
        {
            _time.Advance(CallDeadline.Patience);
            return Failing(new TimeoutException())(call);
        };
        await Assert.ThrowsAsync<TimeoutException>(() => guard.AskAsync(Request("GET"), slow).AsTask());
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_bug_is_not_asked_again()
    {
        var guard = Guard(await WatchAsync(new StorageAnswer(true, TimeSpan.Zero)));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            guard.AskAsync(Request("GET"), Failing(new InvalidOperationException())).AsTask()
        );
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task On_one_machine_a_call_costs_no_allocation()
    {
        var guard = Guard(storage: null);
        var request = Request("POST");
        ApiRoutes.Handler<string> handler = Answer;
        ValueTask<Outcome<string>> Pass()
        {
            Assert.True(guard.TryEnter(request));
            var answer = guard.AskAsync(request, handler);
            guard.Leave();
            return answer;
        }
        await Pass();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = Pass();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal("done", (await answer).Value);
        Assert.Equal(0, allocated);
    }

    private static readonly Outcome<string> Done = "done";

    private ValueTask<Outcome<string>> Answer(Call call)
    {
        _asked++;
        return new(Done);
    }

    private ApiRoutes.Handler<string> Failing(Exception fault) =>
        _ =>
        {
            _asked++;
            return ValueTask.FromException<Outcome<string>>(fault);
        };

    private CallGuard Guard(StorageWatch? storage, int waiting = 1_000) =>
        new(new CallOptions { Waiting = waiting }, storage, _time, TestMeters.New());

    /// <param name="answer">Null when no silo answers.</param>
    private async Task<StorageWatch> WatchAsync(StorageAnswer? answer)
    {
        var watch = StorageWatchTests.Watch(
            _time,
            _ => answer is null ? Task.FromException<StorageAnswer>(new TimeoutException()) : Task.FromResult(answer)
        );
        await watch.LookAsync();
        return watch;
    }

    private static DefaultHttpContext Request(string method, params object[] metadata)
    {
        DefaultHttpContext http = new();
        http.Request.Method = method;
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), "test"));
        return http;
    }
}
