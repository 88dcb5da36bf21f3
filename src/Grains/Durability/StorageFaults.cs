using Actors.GrainInterfaces.Durability;
using Actors.Journal;
using Azure;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Durability;

/// <summary>Which exceptions say that the storage did not answer, and not that what it holds is wrong.</summary>
internal static partial class StorageFaults
{
    public static bool IsFailedRead(Exception fault) =>
        fault switch
        {
            // The provider's own retries end in one of many.
            AggregateException many => many.InnerExceptions.All(IsFailedRead),
            RequestFailedException or IOException or TimeoutException or OperationCanceledException => true,
            _ => false,
        };

    /// <summary>A commit of this grain failed, so that its activation is on its way out.</summary>
    public static bool IsFailedCommit(Exception fault) => fault is OutcomeUnknownException or StorageFullException;

    [LoggerMessage(LogLevel.Critical, "{Stream} is damaged and cannot be read; others are not affected")]
    public static partial void LogDamaged(ILogger logger, Exception fault, StreamId stream);

    [LoggerMessage(LogLevel.Error, "{Stream} could not be read; its grain does not start")]
    public static partial void LogNotLoaded(ILogger logger, Exception fault, StreamId stream);

    [LoggerMessage(LogLevel.Error, "History of {Stream} could not be read")]
    public static partial void LogNotRead(ILogger logger, Exception fault, StreamId stream);
}
