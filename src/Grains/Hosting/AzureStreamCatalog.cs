using System.Runtime.CompilerServices;
using Actors.Journal;
using Actors.Journal.GrainStorage;
using Azure.Storage.Blobs.Models;
using Orleans.Storage;

namespace Actors.Grains.Hosting;

/// <summary>Lists what Orleans' Azure providers have stored, by the names that they give to blobs and rows.</summary>
internal sealed class AzureStreamCatalog(ClusterSettings settings, IGrainStorage storage) : IStreamCatalog
{
    private const string BlobEnding = ".json";

    public async IAsyncEnumerable<StreamId> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        HashSet<StreamId> listed = [];
        foreach (var record in StreamNames.EveryStreamHasOneOf)
        {
            var keys =
                settings.Storage == ClusterStorage.Table ? Rows(record, cancellation) : Blobs(record, cancellation);
            await foreach (var key in keys)
            {
                var stream = await StreamNames.StreamOfAsync(storage, key, record);
                if (listed.Add(stream))
                {
                    yield return stream;
                }
            }
        }
    }

    /// <summary>A blob is named record-type/key.json.</summary>
    private async IAsyncEnumerable<string> Blobs(string record, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var prefix = $"{record}-{StreamNames.GrainTypeName}/";
        var container = settings.Account.Blobs().GetBlobContainerClient(ClusterNode.ContainerOf(settings));
        var blobs = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation);
        await foreach (var blob in blobs)
        {
            yield return blob.Name[prefix.Length..^BlobEnding.Length];
        }
    }

    /// <summary>A row's partition is service_type_key.</summary>
    private async IAsyncEnumerable<string> Rows(string record, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var prefix = $"{settings.ServiceId}_{StreamNames.GrainTypeName}_";
        // The character after '_' ends the range.
        var end = $"{prefix[..^1]}`";
        var table = settings.Account.Tables().GetTableClient(ClusterNode.JournalStorageName);
        var rows = table.QueryAsync<Azure.Data.Tables.TableEntity>(
            row =>
                row.PartitionKey.CompareTo(prefix) >= 0 && row.PartitionKey.CompareTo(end) < 0 && row.RowKey == record,
            select: ["PartitionKey"],
            cancellationToken: cancellation
        );
        await foreach (var row in rows)
        {
            yield return row.PartitionKey[prefix.Length..];
        }
    }
}
