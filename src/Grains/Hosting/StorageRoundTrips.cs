using Actors.Grains.Operations;
using Actors.Journal;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Actors.Grains.Hosting;

/// <summary>Writes to the journal's directory, on a thread of the pool: a disk that hangs must not hang who asks.</summary>
internal sealed class DirectoryRoundTrip(FileJournal journal) : IStorageRoundTrip
{
    public Task RunAsync(CancellationToken cancellation) => Task.Run(journal.Probe, CancellationToken.None);
}

/// <summary>Writes a blob beside those of the journal.</summary>
internal sealed class BlobRoundTrip(ClusterSettings settings) : IStorageRoundTrip
{
    private readonly BlobClient _blob = settings
        .Account.Blobs()
        .GetBlobContainerClient(ClusterNode.ContainerOf(settings))
        .GetBlobClient("probe");

    public Task RunAsync(CancellationToken cancellation) =>
        _blob.UploadAsync(BinaryData.Empty, overwrite: true, cancellation);
}

/// <summary>Writes a row beside those of the journal.</summary>
internal sealed class TableRoundTrip(ClusterSettings settings) : IStorageRoundTrip
{
    private readonly TableClient _table = settings.Account.Tables().GetTableClient(ClusterNode.JournalStorageName);

    // No partition of the journal begins like this: those go on with an underscore.
    private readonly TableEntity _row = new($"{settings.ServiceId}-probe", "probe");

    public Task RunAsync(CancellationToken cancellation) =>
        _table.UpsertEntityAsync(_row, TableUpdateMode.Replace, cancellation);
}
