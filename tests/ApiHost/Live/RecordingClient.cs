using System.Text.Json;
using Actors.ApiHost.Live;

namespace Actors.ApiHost.Tests.Live;

/// <summary>Remembers what it was sent, and takes as long over it as the test says.</summary>
internal sealed class RecordingClient : ILiveClient
{
    private readonly Lock _gate = new();
    private readonly List<(string? Id, string Text)> _sent = [];
    private int _beats;

    public Func<Task> Taking { get; set; } = static () => Task.CompletedTask;

    public int Beats => Volatile.Read(ref _beats);

    public IReadOnlyList<(string? Id, string Text)> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    public IEnumerable<string> Texts => Sent.Select(static one => one.Text);

    public async Task SendAsync(string? id, LiveChange change, CancellationToken stop)
    {
        await Taking().WaitAsync(stop);
        using var data = JsonDocument.Parse(change.Data);
        var text = data.RootElement.TryGetProperty("text", out var member) ? member.GetString()! : change.Type;
        lock (_gate)
        {
            _sent.Add((id, text));
        }
    }

    public Task BeatAsync(CancellationToken stop)
    {
        Interlocked.Increment(ref _beats);
        return Task.CompletedTask;
    }
}
