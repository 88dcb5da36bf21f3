namespace Actors.Grains.Notifications.Webhooks;

/// <summary>Makes one try, within the time that an app has. Whatever happens is an answer, never an exception.</summary>
public interface IWebhookSender
{
    Task<WebhookAnswer> SendAsync(WebhookRequest request);
}

/// <summary>One request as it goes out; knows the signature, not the secret.</summary>
public sealed record WebhookRequest(string Url, string EventId, string Timestamp, string Signature, string Body);

/// <param name="StatusCode">Null when there was no answer.</param>
/// <param name="Error">Why there was none, in words that may be shown to an admin.</param>
public sealed record WebhookAnswer(int? StatusCode, string? Error = null)
{
    public bool IsTaken => StatusCode is >= 200 and < 300;

    public bool IsGone => StatusCode == 410;
}
