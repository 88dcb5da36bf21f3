using Actors.Journal.Format;
using Actors.Journal.Index;
using Actors.Journal.Logs;
using Actors.Journal.Tools;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Records that are well-formed, encrypted with the right key, and were never written by the journal.</summary>
[Trait("Spec", "WA-4")]
public sealed class ForgeryTests
{
    private static readonly StreamId Wallet = new("wallet", "ana");

    private readonly SimulatedDisk _disk = new(1);
    private readonly JournalOptions _options = new()
    {
        Directory = Scenario.Root,
        Key = new byte[JournalKey.Bytes],
        Drive = JournalDrive.Manual,
    };

    [Fact]
    public async Task A_record_that_replaces_another_breaks_the_chain()
    {
        Forge(static (ref slot) => slot.Hash[0] ^= 1);

        var found = await VerifyAsync();

        Assert.Contains(
            "record 2 of wallet/ana does not continue the chain of hashes",
            found,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_record_that_was_taken_out_is_missed_by_the_verifier_and_by_the_start()
    {
        Forge(static (ref slot) => slot.Sequence = 2);

        Assert.Contains("wallet/ana", await VerifyAsync(), StringComparison.Ordinal);
        Assert.Throws<JournalDamagedException>(() => FileJournal.Open(_options, _disk, TimeProvider.System));
    }

    [Fact]
    public void A_stream_whose_first_record_was_taken_out_stops_the_start()
    {
        Forge(static (ref _) => { }, first: 3);

        var damage = Assert.Throws<JournalDamagedException>(() =>
            FileJournal.Open(_options, _disk, TimeProvider.System)
        );
        Assert.Contains("record 4 of wallet/ana", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_points_elsewhere_is_found()
    {
        Forge(static (ref slot) => slot.Spine[0] = new Position(1, 4096).Value, records: 6);

        Assert.Contains("points to a wrong place", await VerifyAsync(), StringComparison.Ordinal);
    }

    private delegate void Change(ref StreamSlot slot);

    /// <summary>A few records of which the last was written by somebody who remembered something else.</summary>
    private void Forge(Change change, long first = 0, int records = 2)
    {
        var directory = Path.Combine(Scenario.Root, "main");
        var key = new JournalKey(_options.Key);
        var header = new SegmentHeader(SegmentKind.Log, 1, default, 1, new Guid(1, 2, 3, new byte[8]), new byte[32], 1);
        using var segment = Segment.Planned(_disk, key, directory, header);
        segment.Create(preallocate: 0);
        var batch = new BatchBuffer();
        batch.Begin(segment, Sector.Bytes, 1, new(areShared: false));
        var encoder = new CommitEncoder();
        var slot = new StreamSlot
        {
            Sequence = first,
            Version = first,
            Spine = [0, 0, 0, 0],
        };
        for (var record = 1; record <= records; record++)
        {
            if (record == records)
            {
                change(ref slot);
            }
            encoder.Encode(NewCommit(slot), 4096, batch, ref slot);
        }
        segment.File.Write(batch.Seal(), Sector.Bytes);
    }

    private static Commit NewCommit(in StreamSlot slot) =>
        new()
        {
            Stream = Wallet,
            AfterSequence = slot.Sequence,
            AfterVersion = slot.Version,
            At = Scenario.Start,
            Events = ["1"u8.ToArray()],
        };

    private async Task<string> VerifyAsync()
    {
        var output = new StringWriter();
        Assert.Equal(1, await JournalVerifier.RunAsync(_options, _disk, output));
        return output.ToString();
    }
}
