using Actors.TestKit.Loops;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>Puts what the product logs into the trace, for whoever reads it.</summary>
internal sealed class TraceLoggers : ILoggerFactory
{
    private readonly Trace _trace;
    private readonly VirtualClock _clock;

    private TraceLoggers(Trace trace, VirtualClock clock)
    {
        _trace = trace;
        _clock = clock;
    }

    public static ILoggerFactory For(Trace trace, VirtualClock clock) =>
        trace.IsVerbose ? new TraceLoggers(trace, clock) : NullLoggerFactory.Instance;

    public ILogger CreateLogger(string categoryName) => new TraceLogger(_trace, _clock);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is only the trace.");

    public void Dispose() { }

    private sealed class TraceLogger(Trace trace, VirtualClock clock) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) =>
            trace.Remark(
                clock,
                $"log {logLevel}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}"
            );
    }
}
