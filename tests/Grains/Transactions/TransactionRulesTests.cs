using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Transactions;
using Actors.Grains.Transactions;
using Actors.Grains.Transactions.Nodes;
using static Actors.Grains.Tests.Transactions.Chain;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class TransactionRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly TransactionOptions Options = new()
    {
        Confirmations = 3,
        LookSeconds = 10,
        WatchHours = 1,
    };

    private static readonly Transaction Pending = After(Transaction.None, Record(Sent("bo")).Value!);

    public static TheoryData<RecordTransaction, string> Refused =>
        new()
        {
            { Sent("bo") with { Amount = "0" }, TransactionRefusals.InvalidAmountCode },
            { Sent("bo") with { Amount = "0.0" }, TransactionRefusals.InvalidAmountCode },
            { Sent("bo") with { Amount = "-1" }, TransactionRefusals.InvalidAmountCode },
            { Sent("bo") with { Amount = "" }, TransactionRefusals.InvalidAmountCode },
            { Sent("bo") with { Token = "" }, TransactionRefusals.InvalidTokenCode },
            { Sent("bo") with { Token = "ABCDEFGHIJKLMNOPQ" }, TransactionRefusals.InvalidTokenCode },
            { Sent("bo") with { Token = "E TH" }, TransactionRefusals.InvalidTokenCode },
            { Sent("bo") with { Network = "Base" }, TransactionRefusals.InvalidNetworkCode },
            { Sent("bo") with { Network = "" }, TransactionRefusals.InvalidNetworkCode },
            { Sent("bo") with { Type = TransactionType.Tip }, TransactionRefusals.InvalidTransactionTypeCode },
            { Sent("bo") with { Type = (TransactionType)99 }, TransactionRefusals.InvalidTransactionTypeCode },
            { Sent("bo") with { PetId = "no pet" }, CommonRefusals.InvalidPetIdCode },
            { Sent("bo") with { Metadata = "[]" }, CommonRefusals.InvalidMetadataCode },
            { Sent("bo") with { Metadata = "{" }, CommonRefusals.InvalidMetadataCode },
            { Sent("bo") with { Metadata = """{"a":1,"a":2}""" }, CommonRefusals.InvalidMetadataCode },
            { Sent("bo") with { Metadata = """{"a":"\ud800"}""" }, CommonRefusals.InvalidMetadataCode },
            { Sent("bo") with { Metadata = """{"a\ud800":1}""" }, CommonRefusals.InvalidMetadataCode },
            { Sent("bo") with { Metadata = """{"a":[[[[[[1]]]]]]}""" }, CommonRefusals.InvalidMetadataCode },
            {
                Sent("bo") with
                {
                    Metadata = $$"""{"a":"{{new string('x', 4096)}}"}""",
                },
                CommonRefusals.InvalidMetadataCode
            },
        };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_is_no_transaction_is_refused_by_the_code_of_its_member(RecordTransaction command, string code) =>
        Assert.Equal(code, Record(command).Refusal?.Code);

    [Fact]
    public void A_recorded_transaction_is_pending_with_its_token_in_upper_case()
    {
        var recorded = Record(Sent("bo") with { Token = "usdc", Metadata = """{"item":"hat"}""" }).Value!;

        var view = TransactionRules.View((TransactionRecorded)recorded, null);

        Assert.Equal(
            (TransactionStatus.Pending, "USDC", Ana, Shop, Noon, """{"item":"hat"}"""),
            (view.Status, view.Token, view.From, view.To, view.Timestamp, view.Metadata)
        );
    }

    [Fact]
    public void The_same_again_changes_nothing_and_other_content_is_refused()
    {
        var again = Sent("bo") with { Actor = new Actor(ActorRole.User, "bo", "203.0.113.9") };
        Assert.Equal((null, null), (Record(again, Pending).Value, Record(again, Pending).Refusal));
        foreach (
            var other in new[]
            {
                Sent("bo", "2"),
                Sent("eve"),
                Sent("bo") with
                {
                    Token = "USDC",
                },
                Sent("bo") with
                {
                    To = Ana,
                },
                Sent("bo") with
                {
                    Type = TransactionType.Gift,
                },
                Sent("bo") with
                {
                    Metadata = "{}",
                },
            }
        )
        {
            Assert.Equal(TransactionRefusals.TransactionExistsCode, Record(other, Pending).Refusal?.Code);
        }
    }

    [Fact]
    public void It_ends_once_the_same_end_again_changes_nothing_and_another_is_refused()
    {
        var confirmed = After(Pending, Settle(Confirmed(), Pending).Value!);
        var failed = After(Pending, Settle(Failed(), Pending).Value!);

        Assert.Equal((null, null), (Settle(Confirmed(), confirmed).Value, Settle(Confirmed(), confirmed).Refusal));
        Assert.Equal((null, null), (Settle(Failed(), failed).Value, Settle(Failed(), failed).Refusal));
        Assert.Equal(TransactionRefusals.TransactionSettledCode, Settle(Confirmed(101), confirmed).Refusal?.Code);
        Assert.Equal(TransactionRefusals.TransactionSettledCode, Settle(Failed(), confirmed).Refusal?.Code);
        Assert.Equal(TransactionRefusals.TransactionSettledCode, Settle(Failed("reverted"), failed).Refusal?.Code);
        Assert.Equal(TransactionRefusals.TransactionSettledCode, Settle(Confirmed(), failed).Refusal?.Code);
    }

    public static TheoryData<SettleTransaction> Incomplete =>
        [
            new SettleTransaction(Service, TransactionStatus.Pending),
            new SettleTransaction(Service, TransactionStatus.Confirmed),
            Confirmed() with
            {
                BlockNumber = null,
            },
            Confirmed() with
            {
                BlockNumber = -1,
            },
            Confirmed() with
            {
                BlockNumber = 1L << 53,
            },
            Confirmed() with
            {
                GasUsed = "0x5208",
            },
            Confirmed() with
            {
                GasUsed = "2.1",
            },
            Confirmed() with
            {
                GasFee = "a little",
            },
            Confirmed() with
            {
                Error = "but",
            },
            Failed(""),
            Failed(new string('x', 501)),
            Failed() with
            {
                BlockNumber = 1,
            },
            new SettleTransaction(Service, (TransactionStatus)9, 1, "1", "1"),
        ];

    [Theory]
    [MemberData(nameof(Incomplete), DisableDiscoveryEnumeration = true)]
    public void An_end_that_says_too_little_or_too_much_is_refused(SettleTransaction command) =>
        Assert.Equal(TransactionRefusals.InvalidSettlementCode, Settle(command, Pending).Refusal?.Code);

    [Fact]
    public void What_nobody_has_recorded_cannot_end() =>
        Assert.Equal(TransactionRefusals.TransactionNotFoundCode, Settle(Confirmed(), Transaction.None).Refusal?.Code);

    [Theory]
    [InlineData(101, false)]
    [InlineData(102, true)]
    [InlineData(99, false)]
    public void A_receipt_is_believed_when_enough_blocks_are_on_top_of_it(long newest, bool isBelieved)
    {
        var look = new ReceiptLook(newest, new ChainReceipt(true, 100, Ana, "21000", "0.1"));

        var end = TransactionRules.DecideReceipt(Pending, look, Noon, Options);

        Assert.Equal(isBelieved, end is TransactionConfirmed { BlockNumber: 100, GasUsed: "21000", GasFee: "0.1" });
        Assert.Equal(isBelieved, end is not null);
    }

    [Fact]
    public void A_receipt_without_success_fails_the_transaction_and_none_or_another_senders_says_nothing()
    {
        var receipt = new ChainReceipt(false, 100, Ana, "21000", "0.1");

        Assert.IsType<TransactionFailed>(
            TransactionRules.DecideReceipt(Pending, new ReceiptLook(200, receipt), Noon, Options)
        );
        Assert.Null(TransactionRules.DecideReceipt(Pending, new ReceiptLook(101, receipt), Noon, Options));
        Assert.Null(TransactionRules.DecideReceipt(Pending, new ReceiptLook(200, null), Noon, Options));
        var anothers = new ReceiptLook(200, receipt with { From = Shop, HasSucceeded = true });
        Assert.Null(TransactionRules.DecideReceipt(Pending, anothers, Noon, Options));
        var ended = After(Pending, Settle(Confirmed(), Pending).Value!);
        Assert.Null(TransactionRules.DecideReceipt(ended, new ReceiptLook(200, receipt), Noon, Options));
    }

    [Fact]
    public void The_pauses_between_looks_double_and_after_the_watch_there_are_none()
    {
        var transaction = After(Transaction.None, Record(Sent("bo"), lookAfter: Options.PauseAfter(0)).Value!);
        List<double> pauses = [];
        var before = Noon;
        while (transaction.LookAt is { } due)
        {
            Assert.Null(TransactionRules.DecideLook(transaction, due.AddTicks(-1), Options));
            pauses.Add((due - before).TotalSeconds);
            before = due;
            transaction = After(transaction, TransactionRules.DecideLook(transaction, due, Options)!);
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 1280], pauses);
        Assert.Null(transaction.End);
        Assert.Null(TransactionRules.DecideLook(Pending, Noon.AddDays(1), Options));
    }

    private static Outcome<TransactionEvent?> Record(
        RecordTransaction command,
        Transaction? transaction = null,
        TimeSpan? lookAfter = null
    ) => TransactionRules.Decide(transaction ?? Transaction.None, Hash(1), command, Noon, lookAfter);

    private static Outcome<TransactionEvent?> Settle(SettleTransaction command, Transaction transaction) =>
        TransactionRules.Decide(transaction, command, Noon);

    private static Transaction After(Transaction transaction, TransactionEvent @event) =>
        TransactionRules.Evolve(transaction, @event);
}
