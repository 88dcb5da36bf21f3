using Microsoft.Extensions.AI;

namespace Actors.Grains.Tests.Pets.Service;

/// <summary>A language service that answers as the test says.</summary>
internal sealed class ScriptedService : IChatClient
{
    public Func<Task<ChatResponse>> Answer { get; set; } = static () => Task.FromResult(Saying("woof", 100));

    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public static ChatResponse Saying(string text, long? used) =>
        new(new ChatMessage(ChatRole.Assistant, text))
        {
            Usage = used is null ? null : new UsageDetails { TotalTokenCount = used },
        };

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Asked.Add([.. messages]);
        return Answer();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("Nobody asks for it.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
