namespace Actors.GrainInterfaces.Bookings;

/// <summary>What can be reported of a call. A category and never a text: what is said or shown in a call is not written down.</summary>
public static class IncidentCategories
{
    public static readonly IReadOnlyList<string> All =
    [
        "harassment",
        "threat",
        "minor_present",
        "no_consent",
        "recording",
        "impersonation",
        "other",
    ];

    public static bool IsKnown(string? category) => All.Contains(category);
}
