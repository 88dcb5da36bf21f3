using System.Runtime.CompilerServices;
using Actors.Journal.Format;
using Actors.Journal.Index;

namespace Actors.Journal.Tests;

public sealed class IndexTests
{
    [Fact]
    public void Skip_pointers_lead_from_any_record_to_any_older_one_in_logarithmic_steps()
    {
        const int records = 3000;
        var jumps = new long[records + 1];
        long[] spine = [];
        for (var sequence = 0L; sequence < records; sequence++)
        {
            jumps[sequence + 1] = SkipSpine.NextJump(sequence, new(sequence), spine).Value;
            SkipSpine.Advance(sequence, new(sequence), ref spine);
            Assert.Equal(sequence + 1 - SkipSpine.TreeSize(sequence + 1), jumps[sequence + 1]);
        }
        for (var from = 1; from <= records; from += 13)
        {
            for (var to = 1; to <= from; to += 7)
            {
                Assert.InRange(Steps(jumps, from, to), 0, 3 * (int)Math.Log2(records + 1));
            }
        }
    }

    [Fact]
    public void A_spine_has_a_root_per_tree()
    {
        Assert.Equal([0, 0, 1, 0, 1, 2, 1, 0, 1, 2, 1], Enumerable.Range(0, 11).Select(n => SkipSpine.Count(n)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_table_of_streams_agrees_with_a_dictionary(int seed)
    {
        var random = new Random(seed);
        var table = new StreamTable();
        var expected = new Dictionary<StreamId, long>();
        for (var step = 0; step < 5000; step++)
        {
            var id = new StreamId("stream", $"{random.Next(2000)}");
            ref var slot = ref table.Find(id.Value);
            Assert.Equal(expected.ContainsKey(id), !Unsafe.IsNullRef(ref slot));
            if (Unsafe.IsNullRef(ref slot))
            {
                slot = ref table.Add(id);
            }
            slot.Sequence = expected[id] = step;
            slot.Head = new(random.Next(1, 10), 0);
            if (random.Next(500) == 0)
            {
                foreach (var gone in table.RemoveBefore(5))
                {
                    expected.Remove(gone.Stream);
                }
            }
        }
        Assert.Equal(expected.Count, table.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, table.Find(pair.Key.Value).Sequence));
    }

    [Fact]
    public void The_checksum_is_the_one_of_Castagnoli() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("/key")]
    [InlineData("category/")]
    public void A_name_that_is_not_category_and_key_is_refused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => StreamId.Parse(name));

    [Fact]
    public void A_name_with_half_a_character_is_refused_because_it_would_come_back_as_another() =>
        Assert.ThrowsAny<ArgumentException>(() => new StreamId("category", "\ud800"));

    [Fact]
    public void A_name_may_have_two_hundred_bytes_and_no_more()
    {
        Assert.Equal(200, new StreamId("c", new string('k', 198)).Value.Length);
        Assert.Throws<ArgumentException>(() => new StreamId("c", new string('k', 199)));
        Assert.Throws<ArgumentException>(() => new StreamId("c", new string('é', 100)));
    }

    private static int Steps(long[] jumps, long from, long to)
    {
        var steps = 0;
        for (; from != to; steps++)
        {
            from = jumps[from] >= to ? jumps[from] : from - 1;
        }
        return steps;
    }
}
