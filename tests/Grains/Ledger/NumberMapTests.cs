using System.Text.Json;
using Actors.Grains.Ledger;

namespace Actors.Grains.Tests.Ledger;

public class NumberMapTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_thousand_entries_are_all_found_and_no_other()
    {
        var map = Filled(10_000);
        Assert.Equal(10_000, map.Count);
        for (var number = 1; number <= 10_000; number++)
        {
            Assert.True(map.TryGet(KeyOf(number), out var version));
            Assert.Equal(number, version);
        }
        Assert.False(map.TryGet(KeyOf(10_001), out _));
        Assert.InRange(map.Pages.Length, 1, 12);
    }

    [Fact]
    public void The_newest_entry_of_a_key_counts_also_after_pages_were_merged()
    {
        var map = Filled(1_000).With(KeyOf(7), 5_000, Start);
        for (var number = 2_001; number <= 4_000; number++)
        {
            map = map.With(KeyOf(number), number, Start);
        }
        Assert.True(map.TryGet(KeyOf(7), out var version));
        Assert.Equal(5_000, version);
    }

    [Fact]
    public void What_is_older_than_asked_for_is_forgotten_and_nothing_newer_is()
    {
        var map = NumberMap.Empty;
        for (var number = 1; number <= 50_000; number++)
        {
            map = map.With(KeyOf(number), number, Start.AddMinutes(number));
        }
        var cut = Start.AddMinutes(30_000);
        map = map.ForgetBefore(cut);
        for (var number = 30_000; number <= 50_000; number++)
        {
            Assert.True(map.TryGet(KeyOf(number), out _));
        }
        Assert.InRange(map.Count, 20_001, 20_001 + NumberMap.LargestPage);
    }

    [Fact]
    public void A_map_comes_back_from_its_JSON_as_it_was()
    {
        var map = Filled(3_000);
        var read = JsonSerializer.Deserialize<NumberMap>(JsonSerializer.Serialize(map))!;
        Assert.Equal(map.Pages.Length, read.Pages.Length);
        for (var number = 1; number <= 3_000; number++)
        {
            Assert.True(read.TryGet(KeyOf(number), out var version));
            Assert.Equal(number, version);
        }
    }

    [Fact]
    public void An_earlier_map_is_not_changed_by_an_addition()
    {
        var before = Filled(10);
        var after = before.With(KeyOf(11), 11, Start).With(KeyOf(3), 99, Start);
        Assert.False(before.TryGet(KeyOf(11), out _));
        Assert.True(before.TryGet(KeyOf(3), out var unchanged));
        Assert.Equal(3, unchanged);
        Assert.True(after.TryGet(KeyOf(3), out var changed));
        Assert.Equal(99, changed);
    }

    [Fact]
    public void A_fingerprint_tells_callers_and_keys_apart_and_never_changes()
    {
        Assert.Equal(Fingerprint.Of("ana", "k1"), Fingerprint.Of("ana", "k1"));
        Assert.NotEqual(Fingerprint.Of("ana", "k1"), Fingerprint.Of("bo", "k1"));
        Assert.NotEqual(Fingerprint.Of("ana", "k1"), Fingerprint.Of("ana", "k2"));
        Assert.NotEqual(Fingerprint.Of("an", "ak1"), Fingerprint.Of("ana", "k1"));
        Assert.Equal(0xC4F01CF05E75EBAAUL, Fingerprint.Of("ana", new string('k', 255)));
    }

    private static NumberMap Filled(int count)
    {
        var map = NumberMap.Empty;
        for (var number = 1; number <= count; number++)
        {
            map = map.With(KeyOf(number), number, Start);
        }
        return map;
    }

    private static ulong KeyOf(int number) => unchecked((ulong)number * 0x9E37_79B9_7F4A_7C15);
}
