using System.Collections.Concurrent;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Tests.Notifications.Webhooks;

/// <summary>Remembers every try and answers as the test says.</summary>
internal sealed class ScriptedSender : IWebhookSender
{
    private readonly ConcurrentQueue<WebhookRequest> _requests = new();

    public Func<WebhookRequest, Task<WebhookAnswer>> Answer { get; set; } = static _ => Status(204);

    public IReadOnlyList<WebhookRequest> Requests => [.. _requests];

    public static Task<WebhookAnswer> Status(int status) => Task.FromResult(new WebhookAnswer(status));

    public Task<WebhookAnswer> SendAsync(WebhookRequest request)
    {
        _requests.Enqueue(request);
        return Answer(request);
    }
}
