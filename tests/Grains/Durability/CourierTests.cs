using System.Collections.Concurrent;
using System.Text.Json;
using Actors.GrainInterfaces.Durability;
using Actors.TestKit;
using Actors.TestKit.Journals;

namespace Actors.Grains.Tests.Durability;

/// <summary>Effects that travel together: few calls and few writes, and nothing lost, doubled or out of order.</summary>
[Trait("Spec", "SE-3")]
public sealed class CourierTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<long[]> _written = [];
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions { GrainAssemblies = [typeof(CounterGrain).Assembly] }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_many_grains_tell_one_is_written_in_few_appends()
    {
        const int counters = 600;
        FaultsOfTheListener();
        await Task.WhenAll(Enumerable.Range(0, counters).Select(number => Counter(number).AddAndTell(1, "ear", true)));
        await EventuallyHeardAsync(counters);

        Assert.Equal(counters, _written.Sum(static amounts => amounts.Length));
        Assert.All(_written, static amounts => Assert.InRange(amounts.Length, 1, 256));
        Assert.InRange(_written.Count, 3, 60);
    }

    [Fact]
    public async Task A_receiver_is_called_at_most_five_times_a_second_however_often_there_is_something_to_tell()
    {
        FaultsOfTheListener();
        var since = _engine.Time.GetUtcNow();
        for (var number = 1; number <= 60; number++)
        {
            await Counter(number % 7).AddAndTell(1, "ear", true);
            await _engine.AdvanceAsync(TimeSpan.FromMilliseconds(10));
        }
        await EventuallyHeardAsync(60);

        var rests = (_engine.Time.GetUtcNow() - since) / TimeSpan.FromMilliseconds(200);
        Assert.InRange(_written.Count, 2, (int)rests + 2);
    }

    [Fact]
    public async Task What_one_grain_tells_arrives_once_and_in_order_though_writes_fail()
    {
        FaultsOfTheListener(AppendFault.AfterWriting, AppendFault.BeforeWriting, AppendFault.AfterWriting);
        for (var number = 1; number <= 5; number++)
        {
            await Counter(0).AddAndTell(number, "ear", true);
        }
        await EventuallyHeardAsync(15);

        Assert.Equal([1, 2, 3, 4, 5], _written.SelectMany(static amounts => amounts));
    }

    [Fact]
    public async Task What_a_sender_owed_when_its_activation_ended_is_sent_by_the_next_one()
    {
        FaultsOfTheListener([.. Enumerable.Repeat(AppendFault.BeforeWriting, 3)]);
        await Counter(0).AddAndTell(5, "ear", true);
        var listener = _engine.Journal.Fault!;
        _engine.Journal.Fault = commit =>
            commit.Stream.Category is "test-counter" ? AppendFault.AfterWriting : listener(commit);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Counter(0).Add(1));
        _engine.Journal.Fault = listener;

        await EventuallyHeardAsync(5);
        Assert.Equal([5], _written.SelectMany(static amounts => amounts));
    }

    [Fact]
    public async Task What_cannot_be_taken_in_holds_up_its_own_sender_and_nobody_else()
    {
        var isMended = false;
        FaultsOfTheListener();
        var noted = _engine.Journal.Fault!;
        _engine.Journal.Fault = commit =>
            !isMended
            && commit.Stream.Category is "test-listener"
            && commit.Events.Any(static json => AmountOf(json) == 13)
                ? AppendFault.BeforeWriting
                : noted(commit);
        await Counter(0).AddAndTell(13, "ear", true);
        await Counter(0).AddAndTell(7, "ear", true);
        await Task.WhenAll(Enumerable.Range(1, 5).Select(number => Counter(number).AddAndTell(1, "ear", true)));
        await EventuallyHeardAsync(5);
        await Counter(6).AddAndTell(1, "ear", true);
        await EventuallyHeardAsync(6);

        Volatile.Write(ref isMended, true);
        await EventuallyHeardAsync(26);
        Assert.Equal([13, 7], _written.SelectMany(static amounts => amounts).Where(static amount => amount != 1));
    }

    private ICounterGrain Counter(int number) => _engine.Grains.GetGrain<ICounterGrain>($"c{number}");

    /// <summary>What the listener's writes come to, one after the other; the rest succeed. Notes what is written.</summary>
    private void FaultsOfTheListener(params AppendFault[] faults)
    {
        var left = new Queue<AppendFault>(faults);
        _engine.Journal.Fault = commit =>
        {
            if (commit.Stream.Category is not "test-listener" || commit.Events.Count == 0)
            {
                return AppendFault.None;
            }
            var fault = left.TryDequeue(out var next) ? next : AppendFault.None;
            if (fault != AppendFault.BeforeWriting)
            {
                _written.Enqueue([.. commit.Events.Select(AmountOf)]);
            }
            return fault;
        };
    }

    private static long AmountOf(ReadOnlyMemory<byte> json)
    {
        using var @event = JsonDocument.Parse(json);
        return @event.RootElement.GetProperty("Amount").GetInt64();
    }

    private async Task EventuallyHeardAsync(long sum)
    {
        var listener = _engine.Grains.GetGrain<IListenerGrain>("ear");
        await _engine.EventuallyAsync(async () =>
        {
            try
            {
                return await listener.Heard() == sum;
            }
            catch (OutcomeUnknownException)
            {
                return false;
            }
        });
    }
}
