namespace Actors.Grains.Sealing;

/// <summary>
/// Keys whose destruction makes unreadable, for ever and everywhere, what was sealed with them: texts in events and snapshots,
/// which can be neither changed nor taken out, and files.
/// </summary>
/// <remarks>
/// An activation may hold its key for as long as it lives. Whoever destroys a key therefore ends the activations that use it
/// afterwards, and they open it anew. Other processes notice by themselves within a minute, which is how long an opened
/// key may be remembered.
/// <para>A failure of the storage is an exception of the storage's own, such as <see cref="IOException"/>: try again.</para>
/// </remarks>
public interface IErasableKeys
{
    /// <summary>
    /// The key of this name, made when there was none; durable before it is given out. Null when it was destroyed: a name is
    /// never used again.
    /// </summary>
    /// <param name="name">1 to 200 characters of A–Z a–z 0–9 _ - . :</param>
    ValueTask<SealingKey?> OpenAsync(string name);

    /// <summary>Durable when it completes; destroying again, or what never was, leaves the name destroyed.</summary>
    /// <inheritdoc cref="OpenAsync" path="/param"/>
    Task DestroyAsync(string name);
}
