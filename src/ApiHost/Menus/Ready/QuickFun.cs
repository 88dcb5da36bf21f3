using Actors.GrainInterfaces.Menus;

namespace Actors.ApiHost.Menus.Ready;

/// <summary>Small things that happen at once, for everybody.</summary>
internal static class QuickFun
{
    // Arrays, because drafts travel in messages, and the list types behind collection expressions cannot.
    public static readonly MenuTemplate Template = new(
        "quick-fun",
        new MenuDraft(
            "Quick Fun",
            "Little moments for a live stream. What you choose happens right away.",
            QueueMode.Off,
            MenuVisibility.Public,
            "bright"
        ),
        new MenuItemDraft[]
        {
            Item(1, "Wave hello", "A smile and a wave, just for you.", 10, 5, "hello"),
            Item(2, "Say your name", "Hear your name with a warm greeting.", 20, 10, "hello"),
            Item(3, "Blow a kiss", "A kiss blown to the camera.", 25, 12, "hello"),
            Item(4, "Song request", "Pick the next song in the room.", 40, 20, "music"),
            Item(5, "Dance break", "Half a minute of happy dancing.", 50, 30, "music"),
            Item(6, "Strike a pose", "You name a mood, and it becomes a pose.", 60, 35, "show"),
            Item(7, "Good vibes", "A short, gentle buzz to say that you are here.", 75, 45, "show") with
            {
                Device = new DeviceActivation(TimingOffset: 0, Duration: 5, Intensity: 6, Pattern: "pulse"),
            },
        }
    );

    private static MenuItemDraft Item(
        int order,
        string name,
        string description,
        long tokens,
        long points,
        string category
    ) => new(name, description, tokens, points, DisplayOrder: order, Category: category);
}
