using Actors.GrainInterfaces.Durability;

namespace Actors.Grains.Payments.Providers;

internal static class Faults
{
    /// <summary>A grain did not answer, or its storage did not: whether it was done is not known.</summary>
    public static bool IsUnanswered(Exception fault) =>
        fault
            is TimeoutException
                or OrleansException
                or OutcomeUnknownException
                or StorageAwayException
                or StorageFullException
                or StorageDamagedException;
}
