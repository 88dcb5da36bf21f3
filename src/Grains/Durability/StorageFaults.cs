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

    [LoggerMessage(LogLevel.Error, "{Stream} could not be read; its grain does not start")]
    public static partial void LogNotLoaded(ILogger logger, Exception fault, StreamId stream);

    [LoggerMessage(LogLevel.Error, "History of {Stream} could not be read")]
    public static partial void LogNotRead(ILogger logger, Exception fault, StreamId stream);
}
