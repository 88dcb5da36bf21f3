namespace Actors.GrainInterfaces.Menus;

/// <summary>What a menu and its items may be.</summary>
public static class MenuLimits
{
    public const int NameLength = 100;
    public const int DescriptionLength = 1_000;
    public const int ThemeLength = 50;
    public const int ThemeValueLength = 200;
    public const int ThemeObjectLength = 4_000;
    public const int CategoryLength = 50;
    public const int IconUrlLength = 500;
    public const int WhitelistedUsers = 1_000;

    public const long TokenValue = 1_000_000_000;
    public const long BonusLoyaltyPoints = 1_000_000_000;
    public const int DisplayOrder = 10_000;
    public const int DailyPurchases = 1_000;

    public const int TimingOffsetSeconds = 300;
    public const int DurationSeconds = 600;
    public const int Intensity = 20;

    public static readonly IReadOnlyList<string> Patterns = ["pulse", "wave", "fireworks", "earthquake"];
}
