using Actors.Grains.Bookings;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Conversations;
using Actors.Grains.Devices;
using Actors.Grains.Durability;
using Actors.Grains.Exports;
using Actors.Grains.Menus;
using Actors.Grains.MoodMessages.Detection;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Moods;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Operations;
using Actors.Grains.Payments;
using Actors.Grains.Performers;
using Actors.Grains.Pets;
using Actors.Grains.Queues;
using Actors.Grains.Rooms;
using Actors.Grains.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Hosting;

public static class DurableGrains
{
    /// <summary>What the grains need wherever they run.</summary>
    public static IServiceCollection AddDurableGrains(this IServiceCollection services) =>
        services
            .AddSettings<MoodOptions>()
            .AddSettings<MenuOptions>()
            .AddSettings<QueueOptions>()
            .AddSettings<BookingOptions>()
            .AddSettings<PerformerOptions>()
            .AddSettings<EscalationOptions>()
            .AddSingleton<Courier>()
            .AddSingleton<Quotes>()
            .AddSingleton<PolicyInForce>()
            .AddSingleton<QuietModels>()
            .AddSingleton<UserHearing>()
            .AddSingleton<ConversationServices>()
            .AddSingleton<DurableServices>()
            .AddSingleton<StorageProbe>()
            .AddSingleton<ExportMaker>()
            .AddWebhooks()
            .AddDevices()
            .AddMoodDetection()
            .AddTransactions()
            .AddPayments()
            .AddPets()
            .AddRooms();
}
