using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;
using Orleans.Timers;

namespace Actors.TestKit.Runtime;

/// <summary>Timers of grains, on virtual time. They end with their activation.</summary>
internal sealed class GrainTimers : ITimerRegistry
{
    public IDisposable RegisterTimer(
        IGrainContext grainContext,
        Func<object?, Task> callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    ) => throw new NotSupportedException("Grains use RegisterGrainTimer.");

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options
    )
    {
        var timer = new GrainTimer(
            ((ActivationContext)grainContext).Activation,
            cancellation => callback(state, cancellation),
            options.Interleave
        );
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    private sealed class GrainTimer : IGrainTimer
    {
        private readonly Activation _activation;
        private readonly Func<CancellationToken, Task> _callback;
        private readonly bool _interleaves;
        private readonly CancellationTokenSource _disposed = new();
        private readonly ITimer _timer;
        private TimeSpan _next;
        private TimeSpan _period;
        private bool _ticking;

        public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, bool interleaves)
        {
            (_activation, _callback, _interleaves) = (activation, callback, interleaves);
            _timer = activation.Process.Time.CreateTimer(
                static self => ((GrainTimer)self!).FallDue(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            activation.Timers.Add(this);
        }

        public void Change(TimeSpan dueTime, TimeSpan period)
        {
            (_next, _period) = (dueTime, period);
            // Orleans counts from the end of a tick; one that runs sets the next.
            if (!_ticking)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            _timer.Dispose();
            _disposed.Cancel();
            _activation.Timers.Remove(this);
        }

        /// <summary>A tick is a request, so that the rules of interleaving hold for it as well.</summary>
        private void FallDue()
        {
            if (_disposed.IsCancellationRequested || !_activation.IsAlive)
            {
                return;
            }
            (_ticking, _next) = (true, _period);
            var options = InvokeMethodOptions.OneWay | (_interleaves ? InvokeMethodOptions.AlwaysInterleave : default);
            _activation.Receive(
                new Call<object>(_activation.Process, _activation, _activation.GrainId, new Tick(this))
                {
                    Options = options,
                }
            );
        }

        private async ValueTask<Response> TickAsync()
        {
            try
            {
                if (!_disposed.IsCancellationRequested)
                {
                    await _callback(_disposed.Token);
                }
                return Response.Completed;
            }
            catch (Exception exception)
            {
                return Response.FromException(exception);
            }
            finally
            {
                _ticking = false;
                _timer.Change(_next, Timeout.InfiniteTimeSpan);
            }
        }

        private sealed class Tick(GrainTimer timer) : IInvokable
        {
            public object? GetTarget() => this;

            public void SetTarget(ITargetHolder holder) { }

            public ValueTask<Response> Invoke() => timer.TickAsync();

            public int GetArgumentCount() => 0;

            public object? GetArgument(int index) => null;

            public void SetArgument(int index, object value) { }

            public string GetMethodName() => nameof(Tick);

            public string GetInterfaceName() => nameof(IGrainTimer);

            public string GetActivityName() => $"{nameof(IGrainTimer)}/{nameof(Tick)}";

            public MethodInfo GetMethod() => typeof(Tick).GetMethod(nameof(Invoke))!;

            public Type GetInterfaceType() => typeof(IGrainTimer);

            public void Dispose() { }
        }
    }
}
