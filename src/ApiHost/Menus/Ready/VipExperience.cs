using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus.Ready;

/// <summary>Rare things for those who are subscribed.</summary>
internal static class VipExperience
{
    public static readonly MenuTemplate Template = new(
        "vip-experience",
        new MenuDraft(
            "VIP Experience",
            "For subscribers. A few rare things, each given the time that it deserves.",
            QueueMode.On,
            MenuVisibility.SubscribersOnly,
            "gold"
        ),
        new MenuItemDraft[]
        {
            Item(1, "First in the room", "A personal welcome before the stream opens.", 500, 400, "moments", 1),
            Item(2, "Behind the scenes", "Photos of how the day really looked.", 600, 500, "moments", 1),
            Item(3, "Video letter", "Five minutes that answer what you wrote.", 900, 750, "letters", 1),
            Item(4, "Theme night", "You set the theme of the next evening show.", 1_200, 1_000, "shows", 1),
            Item(5, "Front row", "A show that keeps you in mind from start to end.", 1_500, 1_300, "shows", 1) with
            {
                Device = new DeviceActivation(TimingOffset: 10, Duration: 30, Intensity: 10, Pattern: "wave"),
            },
            Item(6, "Coffee date", "Half an hour of talk over a cup of coffee.", 2_000, 1_800, "time together", 1),
            Item(7, "Day in pictures", "A diary of one day, made for you.", 2_500, 2_300, "letters", 1),
        }
    );

    private static MenuItemDraft Item(
        int order,
        string name,
        string description,
        long tokens,
        long points,
        string category,
        int perDay
    ) => new(name, description, tokens, points, DisplayOrder: order, Category: category, MaxDailyPurchases: perDay);
}
