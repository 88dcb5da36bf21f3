using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Ledger;

namespace Actors.Grains.Tests.Ledger;

/// <summary>Each event is its number: one in a thousand is a tip, and every other settles in two parts.</summary>
[Trait("Spec", "WA-3")]
public sealed class AccountStatementTests
{
    private const int Events = 12_345;
    private const int MostRead = 5_000;
    private const int LongestPage = 100;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly StatementFilter Tips = new(Kinds: [MovementKind.Tip]);

    private readonly AccountStatement<long> _statement;
    private long _newest = Events;
    private int _read;

    public AccountStatementTests() => _statement = StatementOf(MovementsOf);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(LongestPage)]
    public async Task A_filter_that_finds_little_reads_no_more_than_its_bound_and_goes_on_from_there(int limit)
    {
        var found = new List<long>();
        var pages = 0;
        for (long? next = null; pages == 0 || next is not null; pages++)
        {
            _read = 0;
            var page = await _statement.BeforeAsync(next, limit, Tips, Events);
            Assert.InRange(_read, 1, MostRead + LongestPage);
            Assert.InRange(page.Movements.Count, 0, limit);
            Assert.True(page.Next is null || next is null || page.Next < next);
            found.AddRange(page.Movements.Select(static movement => movement.Position));
            next = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(static thousand => thousand * 1_000L), found);
        Assert.InRange(pages, 3, 16);
    }

    [Fact]
    public async Task A_page_that_found_less_than_was_asked_for_is_not_taken_for_the_last()
    {
        var first = await _statement.BeforeAsync(null, LongestPage, Tips, Events);

        Assert.Equal([12_000, 11_000, 10_000, 9_000, 8_000], first.Movements.Select(static one => one.Position));
        Assert.NotNull(first.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_statement_is_complete_whatever_the_size_of_its_pages(int limit)
    {
        const int Newest = 50;
        var found = new List<long>();
        long? next = null;
        do
        {
            var page = await _statement.BeforeAsync(next, limit, StatementFilter.None, Newest);
            found.AddRange(page.Movements.Select(static movement => movement.Number));
            next = page.Next;
        } while (next is not null);

        Assert.Equal(NumbersUpTo(Newest).Reverse(), found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task Who_follows_gets_both_parts_of_an_event_on_one_page_and_misses_nothing(int limit)
    {
        const int Newest = 50;
        _newest = Newest;
        var found = new List<long>();
        var after = 0L;
        StatementPage page;
        do
        {
            page = await _statement.SinceAsync(after, limit, Newest);
            var parts = page.Movements.GroupBy(static movement => movement.Position);
            Assert.All(parts, static group => Assert.Equal(MovementsOf(group.Key).Count, group.Count()));
            Assert.InRange(page.Movements.Count, 0, limit + 1);
            found.AddRange(page.Movements.Select(static movement => movement.Number));
            after = found[^1];
        } while (page.Next is not null);

        Assert.Equal(NumbersUpTo(Newest), found);
    }

    [Fact]
    public async Task What_comes_after_an_event_whose_two_parts_meet_the_limit_is_not_forgotten()
    {
        // As many events as are read at a time, of which only the last has two parts; then one more.
        const int Limit = 40;
        _newest = Limit + 1;
        var statement = StatementOf(number =>
            number == Limit
                ? [Of(number, MovementKind.Capture, 0), Of(number, MovementKind.Release, 1)]
                : [Of(number, MovementKind.Credit, 0)]
        );

        var page = await statement.SinceAsync(0, Limit, Limit + 1);
        Assert.Equal((Limit + 1, Limit), (page.Movements.Count, page.Movements[^1].Position));
        Assert.Equal(page.Movements[^1].Number, page.Next);

        var last = await statement.SinceAsync(page.Next!.Value, Limit, Limit + 1);
        Assert.Equal(Limit + 1, Assert.Single(last.Movements).Position);
        Assert.Null(last.Next);
    }

    [Fact]
    public async Task Who_has_seen_one_part_gets_the_other()
    {
        var both = MovementsOf(4);
        _newest = 4;

        var page = await _statement.SinceAsync(both[0].Number, 1, _newest);

        Assert.Equal([both[1].Number], page.Movements.Select(static movement => movement.Number));
    }

    private static IEnumerable<long> NumbersUpTo(int newest) =>
        Enumerable
            .Range(1, newest)
            .SelectMany(static number => MovementsOf(number))
            .Select(static movement => movement.Number);

    private AccountStatement<long> StatementOf(Func<long, IReadOnlyList<Movement>> movementsOf) =>
        new(
            (before, count) => ReadAsync(Math.Max(1, before - count), before - 1, backward: true),
            (from, count) => ReadAsync(from, Math.Min(_newest, from + count - 1), backward: false),
            static number => Start.AddSeconds(number),
            (number, _) => movementsOf(number)
        );

    private Task<IReadOnlyList<(long Version, long Event)>> ReadAsync(long first, long last, bool backward)
    {
        var events = new List<(long, long)>();
        for (var number = first; number <= last; number++)
        {
            events.Add((number, number));
        }
        if (backward)
        {
            events.Reverse();
        }
        _read += events.Count;
        return Task.FromResult<IReadOnlyList<(long, long)>>(events);
    }

    private static IReadOnlyList<Movement> MovementsOf(long number) =>
        number % 1_000 == 0 ? [Of(number, MovementKind.Tip, 0)]
        : number % 2 == 0 ? [Of(number, MovementKind.Capture, 0), Of(number, MovementKind.Release, 1)]
        : [Of(number, MovementKind.Credit, 0)];

    private static Movement Of(long version, MovementKind kind, int part) =>
        new(
            version,
            Start.AddSeconds(version),
            kind,
            $"balance/bo@{version}",
            "balance/bo",
            "wallet/mia",
            Tokens.Of(1),
            PurchaseId: null,
            Cause: null,
            Tokens.None,
            Tokens.None,
            LoyaltyPoints: 0,
            part
        );
}
