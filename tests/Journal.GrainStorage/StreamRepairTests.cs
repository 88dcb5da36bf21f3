using System.Security.Cryptography;
using Actors.TestKit.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>Streams as the fault left them: right bodies, a whole chain, and a wrong count in the newest header.</summary>
public class StreamRepairTests
{
    private static readonly GrainStorageJournalOptions Plain = new();
    private static readonly GrainStorageJournalOptions Encrypted = new() { Key = SHA256.HashData("a key"u8) };

    public static TheoryData<bool, int> Damages =>
        new()
        {
            { false, 0 },
            { false, 5 },
            { true, 0 },
            { true, 1 },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_miscounted_record_is_damage_that_names_stream_and_record_and_reads_say_so(
        bool encrypted,
        int said
    )
    {
        var options = encrypted ? Encrypted : Plain;
        var rig = await DamagedAsync(options, said);

        var damage = await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync(options));
        Assert.StartsWith("mood/ana, segment 1 is damaged", damage.Message, StringComparison.Ordinal);
        Assert.Contains($"record 3 counts {said} events, its body holds 2", damage.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalDamagedException>(() =>
            rig.Open(options).ReadBackwardAsync(Rig.Stream, 10, 10).AsTask()
        );
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Looking_says_what_is_wrong_and_changes_nothing(bool encrypted, int said)
    {
        var options = encrypted ? Encrypted : Plain;
        var rig = await DamagedAsync(options, said);
        rig.Storage.Faults = static request =>
            request.Action == StorageAction.Read ? StorageFault.None : StorageFault.FailBefore;

        var found = await RepairOf(rig, options).LookAsync(Rig.Stream);

        Assert.Equal([new MiscountedRecord(3, said, 2)], found.Miscounted);
        Assert.Equal((new StreamHead(3, 4), 4, false), (found.Head, found.Events, found.Repaired));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_repaired_stream_has_every_event_and_takes_commits_again(bool encrypted, int said)
    {
        var options = encrypted ? Encrypted : Plain;
        var rig = await DamagedAsync(options, said);
        var owner = rig.Open(options);
        await owner.ReadHeadAsync(Rig.Stream);

        var found = await RepairOf(rig, options).RepairAsync(Rig.Stream);

        Assert.Equal((new StreamHead(3, 4), true), (found.Head, found.Repaired));
        Assert.Equal(Rig.Texts(4), await rig.ReadAllAsync(options));
        // Also by a silo that ran all the time.
        await Rig.AppendAsync(owner, new StreamHead(3, 4), Rig.Texts(2, 5));
        Assert.Equal(Rig.Texts(6), await rig.ReadAllAsync(options));
        Assert.Empty((await RepairOf(rig, options).LookAsync(Rig.Stream)).Miscounted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_record_is_repaired_with_its_parts(bool encrypted)
    {
        var options = encrypted ? Encrypted : Plain;
        var rig = new Rig();
        var large = $"\"{new string('x', 600_000)}\"";
        var header = HeaderOf(1, 1, 0, options) with { Flags = (byte)(encrypted ? 3 : 2) };
        var records = new StreamRecords(rig.Storage, Rig.Stream);
        using var cipher = StreamCipher.For(Rig.Stream, options.Key);
        var body = RecordCodec.EncodeBody(Rig.CommitOf(StreamHead.Empty, large).Events, default);
        var reference = await new LargeBodies(options, TimeProvider.System).WriteAsync(
            records,
            header,
            RecordCodec.Protect(header, body, cipher)
        );
        await records.WriteSegmentAsync(Segment.BeforeFirst(Rig.Stream, null).Append(header, reference, options));
        await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync(options));

        await RepairOf(rig, options).RepairAsync(Rig.Stream);

        Assert.Equal([large], await rig.ReadAllAsync(options));
    }

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfter)]
    public async Task A_repair_that_is_cut_off_at_any_request_can_be_made_again(StorageFault fault)
    {
        for (var killedAt = 1; ; killedAt++)
        {
            var rig = await DamagedAsync(Plain, 0);
            var first = rig.Storage.Operations;
            rig.Storage.Faults = request =>
                request.Number - first < killedAt ? StorageFault.None
                : request.Number - first == killedAt ? fault
                : StorageFault.FailBefore;
            var ended = await CompletesAsync(RepairOf(rig, Plain).RepairAsync(Rig.Stream));
            rig.Storage.Faults = static _ => StorageFault.None;

            await RepairOf(rig, Plain).RepairAsync(Rig.Stream);

            Assert.Equal(Rig.Texts(4), await rig.ReadAllAsync(Plain));
            if (ended)
            {
                Assert.InRange(killedAt, 3, 20);
                return;
            }
        }
    }

    [Fact]
    public async Task A_stream_in_order_is_left_alone()
    {
        var rig = new Rig();
        await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(10));
        rig.Storage.Faults = static request =>
            request.Action == StorageAction.Read ? StorageFault.None : StorageFault.FailBefore;

        var found = await RepairOf(rig, Rig.Small).RepairAsync(Rig.Stream);

        Assert.Equal((new StreamHead(10, 10), false), (found.Head, found.Repaired));
        Assert.Empty(found.Miscounted);
    }

    [Fact]
    public async Task Other_damage_is_not_repaired()
    {
        var rig = await DamagedAsync(Plain, 0);
        rig.Storage.Tamper<SegmentState>(
            "segment-0000000001",
            stored =>
            {
                stored.Records[70] ^= 1;
                return stored;
            }
        );

        await Assert.ThrowsAsync<JournalDamagedException>(() => RepairOf(rig, Plain).RepairAsync(Rig.Stream));
    }

    /// <summary>Three records with the events 1, 2, and 3 and 4; the last header says another number.</summary>
    private static async Task<Rig> DamagedAsync(GrainStorageJournalOptions options, int said)
    {
        var rig = new Rig();
        var head = await Rig.AppendAsync(rig.Open(options), StreamHead.Empty, Rig.Texts(2));
        var records = new StreamRecords(rig.Storage, Rig.Stream);
        var (segment, _) = await records.ReadSegmentAsync(1);
        using var cipher = StreamCipher.For(Rig.Stream, options.Key);
        var header = HeaderOf(3, 3, said, options);
        var body = RecordCodec.EncodeBody(Rig.CommitOf(head, Rig.Text(3), Rig.Text(4)).Events, default);
        await records.WriteSegmentAsync(segment!.Append(header, RecordCodec.Protect(header, body, cipher), options));
        return rig;
    }

    private static RecordHeader HeaderOf(long sequence, long version, int count, GrainStorageJournalOptions options) =>
        new(
            sequence,
            version,
            count,
            Rig.Start,
            new CommitId(new Guid("1c46f4d3-7f53-4d1b-9a5f-0d4f6b5f9a11"), sequence),
            options.Key.IsEmpty ? (byte)0 : RecordHeader.EncryptedFlag
        );

    private static StreamRepair RepairOf(Rig rig, GrainStorageJournalOptions options) =>
        new(
            rig.Storage,
            options with
            {
                RetryAfter = TimeSpan.Zero,
            },
            new Guid("6f0f4f0e-64f1-4f0c-8d3c-6f5b8a1f0b22"),
            TimeProvider.System,
            NullLogger<StreamRepair>.Instance
        );

    private static async Task<bool> CompletesAsync(Task<StreamFindings> repair)
    {
        try
        {
            await repair;
            return true;
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or JournalUncertainException)
        {
            return false;
        }
    }
}
