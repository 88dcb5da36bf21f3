using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Exports;

/// <summary>Values as pieces of JSON files, one at a time.</summary>
internal static class ExportPieces
{
    public static ExportPiece One<T>(string file, T value, JsonTypeInfo<T> contract) =>
        new(file, JsonSerializer.SerializeToUtf8Bytes(value, contract));

    public static async IAsyncEnumerable<ExportPiece> ListAsync<T>(
        string file,
        IAsyncEnumerable<T> items,
        JsonTypeInfo<T> contract
    )
    {
        var between = "[\n"u8.ToArray();
        await foreach (var item in items)
        {
            yield return new ExportPiece(file, between);
            yield return new ExportPiece(file, JsonSerializer.SerializeToUtf8Bytes(item, contract));
            between = ",\n"u8.ToArray();
        }
        yield return new ExportPiece(file, between[0] == '[' ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray());
    }
}
