using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Purchases;

public static class PurchaseRefusals
{
    public const string DailyLimitReachedCode = "DAILY_LIMIT_REACHED";
    public const string PurchaseNotFoundCode = "PURCHASE_NOT_FOUND";
    public const string ForbiddenCode = "FORBIDDEN";
    public const string InvalidPurchaseCode = "INVALID_PURCHASE";

    public static readonly Refusal PurchaseNotFound = new(PurchaseNotFoundCode, "There is no such purchase.");

    public static readonly Refusal NotYours = new(ForbiddenCode, "This purchase is between others.");

    public static readonly Refusal InvalidPurchase = new(
        InvalidPurchaseCode,
        "menu_id and menu_item_id name what is bought."
    );

    public static Refusal DailyLimitReached(int perDay, DateTimeOffset resetTime) =>
        new(DailyLimitReachedCode, $"This item can be bought {perDay} times a day.", resetTime);
}
