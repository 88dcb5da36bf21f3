using Actors.GrainInterfaces.Paging;
using Actors.Grains.Paging;

namespace Actors.Grains.Tests.Paging;

public sealed class NewestFirstTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Pages_by_cursor_are_the_whole_list_cut_in_pieces(int limit)
    {
        var whole = (await TakeAsync(PageCursor.Newest, 0, 1_000)).Items;
        Assert.Equal(whole.OrderByDescending(static item => item.At), whole);
        Assert.Equal(80, whole.Count);

        List<(DateTimeOffset At, string Name)> found = [];
        for (PageCursor? next = PageCursor.Newest; next is { } cursor; )
        {
            (var items, next) = await TakeAsync(cursor, 0, limit);
            Assert.InRange(items.Count, 1, limit);
            found.AddRange(items);
        }

        Assert.Equal(whole, found);
    }

    [Fact]
    public async Task What_is_skipped_is_the_beginning_of_the_list()
    {
        var whole = (await TakeAsync(PageCursor.Newest, 0, 1_000)).Items;

        Assert.Equal(whole.Skip(33).Take(10), (await TakeAsync(PageCursor.Newest, 33, 10)).Items);
        Assert.Empty((await TakeAsync(PageCursor.Newest, 80, 10)).Items);
    }

    [Fact]
    public async Task When_too_little_is_found_in_all_that_may_be_read_the_cursor_goes_on_from_there()
    {
        var source = new ListSource<int>(
            static before =>
                Task.FromResult<(IReadOnlyList<ListItem<int>>, long?)>(
                    before > 10 ? ([], Math.Min(before, 100) - 10) : ([new(5, Start, 5)], null)
                ),
            100
        );

        var first = await NewestFirst.TakeAsync([source], 0, 10, mostLooks: 4);

        Assert.Equal((0, true, 60L), (first.Items.Count, first.HasMore, source.Before));
        var second = await NewestFirst.TakeAsync([source], 0, 10, mostLooks: 20);
        Assert.Equal([5], second.Items);
        Assert.False(second.HasMore);
        Assert.Equal(0, source.Before);
    }

    [Theory]
    [InlineData("1.2", true)]
    [InlineData("0.9223372036854775807", true)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("1.2.3", false)]
    [InlineData("-1.2", false)]
    [InlineData("1. 2", false)]
    [InlineData("1.9223372036854775808", false)]
    public void A_cursor_is_two_numbers(string text, bool isOne)
    {
        Assert.Equal(isOne, PageCursor.TryParse(text, out var cursor));
        Assert.True(!isOne || cursor.ToString() == text);
    }

    private static async Task<(IReadOnlyList<(DateTimeOffset At, string Name)> Items, PageCursor? Next)> TakeAsync(
        PageCursor from,
        int skip,
        int limit
    )
    {
        // Every third second of the one is a second of the other: ties too.
        ListSource<(DateTimeOffset, string)> own = new(before => Read("own", 50, 1, before), from.Own);
        ListSource<(DateTimeOffset, string)> other = new(before => Read("other", 30, 3, before), from.Ledger);
        var page = await NewestFirst.TakeAsync([own, other], skip, limit, mostLooks: 1_000);
        return (page.Items, page.HasMore ? new PageCursor(own.Before, other.Before) : null);
    }

    private static Task<(IReadOnlyList<ListItem<(DateTimeOffset, string)>> Items, long? Next)> Read(
        string name,
        int count,
        int seconds,
        long before
    )
    {
        var newest = Math.Min(before - 1, count);
        ListItem<(DateTimeOffset, string)>[] items =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(index => newest - index)
                .Where(static number => number > 0)
                .Select(number =>
                {
                    var at = Start.AddSeconds(number * seconds);
                    return new ListItem<(DateTimeOffset, string)>(number, at, (at, $"{name} {number}"));
                }),
        ];
        return Task.FromResult<(IReadOnlyList<ListItem<(DateTimeOffset, string)>>, long?)>(
            (items, newest > 4 ? newest - 3 : null)
        );
    }
}
