using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Transactions;

/// <summary>One transaction on a chain; the key is its hash. It is recorded once, and confirmed or failed once.</summary>
[Alias("ITransactionGrain")]
public interface ITransactionGrain : IGrainWithStringKey
{
    /// <summary>Null while nobody has recorded it.</summary>
    [ReadOnly]
    ValueTask<TransactionView?> Find();

    /// <summary>The same again for the same person is answered the same; anything else under the hash is refused.</summary>
    Task<Outcome<TransactionView>> Record(RecordTransaction command);

    /// <summary>The same end again is answered the same; another one is refused.</summary>
    Task<Outcome<TransactionView>> Settle(SettleTransaction command);
}
