using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Actors.Embedded.Tests;

/// <summary>Lines in the order in which they were written, and gates for tests to open.</summary>
public sealed class Notes
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Write(string line) => _lines.Enqueue(line);

    /// <summary>A task that the test completes.</summary>
    public Task Gate(string name) => GateSource(name).Task;

    public void Open(string name) => GateSource(name).TrySetResult();

    /// <summary>Waits, at most ten seconds of real time, until something has come to pass elsewhere.</summary>
    public static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 10_000 && !condition(); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
        Assert.True(condition());
    }

    private TaskCompletionSource GateSource(string name) =>
        _gates.GetOrAdd(name, static _ => new TaskCompletionSource());
}

/// <summary>What was logged.</summary>
public sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");

    public void Dispose() { }
}
