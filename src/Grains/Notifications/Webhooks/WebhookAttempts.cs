using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>The requests that one activation has under way.</summary>
internal sealed class WebhookAttempts(IWebhookSender sender, IErasableKeys keys, TimeProvider time)
{
    private readonly OutsideCalls _calls = new(time);

    public void Begin(WebhookSettings settings, QueuedDelivery delivery, Func<WebhookAnswer, Task> settle)
    {
        _calls.Begin(() => SendAsync(settings, delivery), settle);
    }

    public Task EndAsync() => _calls.EndAsync();

    private async Task<WebhookAnswer> SendAsync(WebhookSettings settings, QueuedDelivery delivery)
    {
        string body;
        try
        {
            body = await WebhookWords.OpenAsync(delivery.Body, keys);
        }
        catch (StorageAwayException)
        {
            return new WebhookAnswer(null, "The storage did not answer.");
        }
        var now = time.GetUtcNow();
        var signature = WebhookSignature.Of(settings, now, delivery.EventId, body);
        return await sender.SendAsync(
            new WebhookRequest(settings.Url, delivery.EventId, WebhookSignature.Timestamp(now), signature, body)
        );
    }
}
