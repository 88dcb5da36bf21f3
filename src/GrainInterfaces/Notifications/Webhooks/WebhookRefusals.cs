using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Notifications.Webhooks;

public static class WebhookRefusals
{
    public const string WebhookNotFoundCode = "WEBHOOK_NOT_FOUND";
    public const string InvalidWebhookCode = "INVALID_WEBHOOK";
    public const string TooManyWebhooksCode = "TOO_MANY_WEBHOOKS";
    public const string WebhookDisabledCode = "WEBHOOK_DISABLED";
    public const string DeliveryNotFoundCode = "DELIVERY_NOT_FOUND";

    public static readonly Refusal WebhookNotFound = new(WebhookNotFoundCode, "There is no webhook with this id.");

    public static readonly Refusal InvalidUrl = new(
        InvalidWebhookCode,
        "url is an absolute https address of at most 2000 characters, without user or fragment, on a public host."
    );

    public static readonly Refusal InvalidEventTypes = new(
        InvalidWebhookCode,
        $"eventTypes names one or more of: {string.Join(", ", WebhookEventTypes.All)}."
    );

    public static readonly Refusal InvalidSecret = new(
        InvalidWebhookCode,
        "secret is whsec_ and 24 to 64 bytes in base64."
    );

    public static readonly Refusal TooManyWebhooks = new(
        TooManyWebhooksCode,
        $"There are {IWebhookCatalogGrain.MaxWebhooks} webhooks already; remove one first."
    );

    public static readonly Refusal WebhookDisabled = new(
        WebhookDisabledCode,
        "The app has answered 410 and gets nothing until the webhook is configured again."
    );

    public static readonly Refusal DeliveryNotFound = new(
        DeliveryNotFoundCode,
        "There is no dead-lettered delivery with this id."
    );
}
