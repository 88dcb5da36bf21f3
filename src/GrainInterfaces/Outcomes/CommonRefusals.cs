namespace Actors.GrainInterfaces.Outcomes;

/// <summary>Codes that several features refuse with, each in its own words.</summary>
public static class CommonRefusals
{
    public const string ForbiddenCode = "FORBIDDEN";
    public const string InvalidDateRangeCode = "INVALID_DATE_RANGE";
    public const string VersionNotFoundCode = "VERSION_NOT_FOUND";
    public const string VersionConflictCode = "VERSION_CONFLICT";
    public const string InvalidPetIdCode = "INVALID_PET_ID";
    public const string InvalidMetadataCode = "INVALID_METADATA";

    public static readonly Refusal InvalidPetId = new(
        InvalidPetIdCode,
        "petId is 1 to 64 of A–Z, a–z, 0–9, _ and -, or absent."
    );

    public static readonly Refusal InvalidMetadata = new(
        InvalidMetadataCode,
        "metadata is a JSON object of at most 4096 bytes and 6 levels, or absent."
    );
}
