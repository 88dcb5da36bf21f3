using System.Globalization;
using System.Security.Cryptography;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Notifications.Webhooks;

public static class WebhookMapping
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes) => routes.MapFeature<WebhookEndpoints>();
}

internal sealed class WebhookEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int SecretBytes = 32;

    public void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes
            .MapGroup("/api/v1/admin/webhooks")
            .WithTags("Webhooks")
            .For(Roles.Admin)
            .Switchable(Features.Webhooks);
        webhooks.Get("", List, WebhookJson.Default.WebhookListResponse).WithSummary("Every webhook, by id");
        webhooks
            .Put("/{id}", Put, WebhookJson.Default.PutWebhookRequest, WebhookJson.Default.WebhookResponse)
            .WithSummary("Creates a webhook, changes it, or enables it again")
            .WithExample(
                """{ "url": "https://hooks.example.com/events", "eventTypes": ["purchase_made", "purchase_refunded", "mood_changed"] }"""
            )
            .WhenMistyped("url", WebhookRefusals.InvalidUrl)
            .WhenMistyped("eventTypes", WebhookRefusals.InvalidEventTypes)
            .WhenMistyped("secret", WebhookRefusals.InvalidSecret)
            .Refuses(
                WebhookRefusals.InvalidWebhookCode,
                WebhookRefusals.TooManyWebhooksCode,
                WebhookRefusals.WebhookNotFoundCode
            );
        webhooks
            .Get("/{id}", Get, WebhookJson.Default.WebhookResponse)
            .WithSummary("A webhook; its secret is never shown")
            .Refuses(WebhookRefusals.WebhookNotFoundCode);
        webhooks
            .Delete("/{id}", Remove, WebhookJson.Default.WebhookRemovedResponse)
            .WithSummary("Ends a webhook and forgets what waits for it")
            .Refuses(WebhookRefusals.WebhookNotFoundCode);
        MapDeliveries(webhooks);
    }

    private void MapDeliveries(RouteGroupBuilder webhooks)
    {
        webhooks
            .Post("/{id}/test", Test, WebhookJson.Default.WebhookDeliveryResponse)
            .WithSummary("Sends an event of type test")
            .Refuses(WebhookRefusals.WebhookNotFoundCode, WebhookRefusals.WebhookDisabledCode);
        webhooks
            .Get("/{id}/deliveries", Deliveries, WebhookJson.Default.WebhookDeliveryListResponse)
            .WithSummary("The newest 100 deliveries with status, attempts and last error, newest first")
            .Refuses(WebhookRefusals.WebhookNotFoundCode);
        webhooks
            .Post("/{id}/deliveries/{deliveryId}/redeliver", Redeliver, WebhookJson.Default.WebhookDeliveryResponse)
            .WithSummary("Sends a delivery that was given up again, with all its tries")
            .Refuses(
                WebhookRefusals.WebhookNotFoundCode,
                WebhookRefusals.WebhookDisabledCode,
                WebhookRefusals.DeliveryNotFoundCode
            );
    }

    private async ValueTask<Outcome<WebhookListResponse>> List(Call call)
    {
        var catalog = await grains.GetGrain<IWebhookCatalogGrain>(IWebhookCatalogGrain.Key).List();
        return new WebhookListResponse([.. catalog.Webhooks.Select(WebhookResponse.From)]);
    }

    private async ValueTask<Outcome<WebhookResponse>> Put(Call call, PutWebhookRequest body)
    {
        if (Find(call) is not { } webhook)
        {
            return WebhookRefusals.WebhookNotFound;
        }
        var made = WebhookSecret.Of(RandomNumberGenerator.GetBytes(SecretBytes));
        var command = new ConfigureWebhook(call.Actor(), body.Url ?? "", body.EventTypes ?? [], body.Secret, made);
        return (await webhook.Configure(command)).Map(configured =>
            WebhookResponse.From(configured.Webhook) with
            {
                Secret = configured.SecretMade ? made : null,
            }
        );
    }

    private async ValueTask<Outcome<WebhookResponse>> Get(Call call) =>
        Find(call) is { } webhook ? (await webhook.Get()).Map(WebhookResponse.From) : WebhookRefusals.WebhookNotFound;

    private async ValueTask<Outcome<WebhookRemovedResponse>> Remove(Call call)
    {
        if (Find(call) is not { } webhook)
        {
            return WebhookRefusals.WebhookNotFound;
        }
        await webhook.Remove(call.Actor());
        return new WebhookRemovedResponse(call.Route("id")!, Removed: true);
    }

    private async ValueTask<Outcome<WebhookDeliveryResponse>> Test(Call call) =>
        Find(call) is { } webhook
            ? (await webhook.Test()).Map(WebhookDeliveryResponse.From)
            : WebhookRefusals.WebhookNotFound;

    private async ValueTask<Outcome<WebhookDeliveryListResponse>> Deliveries(Call call) =>
        Find(call) is { } webhook
            ? (await webhook.Deliveries()).Map(static found => new WebhookDeliveryListResponse([
                .. found.Deliveries.Select(WebhookDeliveryResponse.From),
            ]))
            : WebhookRefusals.WebhookNotFound;

    private async ValueTask<Outcome<WebhookDeliveryResponse>> Redeliver(Call call)
    {
        if (Find(call) is not { } webhook)
        {
            return WebhookRefusals.WebhookNotFound;
        }
        return long.TryParse(call.Route("deliveryId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (await webhook.Redeliver(call.Actor(), id)).Map(WebhookDeliveryResponse.From)
            : WebhookRefusals.DeliveryNotFound;
    }

    /// <summary>An id that cannot exist is one that does not.</summary>
    private IWebhookGrain? Find(Call call) =>
        call.Route("id") is { } id && Identifier.IsValid(id) ? grains.GetGrain<IWebhookGrain>(id) : null;
}
