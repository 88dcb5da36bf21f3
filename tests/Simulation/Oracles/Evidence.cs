using Actors.Grains.Devices;
using Actors.Grains.Notifications.Webhooks;
using Actors.Journal;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Worlds;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>All there is to judge a run by: what clients asked and were told, and what the journal holds in the end.</summary>
/// <param name="DeviceCommands">Everything that ever reached a device.</param>
/// <param name="Reminders">The grains and names of those that are set in the end.</param>
/// <param name="End">The moment at which everything had settled.</param>
internal sealed record Evidence(
    IReadOnlyList<Operation> Operations,
    IReadOnlyDictionary<string, StreamContents> Streams,
    IReadOnlyList<DeviceCommand> DeviceCommands,
    IReadOnlyCollection<string> Reminders,
    Moment End
)
{
    /// <summary>Everything that ever reached the app.</summary>
    public IReadOnlyList<WebhookRequest> Told { get; init; } = [];

    /// <summary>How many files the store holds in the end.</summary>
    public int StoredFiles { get; init; }

    /// <summary>What there was when the app began to be told of everything that comes after; null when it never did.</summary>
    public IReadOnlyDictionary<string, StreamContents>? ToldFrom { get; init; }

    public IReadOnlyList<RecordedEvent> EventsOf(string stream) =>
        Streams.TryGetValue(stream, out var contents) ? contents.Events : [];

    public IEnumerable<string> StreamsOf(string category) =>
        Operations
            .Select(static operation => operation.Stream)
            .Concat(Streams.Keys)
            .Where(stream => stream.StartsWith(category + "/", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal);

    public IReadOnlyList<Operation> OperationsOn(string stream) =>
        [.. Operations.Where(operation => operation.Stream == stream)];
}

/// <summary>Judges one feature by its evidence.</summary>
internal interface IOracle
{
    IEnumerable<string> Check(Evidence evidence);
}
