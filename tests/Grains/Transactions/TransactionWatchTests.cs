using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Transactions;
using Actors.Grains.Transactions.Nodes;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Transactions.Chain;

namespace Actors.Grains.Tests.Transactions;

/// <summary>Pending transactions are looked up at a node, if there is one for their network.</summary>
[Trait("Spec", "TX-1")]
public sealed class TransactionWatchTests : IAsyncLifetime
{
    private static readonly ChainReceipt Receipt = new(true, 100, Ana, "21000", "0.000021");

    private readonly ScriptedNode _node = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services =>
                    services
                        .AddSingleton<IChainNode>(_node)
                        .AddSingleton(
                            new TransactionOptions
                            {
                                Confirmations = 5,
                                LookSeconds = 15,
                                WatchHours = 2,
                            }
                        ),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_receipt_with_enough_blocks_on_top_of_it_confirms_the_transaction_through_crashes()
    {
        await RecordAsync(1);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, _node.Asked);
        await _engine.CrashAsync();
        _node.Says(103, Receipt);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(TransactionStatus.Pending, (await FindAsync(1)).Status);

        _node.Says(104, Receipt);
        await _engine.CrashAsync();
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(10));

        var found = await FindAsync(1);
        Assert.Equal(
            (TransactionStatus.Confirmed, 100, "21000", "0.000021"),
            (found.Status, found.BlockNumber, found.GasUsed, found.GasFee)
        );
        var asked = _node.Asked;
        await _engine.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal(asked, _node.Asked);
    }

    [Fact]
    public async Task A_receipt_that_a_reorganisation_takes_away_was_never_believed()
    {
        await RecordAsync(2);
        _node.Says(103, Receipt);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        _node.Says(200, null);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(TransactionStatus.Pending, (await FindAsync(2)).Status);

        _node.Says(300, Receipt with { BlockNumber = 250 });
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(
            (TransactionStatus.Confirmed, 250),
            ((await FindAsync(2)).Status, (await FindAsync(2)).BlockNumber)
        );
    }

    [Fact]
    public async Task A_receipt_without_success_fails_it()
    {
        await RecordAsync(3);
        _node.Says(300, Receipt with { HasSucceeded = false });
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(TransactionStatus.Failed, (await FindAsync(3)).Status);
    }

    [Fact]
    public async Task Without_a_receipt_it_stays_pending_and_is_no_longer_looked_up_after_the_watch()
    {
        await RecordAsync(4);
        await _engine.AdvanceAsync(TimeSpan.FromHours(3));
        var asked = _node.Asked;
        Assert.InRange(asked, 8, 12);

        _node.Says(300, Receipt);
        await _engine.AdvanceAsync(TimeSpan.FromDays(10));

        Assert.Equal((asked, TransactionStatus.Pending), (_node.Asked, (await FindAsync(4)).Status));
        Assert.Equal(0, _engine.PendingWakeUps);
        Assert.Null((await _engine.Transaction(Hash(4)).Settle(Confirmed())).Refusal);
    }

    [Fact]
    public async Task A_slow_node_holds_nobody_up_and_comes_too_late_for_what_has_ended()
    {
        var answer = new TaskCompletionSource<ReceiptLook?>();
        _node.Answer = () => answer.Task;
        await RecordAsync(5);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, _node.Asked);

        Assert.Null((await _engine.Transaction(Hash(5)).Settle(Failed())).Refusal);
        answer.SetResult(new ReceiptLook(300, Receipt));
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(TransactionStatus.Failed, (await FindAsync(5)).Status);
    }

    [Fact]
    public async Task A_network_without_a_node_is_not_looked_up()
    {
        await _engine.Transaction(Hash(6)).Record(Sent("bo") with { Network = "ethereum" });
        await _engine.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal((0, 0), (_node.Asked, _engine.PendingWakeUps));
    }

    private async Task RecordAsync(int number) =>
        Assert.Null((await _engine.Transaction(Hash(number)).Record(Sent("bo"))).Refusal);

    private async Task<TransactionView> FindAsync(int number) => (await _engine.Transaction(Hash(number)).Find())!;
}
