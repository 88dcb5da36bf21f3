namespace Actors.Journal.Tests;

/// <summary>A journal says how it is.</summary>
[Trait("Spec", "OP-1"), Trait("Spec", "SE-3")]
public sealed class ConditionTests
{
    private static readonly StreamId Hurt = new("wallet", "owner-0");
    private static readonly StreamId Well = new("wallet", "owner-1");

    private readonly Scenario _scenario = new(3);
    private readonly ListLogger _logger = new();

    [Fact]
    public async Task Damage_met_while_running_is_remembered_with_its_stream_file_place_and_time()
    {
        var journal = await WrittenAsync();
        _scenario.Disk.Flip(FirstSegment, FirstRecord + 30, 1);

        var damage = await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync(journal, Hurt));
        await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync(journal, Hurt));

        var note = Assert.Single(journal.Damage);
        Assert.Equal(new JournalDamage(Hurt, FirstSegment, damage.Offset, _scenario.Time.GetUtcNow()), note);
        Assert.Contains(_logger.Lines, line => line.Text.Contains("wallet/owner-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Streams_beside_a_damaged_one_are_read_and_written()
    {
        var journal = await WrittenAsync();
        _scenario.Disk.Flip(FirstSegment, FirstRecord + 30, 1);
        await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync(journal, Hurt));

        var append = _scenario.Append(Well, 9);
        journal.WriteOnce();
        await append;

        Assert.Equal(2, (await ReadAsync(journal, Well)).Count);
        Assert.Null(journal.Fence);
    }

    [Fact]
    public async Task No_more_damage_is_remembered_than_somebody_would_read()
    {
        _scenario.Open();
        for (var i = 0; i < JournalDamage.Remembered + 5; i++)
        {
            var append = _scenario.Append(new("wallet", $"owner-{i}"), i);
            _scenario.Journal!.WriteOnce();
            await append;
        }
        foreach (var file in _scenario.Disk.Files.Where(IsSegment).ToList())
        {
            for (var offset = 512 + 60L; offset < _scenario.Disk.LengthOf(file); offset += 512)
            {
                _scenario.Disk.Flip(file, offset + 30, 1);
            }
        }

        for (var i = 0; i < JournalDamage.Remembered + 5; i++)
        {
            await Assert.ThrowsAsync<JournalDamagedException>(() =>
                ReadAsync(_scenario.Journal!, new("wallet", $"owner-{i}"))
            );
        }

        Assert.Equal(JournalDamage.Remembered, _scenario.Journal!.Damage.Count);
    }

    [Fact]
    public async Task A_fence_says_why()
    {
        var journal = await WrittenAsync();
        Assert.Null(journal.Fence);
        _scenario.Disk.Faults = new() { SyncsFail = true };
        var append = _scenario.Append(Well, 9);
        journal.WriteOnce();

        await Assert.ThrowsAsync<JournalUncertainException>(() => append);

        Assert.IsType<IOException>(journal.Fence);
    }

    private const string FirstSegment = Scenario.Root + "/main/0000000001.log";

    // Behind the segment's header and the batch's.
    private const int FirstRecord = 512 + 56;

    private static bool IsSegment(string file) => file.Contains("/main/", StringComparison.Ordinal);

    private async Task<FileJournal> WrittenAsync()
    {
        _scenario.Logger = _logger;
        var journal = _scenario.Open();
        foreach (var stream in new[] { Hurt, Well })
        {
            var append = _scenario.Append(stream, 1);
            journal.WriteOnce();
            await append;
        }
        return journal;
    }

    private static async Task<IReadOnlyList<RecordedEvent>> ReadAsync(FileJournal journal, StreamId stream) =>
        await journal.ReadBackwardAsync(stream, long.MaxValue, 10);
}
