using Actors.Grains.Notifications.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Notifications;

public static class NotificationServices
{
    /// <summary>What outgoing webhooks need; settings in the section <c>Webhooks</c>.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Webhooks").Get<WebhookOptions>() ?? new WebhookOptions());
        services.AddSingleton<IWebhookSender, HttpWebhookSender>();
        return services;
    }
}
