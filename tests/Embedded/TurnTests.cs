using Actors.Embedded.Tests.Grains;

namespace Actors.Embedded.Tests;

public sealed class TurnTests : IAsyncDisposable
{
    private readonly Silo _silo = new();

    [Fact]
    public async Task Two_turns_of_an_activation_never_overlap_whatever_the_threads_do()
    {
        await using var silo = new Silo(realTime: true);
        var grain = silo.Grain<IOverlap>();
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => CallAsync(grain)));
        await Task.WhenAll(callers);
        // Each Work(3) has 7 turns of its own.
        Assert.Equal(8 * 500 * 7, await grain.Count());

        static async Task CallAsync(IOverlap grain)
        {
            for (var i = 0; i < 50; i++)
            {
                await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => grain.Work(3)));
                await grain.Count();
            }
        }
    }

    [Fact]
    public async Task A_request_waits_until_the_one_before_has_ended()
    {
        var order = await RunPairAsync(_silo.Grain<IStrict>(), x => x.Normal("1"), x => x.Normal("2"));
        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2"], order);
    }

    [Fact]
    public async Task Requests_of_a_class_that_inherits_reentrancy_from_a_generic_base_interleave()
    {
        var order = await RunPairAsync(_silo.Grain<ILenient>(), x => x.Normal("1"), x => x.Normal("2"));
        Assert.Equal(["begin 1", "begin 2", "end 1", "end 2"], order);
    }

    [Fact]
    public async Task Read_only_methods_interleave_with_each_other()
    {
        var order = await RunPairAsync(_silo.Grain<IStrict>(), x => x.Reading("1"), x => x.Reading("2"));
        Assert.Equal(["begin 1", "begin 2", "end 1", "end 2"], order);
    }

    [Fact]
    public async Task A_read_only_method_and_another_exclude_each_other()
    {
        var first = await RunPairAsync(_silo.Grain<IStrict>("x"), x => x.Reading("1"), x => x.Normal("2"));
        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2"], first);
        await using var silo = new Silo();
        var second = await RunPairAsync(silo.Grain<IStrict>("y"), x => x.Normal("1"), x => x.Reading("2"), silo);
        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2"], second);
    }

    [Fact]
    public async Task A_method_that_always_interleaves_waits_for_nothing_and_lets_nothing_wait()
    {
        var first = await RunPairAsync(_silo.Grain<IStrict>("x"), x => x.Normal("1"), x => x.Always("2"));
        Assert.Equal(["begin 1", "begin 2", "end 1", "end 2"], first);
        await using var silo = new Silo();
        var second = await RunPairAsync(silo.Grain<IStrict>("y"), x => x.Always("1"), x => x.Normal("2"), silo);
        Assert.Equal(["begin 1", "begin 2", "end 1", "end 2"], second);
    }

    [Fact]
    public async Task A_reader_that_waits_behind_a_writer_starts_with_the_readers_before_it()
    {
        var grain = _silo.Grain<IStrict>();
        string[] names = ["w0", "r1", "w2", "r3"];
        var calls = names.Select(x => x[0] == 'r' ? grain.Reading(x) : grain.Normal(x)).ToArray();
        _silo.Journal.Open("w0");
        await Notes.Until(() => _silo.Journal.Lines.Contains("begin r3"));
        Assert.Equal(["begin w0", "end w0", "begin r1", "begin r3"], _silo.Journal.Lines);
        Array.ForEach(names, _silo.Journal.Open);
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Whoever_is_answered_finds_the_turn_given_back_and_stands_outside_of_it()
    {
        await using var silo = new Silo(realTime: true);
        var grain = silo.Grain<IStrict>();
        var answered = Task.Run(async () =>
        {
            await grain.Normal("1");
            Assert.Null(SynchronizationContext.Current);
            var next = grain.Normal("2");
            Assert.Equal("begin 2", silo.Journal.Lines[^1]);
            silo.Journal.Open("2");
            await next;
        });
        await Notes.Until(() => silo.Journal.Lines.Count == 1);
        silo.Journal.Open("1");
        await answered;
    }

    [Fact]
    public async Task Those_who_are_answered_by_one_turn_do_not_wait_for_each_other()
    {
        await using var silo = new Silo(realTime: true);
        var grain = silo.Grain<ILenient>();
        using var meeting = new Barrier(2);
        var all = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(AskAsync)));
        await Notes.Until(() => silo.Journal.Lines.Count == 2);
        silo.Journal.Open("both");
        Assert.All(await all, Assert.True);

        async Task<bool> AskAsync()
        {
            await grain.Normal("both");
            return meeting.SignalAndWait(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task A_method_that_keeps_its_thread_again_and_again_runs_beside_its_caller()
    {
        await using var silo = new Silo(realTime: true);
        var grain = silo.Grain<IBusy>();
        await grain.Rest();
        Assert.True(grain.Rest().IsCompleted);
        Assert.True(grain.Spin().IsCompleted);
        Assert.True(grain.Spin().IsCompleted);
        var call = grain.Spin();
        Assert.False(call.IsCompleted);
        await call;
        Assert.True(grain.Rest().IsCompleted);
    }

    private async Task<IReadOnlyList<string>> RunPairAsync<T>(
        T grain,
        Func<T, Task> first,
        Func<T, Task> second,
        Silo? silo = null
    )
    {
        var notes = (silo ?? _silo).Journal;
        var one = first(grain);
        await Notes.Until(() => notes.Lines.Contains("begin 1"));
        var two = second(grain);
        // A third call that interleaves comes after the second one in every queue: when it has run, so has whatever may.
        await PassAsync((IInterleaving)(object)grain!, notes);
        notes.Open("1");
        await one;
        notes.Open("2");
        await two;
        return [.. notes.Lines.Where(x => !x.EndsWith("marker", StringComparison.Ordinal))];
    }

    private static Task PassAsync(IInterleaving grain, Notes notes)
    {
        notes.Open("marker");
        return grain.Always("marker");
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
