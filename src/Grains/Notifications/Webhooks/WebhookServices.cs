using Actors.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Notifications.Webhooks;

public static class WebhookServices
{
    /// <summary>What the webhook grains need. A sender that is there already stays: simulations and tests bring their own.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSettings<WebhookOptions>();
        services.AddSingleton<WebhookInterest>();
        services.TryAddSingleton<IWebhookSender, HttpWebhookSender>();
        return services;
    }
}
