using Actors.Journal.Format;
using Actors.Journal.Tools;
using Actors.TestKit.Disks;

namespace Actors.Journal.Tests;

/// <summary>Damage is found, named, and never passed off as an unsynced tail.</summary>
[Trait("Spec", "WA-4")]
public sealed class DamageTests
{
    private const string Main = Scenario.Root + "/main";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flipped_byte_anywhere_is_refused_or_harmless_and_the_verifier_finds_it(bool isClosed)
    {
        var scenario = Written(isClosed);
        var last = Segments(scenario.Disk, Main)[^1];
        foreach (var path in scenario.Disk.Files.Where(file => isClosed || file == last))
        {
            var isHistory =
                path.EndsWith(".log", StringComparison.Ordinal)
                && !path.Contains("snapshots", StringComparison.Ordinal);
            var used = UsedBytes(scenario.Disk, path);
            for (var offset = 0L; offset < used; offset++)
            {
                var disk = scenario.Disk.Copy(1);
                disk.Flip(path, offset, (byte)(1 << (int)(offset % 8)));
                if (isHistory)
                {
                    var exitCode = await JournalVerifier.RunAsync(scenario.Options, disk, TextWriter.Null);
                    Assert.True(exitCode != 0, $"{path} byte {offset} is not found");
                }
                await OpenOrRefuseAsync(scenario, disk, $"{path} byte {offset}");
            }
        }
    }

    [Fact]
    public async Task A_lying_disk_is_found_out_when_later_writes_are_there()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var scenario = new Scenario(seed);
            scenario.Open();
            scenario.WriteRounds(0, 3);
            scenario.Disk.Faults = new() { LostSectorChance = 0.3 };
            scenario.WriteRounds(3, 1);
            scenario.Disk.Faults = DiskFaults.None;
            scenario.WriteRounds(4, 2);
            scenario.Disk.LosePower();
            await OpenOrRefuseAsync(scenario, scenario.Disk, $"seed {seed}");
        }
    }

    [Fact]
    public void Damage_in_the_middle_names_the_file_and_the_place()
    {
        var scenario = Written(isClosed: false);
        var path = Main + "/0000000001.log";
        scenario.Disk.Flip(path, Sector.Bytes + 100, 1);
        DeleteIndexes(scenario.Disk);

        var damage = Assert.Throws<JournalDamagedException>(() => scenario.Open());

        Assert.Equal((path, Sector.Bytes), (damage.Path, damage.Offset));
    }

    [Fact]
    public void A_changed_byte_in_the_last_acknowledged_batch_is_not_taken_for_a_torn_write()
    {
        var scenario = Written(isClosed: false);
        var path = LastSegment(scenario.Disk, Main);
        scenario.Disk.Flip(path, UsedBytes(scenario.Disk, path) - 1, 0x80);

        Assert.Throws<JournalDamagedException>(() => scenario.Open());
    }

    [Fact]
    public void A_blank_sector_in_the_last_batch_is_damage_when_the_journal_was_closed()
    {
        var scenario = Written(isClosed: true);
        var path = LastSegment(scenario.Disk, Main);
        Blank(scenario.Disk, path, scenario.Disk.LengthOf(path) - Sector.Bytes);

        Assert.Throws<JournalDamagedException>(() => scenario.Open());
    }

    [Fact]
    public void A_blank_sector_before_another_batch_is_damage()
    {
        var scenario = Written(isClosed: false);
        DeleteIndexes(scenario.Disk);
        var path = LastSegment(scenario.Disk, Main);
        var first = SectorsWithBatch(scenario.Disk, path).First();
        Blank(scenario.Disk, path, first);

        Assert.Throws<JournalDamagedException>(() => scenario.Open());
    }

    [Fact]
    public void A_batch_that_lost_an_inner_sector_is_damage_when_another_follows_and_torn_when_none_does()
    {
        var scenario = new Scenario(seed: 7) { SegmentBytes = 1 << 20 };
        scenario.Open();
        scenario.WriteRounds(0, 10);
        scenario.Disk.KillProcess();
        DeleteIndexes(scenario.Disk);
        var path = LastSegment(scenario.Disk, Main);
        var batches = SectorsWithBatch(scenario.Disk, path).ToList();
        Assert.True(
            batches[^1] - batches[^2] > Sector.Bytes && UsedBytes(scenario.Disk, path) - batches[^1] > Sector.Bytes
        );
        var followed = scenario.Disk.Copy(1);
        Blank(followed, path, batches[^2] + Sector.Bytes);
        var last = scenario.Disk.Copy(1);
        Blank(last, path, batches[^1] + Sector.Bytes);

        var damage = Assert.Throws<JournalDamagedException>(() => Open(scenario, followed));

        Assert.Equal(batches[^2], damage.Offset);
        Open(scenario, last);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_missing_segment_is_damage(int index)
    {
        var scenario = Written(isClosed: true);
        var segments = Segments(scenario.Disk, Main);
        scenario.Disk.DeleteFile(segments[index < 0 ? ^1 : index]);

        Assert.Throws<JournalDamagedException>(() => scenario.Open());
    }

    [Fact]
    public void A_shortened_old_segment_is_damage()
    {
        var scenario = Written(isClosed: true);
        using (var file = scenario.Disk.OpenFile(Main + "/0000000001.log", writable: true))
        {
            file.SetLength(file.Length - Sector.Bytes);
        }

        Assert.Throws<JournalDamagedException>(() => scenario.Open());
    }

    [Fact]
    public void Two_segments_of_different_logs_are_damage()
    {
        var scenario = Written(isClosed: true);
        DeleteIndexes(scenario.Disk);
        var target = Main + "/0000000001.log";
        using (var file = scenario.Disk.OpenFile(target, writable: true))
        {
            var foreign = scenario.Disk.Contents(Scenario.Root + "/retained/activity/0000000001.log");
            file.SetLength(foreign.Length);
            file.Write(foreign, 0);
        }

        Assert.Throws<JournalDamagedException>(() => scenario.Open());
    }

    private static Scenario Written(bool isClosed)
    {
        var scenario = new Scenario(seed: 7);
        scenario.Run(rounds: 2);
        if (isClosed)
        {
            scenario.Journal!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        else
        {
            scenario.Disk.KillProcess();
        }
        return scenario;
    }

    private static async Task OpenOrRefuseAsync(Scenario scenario, SimulatedDisk disk, string story)
    {
        try
        {
            await using var journal = FileJournal.Open(scenario.Options, disk, scenario.Time);
            await scenario.CheckAsync(journal);
        }
        catch (Exception error) when (error is JournalDamagedException or JournalKeyException)
        {
            // Found.
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(story, error);
        }
    }

    private static List<string> Segments(SimulatedDisk disk, string directory) =>
        [.. disk.Files.Where(f => Path.GetDirectoryName(f) == directory).Order(StringComparer.Ordinal)];

    private static string LastSegment(SimulatedDisk disk, string directory) => Segments(disk, directory)[^1];

    private static long UsedBytes(SimulatedDisk disk, string path) =>
        disk.Contents(path).AsSpan().LastIndexOfAnyExcept((byte)0) + 1;

    private static IEnumerable<long> SectorsWithBatch(SimulatedDisk disk, string path)
    {
        var bytes = disk.Contents(path);
        for (var offset = 0; offset < bytes.Length; offset += Sector.Bytes)
        {
            if (bytes.AsSpan(offset, 4).SequenceEqual("BTCH"u8))
            {
                yield return offset;
            }
        }
    }

    private static void Blank(SimulatedDisk disk, string path, long sector)
    {
        var bytes = disk.Contents(path);
        for (var offset = sector; offset < sector + Sector.Bytes; offset++)
        {
            disk.Flip(path, offset, bytes[offset]);
        }
    }

    private static FileJournal Open(Scenario scenario, SimulatedDisk disk) =>
        FileJournal.Open(scenario.Options, disk, scenario.Time);

    private static void DeleteIndexes(SimulatedDisk disk)
    {
        foreach (var file in disk.Files.Where(f => f.EndsWith(".idx", StringComparison.Ordinal)).ToList())
        {
            disk.DeleteFile(file);
        }
    }
}
