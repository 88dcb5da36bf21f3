namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>Everything that must hold for tokens: in each account, between accounts, and for whoever looks at them.</summary>
internal sealed class MoneyOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var books = Books.Read(evidence);
        return
        [
            .. books.Balances.SelectMany(book => new BalanceOracle(book, evidence).Check()),
            .. books.Wallets.SelectMany(book => new WalletOracle(book, books, evidence).Check()),
            .. books.Menus.SelectMany(book => new MenuOracle(book, books, evidence).Check()),
            .. books.Queues.SelectMany(book => new QueueOracle(book, evidence).Check()),
            .. new HoldOracle(books).Check(),
            .. new TransferOracle(books).Check(),
            .. new DeviceOracle(books, evidence).Check(),
            .. new DailyLimitOracle(books).Check(),
            .. new ProofOracle(books, evidence).Check(),
            .. new NewsOracle(books, evidence).Check(),
        ];
    }
}
