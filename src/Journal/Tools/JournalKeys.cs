using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Tools;

/// <summary>Looks after the key file of a journal.</summary>
public static class JournalKeys
{
    /// <summary>
    /// Puts a new key first in the key file; older ones stay and read what they wrote. A host takes it at its next start, and writes
    /// with it from then on.
    /// </summary>
    /// <returns>0 when it is there, 2 when there is no key file or it is full.</returns>
    public static async Task<int> RotateAsync(JournalOptions options, IDisk disk, TextWriter output)
    {
        try
        {
            var keys = KeyFile.Rotate(options, disk);
            await output.WriteLineAsync(
                $"the next start writes with a new key; {keys.Count - 1} older ones stay in {options.KeyFile} and read what they wrote"
            );
            return 0;
        }
        catch (Exception error) when (error is IOException or JournalKeyException)
        {
            await output.WriteLineAsync(error.Message);
            return 2;
        }
    }
}
