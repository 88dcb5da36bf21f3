namespace Actors.Journal.GrainStorage;

/// <summary>
/// Knows which streams a storage holds. Orleans' grain storage cannot list; whoever knows the provider behind it can.
/// </summary>
public interface IStreamCatalog
{
    /// <summary>Every stream once, in no order.</summary>
    IAsyncEnumerable<StreamId> ListAsync(CancellationToken cancellation = default);
}
