using System.Runtime.CompilerServices;
using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>The streams of a storage in memory.</summary>
internal sealed class MemoryCatalog(MemoryGrainStorage storage) : IStreamCatalog
{
    public async IAsyncEnumerable<StreamId> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        HashSet<StreamId> listed = [];
        foreach (var parts in storage.Names.Select(static name => name.Split(' ')))
        {
            var (record, key) = (parts[0], parts[1]["journal/".Length..]);
            if (StreamNames.EveryStreamHasOneOf.Contains(record))
            {
                var stream = await StreamNames.StreamOfAsync(storage, key, record);
                if (listed.Add(stream))
                {
                    yield return stream;
                }
            }
        }
    }
}
