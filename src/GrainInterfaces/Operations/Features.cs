namespace Actors.GrainInterfaces.Operations;

/// <summary>The features that can be switched off while everything else goes on. Identity and operation cannot.</summary>
public static class Features
{
    public const string Moods = "moods";
    public const string Templates = "templates";
    public const string Notifications = "notifications";
    public const string Analytics = "analytics";
    public const string Webhooks = "webhooks";
    public const string Menus = "menus";
    public const string Purchases = "purchases";
    public const string Queues = "queues";
    public const string Tips = "tips";
    public const string Devices = "devices";
    public const string Live = "live";
    public const string Conversations = "conversations";
    public const string MoodMessages = "mood_messages";
    public const string Transactions = "transactions";
    public const string Activity = "activity";
    public const string Pets = "pets";
    public const string Bookings = "bookings";

    public static readonly IReadOnlyList<string> All =
    [
        Moods,
        Templates,
        Notifications,
        Analytics,
        Webhooks,
        Menus,
        Purchases,
        Queues,
        Tips,
        Devices,
        Live,
        Conversations,
        MoodMessages,
        Transactions,
        Activity,
        Pets,
        Bookings,
    ];
}
