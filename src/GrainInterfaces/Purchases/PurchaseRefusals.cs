using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Purchases;

public static class PurchaseRefusals
{
    public const string DailyLimitReachedCode = "DAILY_LIMIT_REACHED";
    public const string PurchaseNotFoundCode = "PURCHASE_NOT_FOUND";
    public const string MenuChangedCode = "MENU_CHANGED";

    public static readonly Refusal PurchaseNotFound = new(PurchaseNotFoundCode, "There is no such purchase.");

    public static readonly Refusal NotYours = new(CommonRefusals.ForbiddenCode, "This purchase is between others.");

    public static readonly Refusal InvalidDateRange = new(
        CommonRefusals.InvalidDateRangeCode,
        "from and to are days such as 2026-11-25, in this order and at most 366 of them."
    );

    public static Refusal MenuChanged(Tokens price, long menuVersion) =>
        new(
            MenuChangedCode,
            "The menu has changed since it was shown.",
            Figures: new Dictionary<string, long> { ["token_value"] = price.Count, ["menu_version"] = menuVersion }
        );

    public static Refusal DailyLimitReached(int perDay, DateTimeOffset resetTime) =>
        new(DailyLimitReachedCode, $"This item can be bought {perDay} times a day.", resetTime);
}
