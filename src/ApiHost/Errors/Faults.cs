using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.Journal;

namespace Actors.ApiHost.Errors;

/// <summary>What an exception means to the caller. Its text never leaves the house.</summary>
internal static class Faults
{
    /// <summary>The storage, a silo or a grain did not answer in time, or said that it does not know.</summary>
    public static bool IsUnavailable(Exception fault) =>
        fault
            is TimeoutException
                or OrleansException
                or OutcomeUnknownException
                or JournalUncertainException
                or JournalConflictException
                or JournalBusyException
                or OrleansException
                or JournalDamagedException;

    public static Refusal ToRefusal(Exception fault) =>
        fault switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => HttpRefusals.BodyTooLarge,
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => HttpRefusals.RequestTimeout,
            BadHttpRequestException => HttpRefusals.InvalidRequest("The request is malformed."),
            JournalBusyException => HttpRefusals.Busy,
            _ when IsUnavailable(fault) => HttpRefusals.OutcomeUnknown,
            _ => HttpRefusals.SystemError,
        };
}
