using System.Buffers;
using System.IO.Pipelines;
using Actors.GrainInterfaces.Attachments;

namespace Actors.Grains.Attachments;

/// <summary>What is kept of a file that was sent: its type, and its bytes without what tells of persons and places.</summary>
/// <param name="Pieces">Mostly parts of the file that was sent, which must not be changed meanwhile.</param>
public sealed record CleanAttachment(AttachmentType Type, IReadOnlyList<ReadOnlyMemory<byte>> Pieces)
{
    public long Length => Pieces.Sum(static piece => (long)piece.Length);

    /// <summary>To be written away, without another copy.</summary>
    public Stream OpenRead() => PipeReader.Create(Sequence()).AsStream();

    private ReadOnlySequence<byte> Sequence()
    {
        var first = new Part(ReadOnlyMemory<byte>.Empty);
        var last = Pieces.Aggregate(first, static (before, piece) => before.Append(piece));
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> bytes) => Memory = bytes;

        public Part Append(ReadOnlyMemory<byte> bytes)
        {
            var next = new Part(bytes) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
