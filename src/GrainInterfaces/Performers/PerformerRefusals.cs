using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Performers;

public static class PerformerRefusals
{
    public const string PerformerNotFoundCode = "PERFORMER_NOT_FOUND";
    public const string NotAvailableCode = "NOT_AVAILABLE";

    public static readonly Refusal PerformerNotFound = new(PerformerNotFoundCode, "There is no such performer.");

    public static readonly Refusal NotAvailable = new(NotAvailableCode, "This time is not free; choose another one.");
}
