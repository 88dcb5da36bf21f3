using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Devices;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>
/// A device does what was bought at most once, and never before it is written down; every order ends, and a buyer whose
/// device did not do it is told so, once.
/// </summary>
internal sealed class DeviceOracle(Books books, Evidence evidence)
{
    public IEnumerable<string> Check() =>
        [.. books.Devices.SelectMany(Check), .. books.Balances.SelectMany(CheckNotes)];

    private IEnumerable<string> Check(Book<DeviceEvent, int> device)
    {
        var orders = device.Events.OfType<DeviceOrdered>().ToDictionary(static order => order.Number);
        var sent = device
            .Events.OfType<DeviceSending>()
            .Select(sending => orders[sending.Number].PurchaseId)
            .ToHashSet();
        var reached = evidence.DeviceCommands.Where(command => command.ModelId == device.Owner).ToArray();
        foreach (var command in reached.CountBy(static command => command.PurchaseId))
        {
            if (command.Value > 1)
            {
                yield return $"{device.Stream} was moved {command.Value} times for {command.Key}";
            }
            if (!sent.Contains(command.Key))
            {
                yield return $"{device.Stream} was moved for {command.Key}, and nothing is written about it";
            }
        }
        var done = device.Events.OfType<DeviceDone>().Select(static e => e.Number).ToArray();
        foreach (var number in done)
        {
            if (reached.All(command => command.PurchaseId != orders[number].PurchaseId))
            {
                yield return $"{device.Stream} says that it did order {number}, which never reached it";
            }
        }
        var ends = done.Concat(device.Events.OfType<DeviceFailed>().Select(static e => e.Number))
            .Concat(device.Events.OfType<DeviceOrdered>().Select(static e => e.Lapsed?.Number).OfType<long>());
        if (!ends.Order().SequenceEqual(orders.Keys.Order()))
        {
            yield return $"{device.Stream} had orders {Text(orders.Keys)}, of which {Text(ends)} have ended";
        }

        static string Text(IEnumerable<long> numbers) => $"[{string.Join(", ", numbers.Order())}]";
    }

    private IEnumerable<string> CheckNotes(Book<Grains.Wallets.BalanceEvent, ExpectedBalance> balance)
    {
        var failed = books
            .Devices.SelectMany(static device => device.Events)
            .SelectMany(static e =>
                e switch
                {
                    DeviceFailed f => [(f.UserId, f.PurchaseId, f.Failure)],
                    DeviceOrdered { Lapsed: { } lapsed } => [(lapsed.UserId, lapsed.PurchaseId, DeviceRules.TooMany)],
                    _ => Array.Empty<(string UserId, PurchaseId PurchaseId, string Failure)>(),
                }
            )
            .Where(failure => failure.UserId == balance.Owner)
            .Select(static failure => $"{failure.PurchaseId}: {failure.Failure}")
            .Order(StringComparer.Ordinal);
        var noted = balance
            .Events.OfType<DeviceFailureNoted>()
            .Select(static note => $"{note.Id}: {note.Failure}")
            .Order(StringComparer.Ordinal);
        if (!failed.SequenceEqual(noted))
        {
            yield return $"devices failed {balance.Owner} at [{string.Join("; ", failed)}], and {balance.Stream} has "
                + $"[{string.Join("; ", noted)}]";
        }
    }
}
