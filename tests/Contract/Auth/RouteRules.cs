namespace Actors.Contract.Tests.Auth;

/// <summary>Who may call what: the one table that a new route must be entered in.</summary>
internal static class RouteRules
{
    /// <summary>Method, route, roles that are admitted ("*" for all, "-" for no token needed).</summary>
    public static readonly (string Method, string Route, string Admitted)[] All =
    [
        // Identity
        ("GET", "/api/v1/me", "*"),
        ("POST", "/api/v1/me/mood-terms", "model"),
        ("GET", "/api/v1/admin/users/{userId}", "admin service"),
        ("PUT", "/api/v1/admin/users/{userId}", "admin"),
        ("GET", "/api/v1/admin/models/{modelId}", "admin service"),
        ("PUT", "/api/v1/admin/models/{modelId}", "admin"),
        ("GET", "/api/v1/subscriptions", "user"),
        ("PUT", "/api/v1/admin/subscriptions", "admin"),
        ("GET", "/api/v1/admin/revocations", "admin"),
        ("POST", "/api/v1/admin/revocations", "admin"),
        // Moods
        ("GET", "/api/v1/mood/{modelId}", "*"),
        ("GET", "/api/v1/mood/{modelId}/history", "*"),
        ("POST", "/api/v1/mood/update", "model"),
        ("POST", "/api/v1/admin/mood/{modelId}/update", "admin"),
        ("GET", "/api/v1/admin/mood/{modelId}/history", "admin"),
        // Templates
        ("GET", "/api/v1/mood/template", "*"),
        ("POST", "/api/v1/mood/template/render", "service admin"),
        ("POST", "/api/v1/mood/template/{id}/outcome", "service admin"),
        ("POST", "/api/v1/admin/mood/template", "admin"),
        ("PUT", "/api/v1/admin/mood/template/{id}", "admin"),
        ("GET", "/api/v1/admin/mood/templates", "admin"),
        ("GET", "/api/v1/admin/mood/template/{id}/versions", "admin"),
        ("POST", "/api/v1/admin/mood/template/{id}/rollback", "admin"),
        // Mood analytics
        ("GET", "/api/v1/admin/mood/analytics", "admin"),
        // Notifications and webhooks
        ("GET", "/api/v1/notifications", "*"),
        ("POST", "/api/v1/notifications/read", "*"),
        ("GET", "/api/v1/admin/webhooks", "admin"),
        ("PUT", "/api/v1/admin/webhooks/{id}", "admin"),
        ("GET", "/api/v1/admin/webhooks/{id}", "admin"),
        ("DELETE", "/api/v1/admin/webhooks/{id}", "admin"),
        ("POST", "/api/v1/admin/webhooks/{id}/test", "admin"),
        ("GET", "/api/v1/admin/webhooks/{id}/deliveries", "admin"),
        ("POST", "/api/v1/admin/webhooks/{id}/deliveries/{deliveryId}/redeliver", "admin"),
        // Menus
        ("GET", "/menu/{menuId}", "*"),
        ("GET", "/menu/model/{modelId}", "*"),
        ("POST", "/menu", "model admin"),
        ("PUT", "/menu/{menuId}", "model admin"),
        ("DELETE", "/menu/{menuId}", "model admin"),
        ("POST", "/menu/{menuId}/items", "model admin"),
        ("PUT", "/menu/{menuId}/items/{itemId}", "model admin"),
        ("DELETE", "/menu/{menuId}/items/{itemId}", "model admin"),
        ("GET", "/menu/templates", "model admin"),
        ("POST", "/menu/from-template/{name}", "model admin"),
        // Purchases, wallets and the ledger
        ("POST", "/menu/purchase", "user"),
        ("GET", "/menu/purchase/history", "user"),
        ("GET", "/menu/purchase/{purchaseId}/status", "*"),
        ("POST", "/menu/purchase/{purchaseId}/refund", "model admin"),
        ("GET", "/api/v1/analytics/purchases", "model admin"),
        ("GET", "/api/v1/analytics/prices", "model admin"),
        ("GET", "/api/v1/balance", "user"),
        ("GET", "/api/v1/wallet", "model"),
        ("POST", "/api/v1/tips", "user"),
        ("POST", "/api/v1/admin/balances/{userId}/credit", "admin"),
        ("POST", "/api/v1/admin/wallets/{modelId}/payout", "admin"),
        ("GET", "/api/v1/statement", "user model"),
        ("GET", "/api/v1/admin/balances/{userId}/statement", "admin service"),
        ("GET", "/api/v1/admin/wallets/{modelId}/statement", "admin service"),
        ("GET", "/api/v1/admin/ledger/proof", "admin service"),
        // Devices
        ("GET", "/api/v1/devices", "model"),
        ("POST", "/api/v1/devices/pairing", "model"),
        ("POST", "/api/v1/devices/lovense/callback", "-"),
        ("GET", "/api/v1/admin/devices/{modelId}", "admin"),
        // Queues
        ("GET", "/queue/{modelId}", "*"),
        ("POST", "/queue/{modelId}/pause", "model admin"),
        ("POST", "/queue/{modelId}/resume", "model admin"),
        ("POST", "/queue/{modelId}/{purchaseId}/start", "model admin"),
        ("POST", "/queue/{modelId}/{purchaseId}/complete", "model admin"),
        ("POST", "/queue/{modelId}/{purchaseId}/reject", "model admin"),
        ("POST", "/queue/{modelId}/{purchaseId}/cancel", "user"),
        // Live feed
        ("GET", "/api/v1/events", "*"),
        ("GET", "/api/v1/ws", "*"),
        // Operation
        ("GET", "/api/v1/admin/features", "admin"),
        ("PUT", "/api/v1/admin/features/{feature}", "admin"),
        ("GET", "/metrics", "-"),
        ("GET", "/livez", "-"),
        ("GET", "/readyz", "-"),
        ("GET", "/health", "-"),
        ("GET", "/openapi/v1.json", "-"),
        ("GET", "/errors/{code}", "-"),
        // Pages
        ("GET", "/signin", "-"),
        ("POST", "/signin", "-"),
        ("GET", "/signout", "-"),
        ("POST", "/signout", "-"),
        ("GET", "/pages.css", "-"),
        // The dashboard of Orleans
        ("GET", "/dashboard", "admin"),
        ("GET", "/dashboard/ClusterStats", "admin"),
        ("GET", "/dashboard/DashboardCounters", "admin"),
        ("GET", "/dashboard/GrainState", "admin"),
        ("GET", "/dashboard/GrainStats/{*grainName}", "admin"),
        ("GET", "/dashboard/GrainTypes", "admin"),
        ("GET", "/dashboard/HistoricalStats/{*path}", "admin"),
        ("GET", "/dashboard/LifecycleStages", "admin"),
        ("GET", "/dashboard/Reminders", "admin"),
        ("GET", "/dashboard/Reminders/{page:int}", "admin"),
        ("GET", "/dashboard/SiloCounters/{*address}", "admin"),
        ("GET", "/dashboard/SiloMetadata/{*address}", "admin"),
        ("GET", "/dashboard/SiloProperties/{*address}", "admin"),
        ("GET", "/dashboard/SiloStats/{*address}", "admin"),
        ("GET", "/dashboard/TopGrainMethods", "admin"),
        ("GET", "/dashboard/Trace", "admin"),
        ("GET", "/dashboard/favicon.ico", "admin"),
        ("GET", "/dashboard/fonts/{**path}", "admin"),
        ("GET", "/dashboard/img/{**path}", "admin"),
        ("GET", "/dashboard/index.css", "admin"),
        ("GET", "/dashboard/index.html", "admin"),
        ("GET", "/dashboard/index.min.js", "admin"),
        ("GET", "/dashboard/version", "admin"),
    ];

    /// <summary>The scope that lets a service in; one whose token has a scope is let in nowhere else.</summary>
    public static readonly Dictionary<string, string> Scopes = new()
    {
        ["GET /api/v1/admin/users/{userId}"] = "profiles.read",
        ["GET /api/v1/admin/models/{modelId}"] = "profiles.read",
        ["POST /api/v1/mood/template/render"] = "templates.render",
        ["POST /api/v1/mood/template/{id}/outcome"] = "templates.render",
        ["POST /api/v1/admin/balances/{userId}/credit"] = "balances.credit",
        ["GET /api/v1/admin/balances/{userId}/statement"] = "ledger.read",
        ["GET /api/v1/admin/wallets/{modelId}/statement"] = "ledger.read",
        ["GET /api/v1/admin/ledger/proof"] = "ledger.read",
    };
}
