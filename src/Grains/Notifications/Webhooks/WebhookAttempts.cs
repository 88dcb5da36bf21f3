using Actors.Grains.Durability;

namespace Actors.Grains.Notifications.Webhooks;

/// <summary>
/// The requests that one activation has under way. They are nobody's turn: the grain serves others while apps take their
/// time. What is lost here with the activation is begun again when its time is over.
/// </summary>
/// <remarks>Runs on the scheduler of its grain: no locks, and nothing here is ever on two threads at once.</remarks>
internal sealed class WebhookAttempts(IWebhookSender sender, TimeProvider time)
{
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(5);

    private readonly HashSet<Task> _running = [];
    private bool _ended;

    public void Begin(WebhookSettings settings, QueuedDelivery delivery, Func<WebhookAnswer, Task> settle)
    {
        var running = RunAsync(RequestFor(settings, delivery), settle);
        if (!running.IsCompleted)
        {
            _running.Add(running);
            _ = ForgetAsync(running);
        }
    }

    /// <summary>Lets what is under way come to an answer, within reason.</summary>
    public async Task EndAsync()
    {
        try
        {
            await Task.WhenAll(_running).WaitAsync(WaitAtMost, time);
        }
        catch (TimeoutException)
        {
            // What is still under way is tried again by the next activation.
        }
        _ended = true;
    }

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

    private async Task RunAsync(WebhookRequest request, Func<WebhookAnswer, Task> settle)
    {
        try
        {
            var answer = await sender.SendAsync(request);
            if (!_ended)
            {
                await settle(answer);
            }
        }
        catch (Exception fault) when (StorageFaults.IsFailedCommit(fault))
        {
            // The activation is dropped because storage failed; the next one tries again.
        }
    }

    private async Task ForgetAsync(Task running)
    {
        await running.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        _running.Remove(running);
    }
}
