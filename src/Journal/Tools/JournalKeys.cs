using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Tools;

/// <summary>Looks after the keys of a journal.</summary>
public static class JournalKeys
{
    /// <summary>Keys for something beside the journal that follow from the journal's own, newest first.</summary>
    /// <exception cref="JournalKeyException">There is no key, or it is malformed.</exception>
    public static IReadOnlyList<byte[]> DeriveAll(JournalOptions options, IDisk disk, string purpose) =>
        [.. JournalKey.Load(options, disk, mayCreate: false).All.Select(key => key.DeriveFor(purpose))];

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
