namespace Actors.GrainInterfaces.Performers;

/// <summary>How much a performer can have of each.</summary>
public static class PerformerLimits
{
    public const int MinutesOfDay = 1_440;
    public const int MaxHoursOfDay = 12;
    public const int MaxExceptions = 366;
    public const int MaxDurations = 12;
    public const int ShortestCall = 5;
    public const int LongestCall = 480;
    public const int LongestBuffer = 240;
    public const int LongestNoticeMinutes = 30 * MinutesOfDay;
    public const int LongestHorizonDays = 366;
    public const int LongestCutoffHours = 30 * 24;

    /// <summary>Of one question for free times.</summary>
    public const int MaxSlotDays = 62;
}
