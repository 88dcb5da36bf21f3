using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.Journal;

namespace Actors.ApiHost.Errors;

/// <summary>What an exception means to the caller. Its text never leaves the house.</summary>
internal static class Faults
{
    // Orleans' client says so when it has nobody to send a call to; the exception's type says less.
    private const string NobodyToSendTo = "No gateways available";

    /// <summary>The storage, a silo or a grain did not answer in time, was cancelled, or said that it does not know.</summary>
    public static bool IsUnavailable(Exception fault) =>
        fault
            is TimeoutException
                or OperationCanceledException
                or OrleansException
                or OutcomeUnknownException
                or StorageAwayException
                or StorageFullException
                or StorageDamagedException
                or JournalFullException
                or JournalUncertainException
                or JournalConflictException
                or JournalBusyException
                or JournalDamagedException;

    /// <summary>Asks for something and changes nothing: whatever became of it, it may simply be asked again.</summary>
    public static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    public static Refusal ToRefusal(Exception fault, bool isRead) =>
        fault switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => HttpRefusals.BodyTooLarge,
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => HttpRefusals.RequestTimeout,
            BadHttpRequestException => HttpRefusals.InvalidRequest("The request is malformed."),
            JournalBusyException => HttpRefusals.Busy,
            StorageFullException or JournalFullException => HttpRefusals.StorageFull,
            StorageDamagedException or JournalDamagedException => HttpRefusals.StorageDamaged,
            _ when IsUnavailable(fault) => isRead || IsNotBegun(fault)
                ? HttpRefusals.Unavailable
                : HttpRefusals.OutcomeUnknown,
            _ => HttpRefusals.SystemError,
        };

    private static bool IsNotBegun(Exception fault) =>
        fault is StorageAwayException or GatewayTooBusyException
        || (
            fault is OrleansMessageRejectionException
            && fault.Message.Contains(NobodyToSendTo, StringComparison.Ordinal)
        );
}
