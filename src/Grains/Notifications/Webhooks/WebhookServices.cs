using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Grains.Notifications.Webhooks;

public static class WebhookServices
{
    /// <summary>What the webhook grains need. A sender that is there already stays: simulations and tests bring their own.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services
            .AddOptions<WebhookOptions>()
            .Configure<IServiceProvider>(
                static (options, provider) =>
                    provider.GetService<IConfiguration>()?.GetSection(WebhookOptions.Section).Bind(options)
            )
            .Validate(static options => options.IsValid, "Webhooks:TimeoutSeconds is a number from 0.1 to 20.")
            .ValidateOnStart();
        services.TryAddSingleton<IWebhookSender, HttpWebhookSender>();
        return services;
    }
}
