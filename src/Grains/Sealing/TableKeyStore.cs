using System.Net;
using Actors.Journal;
using Azure;
using Azure.Data.Tables;

namespace Actors.Grains.Sealing;

/// <summary>
/// A row for each key. A table and not blobs: an account that keeps old versions of blobs, as it should for the journal, would keep
/// destroyed keys; tables have no versions.
/// </summary>
internal sealed class TableKeyStore(TableServiceClient tables, string serviceId) : IKeyStore
{
    public const string TableName = "erasablekeys";

    private const string RecordColumn = "Record";

    private readonly TableClient _table = tables.GetTableClient(TableName);

    public async ValueTask<byte[]> FindOrAddAsync(KeyId id, Func<byte[]> make)
    {
        if (await FindAsync(id) is { } found)
        {
            return found;
        }
        var record = make();
        try
        {
            await WithTableAsync(() => _table.AddEntityAsync(RowOf(id, record)));
            return record;
        }
        catch (RequestFailedException fault) when (fault.Status == (int)HttpStatusCode.Conflict)
        {
            // Somebody was first; perhaps this very request, tried again after an answer that was lost.
            return await FindAsync(id)
                ?? throw new JournalDamagedException(PlaceOf(id), 0, "the row was taken out from outside.");
        }
    }

    public Task DestroyAsync(KeyId id) =>
        WithTableAsync(() => _table.UpsertEntityAsync(RowOf(id, KeyRecord.Tombstone), TableUpdateMode.Replace));

    public async IAsyncEnumerable<StoredKey> ListAsync()
    {
        // The character after '-' ends the range.
        var (prefix, end) = ($"{serviceId}-", $"{serviceId}.");
        await tables.CreateTableIfNotExistsAsync(TableName);
        var rows = _table.QueryAsync<TableEntity>(row =>
            row.PartitionKey.CompareTo(prefix) >= 0 && row.PartitionKey.CompareTo(end) < 0
        );
        await foreach (var row in rows)
        {
            // The name of another service may begin with that of this one.
            if (KeyId.TryParse(row.RowKey, out var id) && row.PartitionKey == PartitionOf(id))
            {
                yield return new(id, RecordOf(row));
            }
        }
    }

    public string PlaceOf(KeyId id) => $"{TableName}/{PartitionOf(id)}/{id.Hex}";

    private async Task<byte[]?> FindAsync(KeyId id)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(id), id.Hex, [RecordColumn]);
        return row.HasValue ? RecordOf(row.Value!) : null;
    }

    private async Task WithTableAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (RequestFailedException fault) when (fault.Status == (int)HttpStatusCode.NotFound)
        {
            await tables.CreateTableIfNotExistsAsync(TableName);
            await write();
        }
    }

    private static byte[] RecordOf(TableEntity row) => row.GetBinary(RecordColumn) ?? [];

    private TableEntity RowOf(KeyId id, byte[] record) => new(PartitionOf(id), id.Hex) { [RecordColumn] = record };

    // A partition takes some two thousand requests a second; these spread over 256 of them.
    private string PartitionOf(KeyId id) => $"{serviceId}-{id.Hex[..2]}";
}
