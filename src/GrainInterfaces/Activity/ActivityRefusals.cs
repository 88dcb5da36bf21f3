using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Activity;

public static class ActivityRefusals
{
    public const string InvalidCategoryCode = "INVALID_ACTIVITY_CATEGORY";
    public const string InvalidActionCode = "INVALID_ACTIVITY_ACTION";
    public const string InvalidDetailsCode = "INVALID_DETAILS";
    public const string InvalidActivityQueryCode = "INVALID_ACTIVITY_QUERY";

    public const int MaxActionLength = 64;

    public static readonly Refusal InvalidCategory = new(
        InvalidCategoryCode,
        "category is one of auth, pet, wallet, social, purchase, system."
    );

    public static readonly Refusal InvalidAction = new(
        InvalidActionCode,
        "action is a text of 1 to 64 characters on one line."
    );

    public static readonly Refusal InvalidDetails = new(
        InvalidDetailsCode,
        "details is a JSON object of at most 4096 bytes and 6 levels, or absent."
    );

    public static Refusal InvalidQuery(string message) => new(InvalidActivityQueryCode, message);
}
