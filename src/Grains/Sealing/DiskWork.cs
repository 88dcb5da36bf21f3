using Actors.Journal;

namespace Actors.Grains.Sealing;

/// <summary>Where calls of the disk run.</summary>
internal static class DiskWork
{
    /// <summary>Away from the grains' threads, unless nothing may run on another thread.</summary>
    public static ValueTask<T> RunAsync<T>(JournalDrive drive, Func<T> work) =>
        drive == JournalDrive.Manual ? new(work()) : new(Task.Run(work));
}
