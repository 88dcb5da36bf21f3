using System.Text;
using Actors.Journal.Format;

namespace Actors.Journal.Snapshots;

/// <summary>A snapshot's payload.</summary>
internal static class SnapshotFormat
{
    public static int MaxBytes(StreamSnapshot snapshot) =>
        StreamId.MaxBytes + (5 * PayloadWriter.MaxVariableBytes) + snapshot.Json.Length;

    public static int Encode(Span<byte> plain, StreamId stream, StreamSnapshot snapshot)
    {
        Span<byte> id = stackalloc byte[StreamId.MaxBytes];
        var writer = new PayloadWriter(plain);
        writer.Prefixed(id[..Encoding.UTF8.GetBytes(stream.Value, id)]);
        writer.Variable(snapshot.Sequence);
        writer.Variable(snapshot.Version);
        writer.Variable(snapshot.Schema);
        writer.Raw(snapshot.Json.Span);
        return writer.Length;
    }

    public static (StreamId Stream, StreamSnapshot Snapshot) Decode(ReadOnlyMemory<byte> plain)
    {
        var reader = new PayloadReader(plain.Span);
        var stream = StreamId.Parse(Encoding.UTF8.GetString(reader.Prefixed()));
        var sequence = reader.Variable();
        var version = reader.Variable();
        var schema = (int)reader.Variable();
        return (stream, new(sequence, version, schema, plain[reader.Offset..]));
    }
}
