using Actors.Grains.Hosting;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// Pages of other sites may call the API when their site is named. They bring tokens in headers; cookies are never taken
/// from them.
/// </summary>
internal static class OriginSetup
{
    private static readonly TimeSpan RememberPermission = TimeSpan.FromMinutes(10);

    private static readonly string[] Readable =
    [
        "Content-Disposition",
        "RateLimit",
        "RateLimit-Limit",
        "RateLimit-Policy",
        "RateLimit-Remaining",
        "RateLimit-Reset",
        "Retry-After",
    ];

    public static void UseOrigins(this WebApplication app)
    {
        var sites = SettingsReader.Read<OriginOptions>(app.Configuration).Sites;
        if (sites.Length == 0)
        {
            return;
        }
        app.UseCors(policy =>
            policy
                .WithOrigins(sites)
                .AllowAnyMethod()
                .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID")
                .WithExposedHeaders(Readable)
                .SetPreflightMaxAge(RememberPermission)
        );
    }
}
