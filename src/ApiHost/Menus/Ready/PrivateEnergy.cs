using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus.Ready;

/// <summary>Things that are made for one person and take their time, so they wait in the queue.</summary>
internal static class PrivateEnergy
{
    public static readonly MenuTemplate Template = new(
        "private-energy",
        new MenuDraft(
            "Private Energy",
            "Made for you personally. Your tokens are held until it is delivered.",
            QueueMode.On,
            MenuVisibility.Public,
            "evening"
        ),
        new MenuItemDraft[]
        {
            Item(1, "Voice note", "A minute of voice, spoken to you alone.", 150, 100, "messages", 5),
            Item(2, "Handwritten note", "A few kind lines by hand, sent as a picture.", 180, 120, "messages", 5),
            Item(3, "Birthday greeting", "A short video for you or for somebody you like.", 250, 180, "videos", 3),
            Item(
                4,
                "Outfit of your choice",
                "You choose from the wardrobe, and it is worn today.",
                300,
                220,
                "style",
                2
            ),
            Item(5, "Private dance", "A dance to a song of yours, as a video.", 400, 300, "videos", 3),
            Item(6, "Evening check-in", "Ten minutes of talk about your day.", 500, 380, "time together", 1),
            Item(7, "Shared playlist", "Ten songs chosen for you, with a word on each.", 200, 150, "messages", 3),
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
