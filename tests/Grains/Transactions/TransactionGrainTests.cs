using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Transactions;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using static Actors.Grains.Tests.Transactions.Chain;
using Money = Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class TransactionGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task What_was_recorded_survives_a_crash_and_ends_once()
    {
        await _engine.IntroduceAsync("tx-bo");
        var first = (await _engine.Transaction(Hash(1)).Record(Sent("tx-bo"))).Value;
        await _engine.CrashAsync();

        Assert.Equal(first, await _engine.Transaction(Hash(1)).Find());
        Assert.Equal(first, (await _engine.Transaction(Hash(1)).Record(Sent("tx-bo"))).Value);
        var end = (await _engine.Transaction(Hash(1)).Settle(Confirmed())).Value!;
        await _engine.DeactivateAllAsync();
        Assert.Equal(end, (await _engine.Transaction(Hash(1)).Settle(Confirmed())).Value);
        Assert.Equal(TransactionStatus.Confirmed, (await _engine.Transaction(Hash(1)).Find())!.Status);
        Assert.Equal(
            TransactionRefusals.TransactionSettledCode,
            (await _engine.Transaction(Hash(1)).Settle(Failed())).Refusal?.Code
        );
        // The first answer again, whatever has come of it since.
        Assert.Equal(first, (await _engine.Transaction(Hash(1)).Record(Sent("tx-bo"))).Value);
    }

    [Fact]
    public async Task Of_many_ends_at_once_one_is_taken()
    {
        await _engine.Transaction(Hash(2)).Record(Sent("tx-race"));

        var ends = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(block => _engine.Transaction(Hash(2)).Settle(Confirmed(block)))
        );

        var taken = Assert.Single(ends, static end => end.Refusal is null);
        Assert.Equal(taken.Value, await _engine.Transaction(Hash(2)).Find());
    }

    [Fact]
    public async Task A_service_records_only_for_somebody_who_is_known()
    {
        var command = Sent("tx-nobody") with { Actor = Service };
        Assert.Equal(
            IdentityRefusals.UserNotFoundCode,
            (await _engine.Transaction(Hash(3)).Record(command)).Refusal?.Code
        );
        Assert.Null(await _engine.Transaction(Hash(3)).Find());

        await _engine.IntroduceAsync("tx-nobody");
        Assert.Null((await _engine.Transaction(Hash(3)).Record(command)).Refusal);
    }

    [Fact]
    public async Task Lists_of_a_person_and_of_both_addresses_hold_it_with_sums_that_follow_its_end()
    {
        await _engine.IntroduceAsync("tx-lists");
        var own = ChainAddress.Parse($"0x{0xABCDEF:x40}");
        for (var number = 10; number < 14; number++)
        {
            await _engine.Transaction(Hash(number)).Record(Sent("tx-lists") with { From = own, Metadata = "{}" });
        }
        await _engine.Transaction(Hash(11)).Settle(Confirmed());
        await _engine.Transaction(Hash(12)).Settle(Failed());

        foreach (
            var query in new[]
            {
                Of("tx-lists"),
                Of("tx-lists") with
                {
                    Address = own,
                },
                Of("tx-lists") with
                {
                    UserId = null,
                    Address = own,
                },
            }
        )
        {
            var page = await _engine.EventuallyAsync(
                () => _engine.ListAsync(query),
                static page => page.Summary.Count(null, TransactionStatus.Pending) == 2 && page.Total == 4
            );
            Assert.Equal([Hash(13), Hash(12), Hash(11), Hash(10)], Hashes(page));
            Assert.Equal(new TokenTotal("ETH", 4, "1.5", "3"), Assert.Single(page.Summary.Tokens));
            var pending = await _engine.ListAsync(query with { Status = TransactionStatus.Pending });
            Assert.Equal(2, pending.Total);
            Assert.Equal([Hash(13), Hash(10)], Hashes(pending));
            var failed = await _engine.ListAsync(query with { Status = TransactionStatus.Failed, Limit = 1 });
            Assert.Equal((1, null), (failed.Total, failed.Next));
            Assert.Equal([Hash(12)], Hashes(failed));
            var gifts = await _engine.ListAsync(query with { Type = TransactionType.Gift });
            Assert.Equal((0, 0, null), (gifts.Total, gifts.Items.Count, gifts.Next));
        }
        var shops = await _engine.ListAsync(Of("tx-lists") with { Address = Shop });
        Assert.Equal(4, shops.Total);
        var anothers = await _engine.ListAsync(Of("tx-other") with { Address = own });
        Assert.Equal((0, 0), (anothers.Total, anothers.Items.Count));
    }

    [Fact]
    public async Task What_goes_from_an_address_to_itself_is_listed_once()
    {
        await _engine.Transaction(Hash(20)).Record(Sent("tx-self") with { From = Shop, To = Shop });
        var page = await _engine.EventuallyAsync(
            () => _engine.ListAsync(Of("tx-self") with { Address = Shop }),
            static page => page.Total > 0
        );
        Assert.Equal([Hash(20)], Hashes(page));
    }

    [Fact]
    public async Task Movements_of_the_ledger_are_among_them_by_time_without_a_second_copy()
    {
        await _engine.RegisterAsync("tx-mia");
        var balance = await _engine.WithTokensAsync("tx-mixed", 100);
        await RecordAsync(30, "tx-mixed");
        await balance.Tip(Money.Tip("tx-mia", 30, "t1"));
        await RecordAsync(31, "tx-mixed");
        await _engine.EventuallyHoldsAsync("tx-mia", 30);

        var page = await _engine.EventuallyAsync(
            () => _engine.ListAsync(Of("tx-mixed")),
            static page => page.Total == 4
        );

        Assert.Equal(["31", "Tip", "30", "Credit"], page.Items.Select(NameOf));
        Assert.True(page.TotalIsExact);
        var tip = page.Items[1].InLedger!;
        Assert.Equal(("balance/tx-mixed", "wallet/tx-mia", 30), (tip.From, tip.To, tip.Tokens.Count));
        var only = await _engine.ListAsync(Of("tx-mixed") with { Type = TransactionType.Tip });
        Assert.Equal(1, only.Total);
        Assert.Equal(["Tip"], only.Items.Select(NameOf));
        var pending = await _engine.ListAsync(Of("tx-mixed") with { Status = TransactionStatus.Pending });
        Assert.Equal(["31", "30"], pending.Items.Select(NameOf));
        // A model's are those of her wallet.
        var hers = await _engine.ListAsync(Of("tx-mia"));
        Assert.Equal(["Tip"], hers.Items.Select(NameOf));
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_ended_whatever_is_added_and_an_offset_skips()
    {
        var balance = await _engine.WithTokensAsync("tx-pages", 100);
        for (var number = 40; number < 46; number++)
        {
            await RecordAsync(number, "tx-pages");
            await balance.Credit(new CreditBalance(Money.Root, Tokens.Of(1), "More", Money.Key($"c{number}")));
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
        var all = await _engine.EventuallyAsync(
            () => _engine.ListAsync(Of("tx-pages")),
            static page => page.Total == 13
        );
        var whole = all.Items.Select(NameOf).ToArray();
        Assert.Null(all.Next);

        List<string> found = [];
        ListTransactions? next = Of("tx-pages", limit: 4);
        while (next is not null)
        {
            var page = await _engine.ListAsync(next);
            found.AddRange(page.Items.Select(NameOf));
            Assert.Equal(next.Cursor is null ? 13 + (found.Count / 100) : null, page.Total);
            next = page.Next is { } cursor ? next with { Cursor = cursor } : null;
            await balance.Credit(new CreditBalance(Money.Root, Tokens.Of(1), "Late", Money.Key($"late{found.Count}")));
        }
        Assert.Equal(whole, found);

        var skipped = await _engine.ListAsync(Of("tx-pages", limit: 3, offset: 4 + 5));
        Assert.Equal(whole[5..8], skipped.Items.Select(NameOf));
        var behind = await _engine.ListAsync(Of("tx-pages", offset: 1_000));
        Assert.Equal((0, null), (behind.Items.Count, behind.Next));
    }

    private async Task RecordAsync(int number, string userId)
    {
        Assert.Null((await _engine.Transaction(Hash(number)).Record(Sent(userId))).Refusal);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
    }

    private static TransactionHash[] Hashes(TransactionPage page) =>
        [.. page.Items.Select(static item => item.OnChain!.Hash)];

    private static string NameOf(TransactionItem item) =>
        item.OnChain is { } onChain ? $"{Convert.ToInt32(onChain.Hash.Value[^4..], 16)}" : $"{item.InLedger!.Kind}";
}
