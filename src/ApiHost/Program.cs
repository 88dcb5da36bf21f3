using Actors.ApiHost.Activity;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Bookings;
using Actors.ApiHost.Bots;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Commands;
using Actors.ApiHost.ContentPolicy;
using Actors.ApiHost.Conversations;
using Actors.ApiHost.Devices;
using Actors.ApiHost.Erasure;
using Actors.ApiHost.Exports;
using Actors.ApiHost.Hosting;
using Actors.ApiHost.Identity;
using Actors.ApiHost.Ledger;
using Actors.ApiHost.Live;
using Actors.ApiHost.Menus;
using Actors.ApiHost.Moderation;
using Actors.ApiHost.MoodAnalytics;
using Actors.ApiHost.MoodMessages;
using Actors.ApiHost.Moods;
using Actors.ApiHost.Notifications;
using Actors.ApiHost.Notifications.Webhooks;
using Actors.ApiHost.Operations;
using Actors.ApiHost.Pages;
using Actors.ApiHost.Payments;
using Actors.ApiHost.Performers;
using Actors.ApiHost.Pets;
using Actors.ApiHost.Purchases;
using Actors.ApiHost.Queues;
using Actors.ApiHost.Rooms;
using Actors.ApiHost.Templates;
using Actors.ApiHost.Transactions;
using Actors.ApiHost.Wallets;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost;

public static class Program
{
    public static Task<int> Main(string[] args) =>
        ProcessRun.ExplainedAsync(() => CommandLine.Find(args, Console.Out) ?? RunAsync(args));

    /// <summary>The whole application, ready to start; tests replace services through <paramref name="configure"/>.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddQuietLogging();
        builder.AddHttpServer();
        builder.AddGrains();
        builder.RequireKnownSettings(args);
        builder.AddCalls();
        builder.AddAuth();
        builder.AddMenus();
        builder.AddOperations();
        builder.AddLive();
        builder.Services.AddSingleton<SignIns>();
        builder.AddRooms();
        builder.AddPages();
        builder.AddBots();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseRouting();
        app.UseTls();
        app.UseOrigins();
        app.UseMiddleware<Gate>();
        app.MapIdentity();
        app.MapErasure();
        app.MapExports();
        app.MapMoods();
        app.MapMoodAnalytics();
        app.MapNotifications();
        app.MapWebhooks();
        app.MapTemplates();
        app.MapPurchases();
        app.MapQueues();
        app.MapWallets();
        app.MapLedger();
        app.MapContentPolicy();
        app.MapTransactions();
        app.MapActivity();
        app.MapMenus();
        app.MapDevices();
        app.MapPerformers();
        app.MapBots();
        app.MapConversations();
        app.MapMoodMessages();
        app.MapPayments();
        app.MapPets();
        app.MapBookings();
        app.MapRooms();
        app.MapModeration();
        app.MapLive();
        app.MapOperations();
        app.MapPages();
        app.MapNoop();
        return app;
    }

    private static Task<int> RunAsync(string[] args)
    {
        var app = Build(args);
        app.PrintWhenStarted();
        return ProcessRun.UntilStoppedAsync(app);
    }
}
