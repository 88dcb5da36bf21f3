using Actors.Grains.Durability;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>The requests that one activation has under way.</summary>
internal sealed class WebhookAttempts(IWebhookSender sender, TimeProvider time)
{
    private readonly OutsideCalls _calls = new(time);

    public void Begin(WebhookSettings settings, QueuedDelivery delivery, Func<WebhookAnswer, Task> settle)
    {
        var request = RequestFor(settings, delivery);
        _calls.Begin(() => sender.SendAsync(request), settle);
    }

    public Task EndAsync() => _calls.EndAsync();

    private WebhookRequest RequestFor(WebhookSettings settings, QueuedDelivery delivery)
    {
        var now = time.GetUtcNow();
        var signature = WebhookSignature.Of(settings, now, delivery.EventId, delivery.Body);
        return new WebhookRequest(
            settings.Url,
            delivery.EventId,
            WebhookSignature.Timestamp(now),
            signature,
            delivery.Body
        );
    }
}
