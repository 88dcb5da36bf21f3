namespace Actors.Bench.Cluster.Peers;

/// <summary>A user's balance as it would be written first: state that is rewritten, and a wallet that is called after it.</summary>
[Alias("Bench.IPlainBalance")]
public interface IPlainBalanceGrain : IGrainWithStringKey
{
    [Alias("Credit")]
    Task Credit(long tokens);

    [Alias("Purchase")]
    Task Purchase(string key, string model, long price);
}

[Alias("Bench.IPlainWallet")]
public interface IPlainWalletGrain : IGrainWithStringKey
{
    [Alias("Receive")]
    Task Receive(long tokens);
}

/// <summary>The same in one transaction over both grains.</summary>
[Alias("Bench.ITransactionalBalance")]
public interface ITransactionalBalanceGrain : IGrainWithStringKey
{
    [Alias("Credit")]
    [Transaction(TransactionOption.Create)]
    Task Credit(long tokens);

    [Alias("Purchase")]
    [Transaction(TransactionOption.Create)]
    Task Purchase(string key, string model, long price);
}

[Alias("Bench.ITransactionalWallet")]
public interface ITransactionalWalletGrain : IGrainWithStringKey
{
    [Alias("Receive")]
    [Transaction(TransactionOption.Join)]
    Task Receive(long tokens);
}

[GenerateSerializer, Alias("Bench.Balance")]
public sealed class PeerBalance
{
    private const int KeptKeys = 100;

    [Id(0)]
    public long Tokens { get; set; }

    /// <summary>The newest keys, so that a repeat is recognised for a while: all that a state that is rewritten can afford.</summary>
    [Id(1)]
    public List<string> Keys { get; set; } = [];

    /// <returns>False for a repeat.</returns>
    public bool Spend(string key, long price)
    {
        if (Keys.Contains(key))
        {
            return false;
        }
        if (Tokens < price)
        {
            throw new InvalidOperationException("Not enough tokens.");
        }
        Tokens -= price;
        Keys.Add(key);
        if (Keys.Count > KeptKeys)
        {
            Keys.RemoveAt(0);
        }
        return true;
    }
}

[GenerateSerializer, Alias("Bench.Wallet")]
public sealed class PeerWallet
{
    [Id(0)]
    public long Tokens { get; set; }
}
