namespace Actors.Journal.Logs;

/// <summary>The thread that writes a log. It sleeps while there is nothing to write.</summary>
internal static class LogWriterThread
{
    /// <summary>The task completes when the log takes no more and everything is written, or when writing has failed.</summary>
    public static Task Start(StreamLog log)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(log, stopped)) { IsBackground = true, Name = $"journal {log.Name}" };
        thread.Start();
        return stopped.Task;
    }

    private static void Run(StreamLog log, TaskCompletionSource stopped)
    {
        while (log.WaitForWork())
        {
            log.LetGather();
            log.WriteOnce();
        }
        stopped.SetResult();
    }
}
