using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Orleans.Dashboard;

namespace Actors.ApiHost.Pages;

/// <summary>What people look at in a browser.</summary>
internal static class PagesSetup
{
    public const string DashboardPath = "/dashboard";

    private const string LogStream = DashboardPath + "/Trace";

    public static void AddPages(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<BrowserSessions>();

    public static void MapPages(this WebApplication app)
    {
        app.MapFeature<SignInEndpoints>();
        var dashboard = app.MapOrleansDashboard(DashboardPath).For(Roles.Admin).AsPage(BrowserPage.OfOrleans);
        ((IEndpointConventionBuilder)dashboard).Add(LeaveOutLogStream);
    }

    /// <summary>It stays open for an hour, and a host that stops would wait for it.</summary>
    private static void LeaveOutLogStream(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: LogStream })
        {
            endpoint.RequestDelegate = static http =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        }
    }
}
