using Actors.Grains.Sealing;
using Actors.Journal;

namespace Actors.Grains.Attachments;

/// <summary>
/// Files of people, each sealed with a key that can be destroyed: then nobody reads it again, wherever a copy may be. Deleting a file
/// makes room.
/// </summary>
/// <remarks>A failure of the storage is an exception of the storage's own, such as <see cref="IOException"/>: try again.</remarks>
public interface IAttachmentStore
{
    /// <summary>Durable when it completes, and in place of what was there under this name: all of it or nothing.</summary>
    /// <param name="name">1 to 200 characters of A–Z a–z 0–9 _ - . :</param>
    /// <param name="key">Whose destruction makes it unreadable.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="cancellation">Leaves what was there.</param>
    /// <returns>How many bytes it has.</returns>
    Task<long> WriteAsync(string name, SealingKey key, Stream content, CancellationToken cancellation = default);

    /// <summary>
    /// For reading from any place of it (<see cref="Stream.Seek"/>), without what comes before; null when there is none of this name.
    /// </summary>
    /// <exception cref="JournalDamagedException">
    /// It was changed, cut off, or sealed with another key or name; also while it is read.
    /// </exception>
    Task<Stream?> OpenAsync(string name, SealingKey key, CancellationToken cancellation = default);

    /// <summary>Durable when it completes; also when there is none of this name.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation = default);
}
