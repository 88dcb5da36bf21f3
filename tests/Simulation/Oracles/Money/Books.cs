using Actors.Grains.Devices;
using Actors.Grains.Menus;
using Actors.Grains.Queues;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>Every stream about money as the journal holds it in the end, by the id of its user, model or menu.</summary>
internal sealed record Books(
    IReadOnlyList<Book<BalanceEvent, ExpectedBalance>> Balances,
    IReadOnlyList<Book<WalletEvent, ExpectedWallet>> Wallets,
    IReadOnlyList<Book<MenuEvent, ExpectedMenu>> Menus,
    IReadOnlyList<Book<QueueEvent, ExpectedQueue>> Queues,
    IReadOnlyList<Book<DeviceEvent, int>> Devices
)
{
    public static Books Read(Evidence evidence) =>
        new(
            Read<BalanceEvent, ExpectedBalance>(
                evidence,
                "balance",
                ExpectedBalance.Empty,
                static (balance, @event, version) => balance.After(@event, version)
            ),
            Read<WalletEvent, ExpectedWallet>(
                evidence,
                "wallet",
                ExpectedWallet.Empty,
                static (wallet, @event, _) => wallet.After(@event)
            ),
            Read<MenuEvent, ExpectedMenu>(
                evidence,
                "menu",
                ExpectedMenu.Empty,
                static (menu, @event, _) => menu.After(@event)
            ),
            Read<QueueEvent, ExpectedQueue>(
                evidence,
                "queue",
                ExpectedQueue.Empty,
                static (queue, @event, _) => queue.After(@event)
            ),
            Read<DeviceEvent, int>(evidence, "device", 0, static (count, _, _) => count + 1)
        );

    private static List<Book<TEvent, TState>> Read<TEvent, TState>(
        Evidence evidence,
        string category,
        TState empty,
        Func<TState, TEvent, long, TState> after
    )
    {
        var books = new List<Book<TEvent, TState>>();
        foreach (var stream in evidence.StreamsOf(category))
        {
            TEvent[] events =
            [
                .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<TEvent>(recorded)),
            ];
            var states = new List<TState> { empty };
            foreach (var @event in events)
            {
                states.Add(after(states[^1], @event, states.Count));
            }
            books.Add(new Book<TEvent, TState>(stream, stream[(category.Length + 1)..], events, states));
        }
        return books;
    }
}

/// <param name="States">After 0, 1, 2 … events.</param>
internal sealed record Book<TEvent, TState>(
    string Stream,
    string Owner,
    IReadOnlyList<TEvent> Events,
    IReadOnlyList<TState> States
)
{
    /// <summary>The events with their versions.</summary>
    public IEnumerable<(long Version, TEvent Event)> Entries =>
        Events.Select(static (@event, index) => (index + 1L, @event));

    /// <summary>What the owner's statement calls what an event moved.</summary>
    public string TransferOf(long version) => FormattableString.Invariant($"{Stream}@{version}");
}
