using System.Collections.Concurrent;
using Actors.Grains.Durability;
using Actors.Journal;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Grains.Tests.Durability;

/// <summary>A start after a crash finds many thousands of grains with something left to do, and callers at the door.</summary>
[Trait("Spec", "SE-3")]
public sealed class JournalWakeUpsTests : IAsyncLifetime
{
    private const int Pending = 3 * JournalWakeUps.CallsAtOnce;

    private readonly ManyPending _index = new();
    private readonly HeldWakeUps _wakeUps = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                GrainAssemblies = [typeof(CounterGrain).Assembly],
                Configure = services =>
                {
                    services.AddSingleton<IWakeIndex>(_index);
                    services.AddSingleton<IIncomingGrainCallFilter>(_wakeUps);
                },
            }
        );

    public ValueTask DisposeAsync()
    {
        _wakeUps.Release();
        return _engine.DisposeAsync();
    }

    [Fact]
    public async Task However_many_are_due_only_so_many_are_called_at_once_and_none_is_forgotten()
    {
        await _engine.EventuallyAsync(() => _wakeUps.UnderWay == JournalWakeUps.CallsAtOnce);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(JournalWakeUps.CallsAtOnce, _wakeUps.Woken.Count);
        Assert.Equal(1, await _engine.Grains.GetGrain<ICounterGrain>("caller").Add(1));

        _wakeUps.Release();

        await _engine.EventuallyAsync(() => _wakeUps.Woken.Count == Pending);
        Assert.True(_wakeUps.MostUnderWay <= JournalWakeUps.CallsAtOnce, $"{_wakeUps.MostUnderWay} at once");
    }

    [Fact]
    public async Task Calls_that_fail_make_room_and_are_made_again()
    {
        _wakeUps.FailFirst = true;
        _wakeUps.Release();

        await _engine.EventuallyAsync(async () =>
        {
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(10));
            return _wakeUps.Woken.Count == Pending;
        });
        Assert.True(_wakeUps.Failed > JournalWakeUps.CallsAtOnce, $"{_wakeUps.Failed} failed");
    }

    [Fact]
    public async Task Nobody_is_called_before_everything_of_the_host_has_started()
    {
        _wakeUps.Release();
        var asked = new AskedServices(_engine.Grains);
        using var wakeUps = new JournalWakeUps(_index, asked, _engine.Time, NullLogger<JournalWakeUps>.Instance);

        await wakeUps.StartAsync(CancellationToken.None);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((0, Pending), (asked.Times, wakeUps.Waiting));
        await wakeUps.StartedAsync(CancellationToken.None);

        await _engine.EventuallyAsync(() => asked.Times == Pending);
    }

    private sealed class ManyPending : IWakeIndex
    {
        public IReadOnlyList<PendingStream> ListPending() =>
            [
                .. Enumerable
                    .Range(0, Pending)
                    .Select(static number => new PendingStream(
                        StreamId.Parse($"test-counter/{number}"),
                        DateTimeOffset.UnixEpoch
                    )),
            ];
    }

    private sealed class HeldWakeUps : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentDictionary<GrainId, bool> _failed = new();
        private int _underWay;
        private int _mostUnderWay;

        public ConcurrentDictionary<GrainId, bool> Woken { get; } = new();

        public bool FailFirst { get; set; }

        public int Failed => _failed.Count;

        public int UnderWay => Volatile.Read(ref _underWay);

        public int MostUnderWay => Volatile.Read(ref _mostUnderWay);

        public void Release() => _held.TrySetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName != nameof(IDurableGrain.Wake))
            {
                await context.Invoke();
                return;
            }
            if (FailFirst && _failed.TryAdd(context.TargetId, true))
            {
                throw new TimeoutException("Lost on the way.");
            }
            Note(Interlocked.Increment(ref _underWay));
            Woken[context.TargetId] = true;
            await _held.Task;
            await context.Invoke();
            Interlocked.Decrement(ref _underWay);
        }

        private void Note(int underWay)
        {
            int most;
            while ((most = MostUnderWay) < underWay)
            {
                Interlocked.CompareExchange(ref _mostUnderWay, underWay, most);
            }
        }
    }

    private sealed class AskedServices(IGrainFactory grains) : IServiceProvider
    {
        private int _times;

        public int Times => Volatile.Read(ref _times);

        public object? GetService(Type serviceType)
        {
            Interlocked.Increment(ref _times);
            return grains;
        }
    }
}
