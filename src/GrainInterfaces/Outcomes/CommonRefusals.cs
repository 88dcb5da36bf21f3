namespace Actors.GrainInterfaces.Outcomes;

/// <summary>Codes that several features refuse with, each in its own words.</summary>
public static class CommonRefusals
{
    public const string ForbiddenCode = "FORBIDDEN";
    public const string InvalidDateRangeCode = "INVALID_DATE_RANGE";
    public const string VersionNotFoundCode = "VERSION_NOT_FOUND";
    public const string VersionConflictCode = "VERSION_CONFLICT";
}
