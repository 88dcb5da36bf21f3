using Actors.Journal;

namespace Actors.Grains.Hosting.Backups;

/// <summary>Runs tools on what lies beside a journal.</summary>
internal static class StoredRest
{
    /// <summary>What keeps a tool from running, or what is damaged, becomes a line and an exit code.</summary>
    public static async Task<int> TryAsync(TextWriter output, Func<Task<int>> tool)
    {
        try
        {
            return await tool();
        }
        catch (JournalDamagedException damage)
        {
            await output.WriteLineAsync($"DAMAGED {damage.Message}");
            return 1;
        }
        catch (Exception error) when (error is JournalKeyException or IOException)
        {
            await output.WriteLineAsync(error.Message);
            return 2;
        }
    }
}
