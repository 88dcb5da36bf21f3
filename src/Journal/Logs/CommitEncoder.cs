using Actors.Journal.Format;
using Actors.Journal.Index;

namespace Actors.Journal.Logs;

/// <summary>Puts commits into a batch and moves their stream's slot on. Not safe for concurrent use.</summary>
internal sealed class CommitEncoder
{
    private byte[] _plain = new byte[4096];

    public void Encode(in Commit commit, int maxBytes, BatchBuffer batch, ref StreamSlot slot)
    {
        if (_plain.Length < maxBytes)
        {
            _plain = new byte[maxBytes];
        }
        var hash = slot.Hash;
        var jump = SkipSpine.NextJump(slot.Sequence, slot.Head, slot.Spine);
        var length = RecordView.Encode(_plain, commit, slot.Head, jump, ref hash);
        var offset = batch.NextRecordOffset;
        var frame = batch.Add(length + RecordFrame.Overhead, commit.At.UtcTicks);
        RecordFrame.Seal(batch.Segment.Cipher, offset, _plain.AsSpan(0, length), frame);
        var at = new Position(batch.Segment.Number, offset);
        var wakeTicks = commit.WakeAt is { } wake ? RecordView.WakeTicksOf(wake) : 0;
        batch.Remember(slot);
        slot.Advance(at, commit.Events.Count, wakeTicks, hash);
    }
}
