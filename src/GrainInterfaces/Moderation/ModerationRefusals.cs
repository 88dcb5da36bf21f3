using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Moderation;

public static class ModerationRefusals
{
    public const string IncidentNotFoundCode = "INCIDENT_NOT_FOUND";
    public const string IncidentClosedCode = "INCIDENT_CLOSED";
    public const string InvalidNoteCode = "INVALID_NOTE";

    public static readonly Refusal IncidentNotFound = new(IncidentNotFoundCode, "There is no such incident.");
    public static readonly Refusal IncidentClosed = new(IncidentClosedCode, "This incident is closed already.");
    public static readonly Refusal InvalidNote = new(InvalidNoteCode, "note is 1 to 500 characters.");
}
