using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

internal enum WakeUpKind
{
    Journal,
    Reminders,
}

/// <summary>What clients are busy with.</summary>
internal enum Subject
{
    Moods,
    Money,
    Everything,
}

/// <summary>When an outside app comes that wants to be told of what happens to money.</summary>
internal enum AppComes
{
    Never,

    /// <summary>Before there is anything to tell.</summary>
    First,

    /// <summary>While people are buying.</summary>
    Later,
}

/// <summary>
/// What one seed is about. Each seed draws its own shape and its own few faults, because runs that do a little of
/// everything rarely do much of anything.
/// </summary>
internal sealed record Scenario
{
    /// <summary>The shortest that the product allows.</summary>
    public static readonly TimeSpan EntryTimeout = TimeSpan.FromDays(1);

    public required WakeUpKind WakeUps { get; init; }

    public required Subject Subject { get; init; }

    /// <summary>When the run begins: often shortly before a day ends, because limits are per day.</summary>
    public required TimeSpan TimeOfDay { get; init; }

    public required int Models { get; init; }

    public required int Users { get; init; }

    public required int Clients { get; init; }

    public required int OperationsPerClient { get; init; }

    /// <summary>The longest time between two operations of one client.</summary>
    public required TimeSpan LongestPause { get; init; }

    /// <summary>The longest time for which a mood is set.</summary>
    public required TimeSpan LongestExpiry { get; init; }

    /// <summary>Moods are set by many at once, so that the hourly limit is reached.</summary>
    public required bool HasRush { get; init; }

    public required TimeSpan CollectionAge { get; init; }

    public required TimeSpan CollectionQuantum { get; init; }

    public required int SegmentBytes { get; init; }

    public required int CheckpointBytes { get; init; }

    public required int MaxPendingBytes { get; init; }

    public required IReadOnlyList<FaultKind> Faults { get; init; }

    /// <summary>How many steps there are between two faults, on average.</summary>
    public required int StepsBetweenFaults { get; init; }

    public required int MostFaults { get; init; }

    /// <summary>How many purchases a queue takes in.</summary>
    public required int QueueLength { get; init; }

    /// <summary>Messages are written to bytes and read again, as between two servers.</summary>
    public required bool RoundTrips { get; init; }

    public required AppComes App { get; init; }

    public bool HasMoods => Subject != Subject.Money;

    public bool HasMoney => Subject != Subject.Moods;

    /// <summary>Appends are refused now and then, because too much waits for the disk already.</summary>
    public bool IsCramped => MaxPendingBytes < 1 << 16;

    public static Scenario Draw(Chance chance)
    {
        var isQuiet = chance.OneIn(16);
        var wakeUps = chance.OneIn(2) ? WakeUpKind.Journal : WakeUpKind.Reminders;
        return new Scenario
        {
            WakeUps = wakeUps,
            Subject = chance.Pick([Subject.Moods, Subject.Money, Subject.Money, Subject.Everything]),
            TimeOfDay = chance.OneIn(3)
                ? TimeSpan.FromDays(1) - chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
                : TimeSpan.FromHours(12),
            Models = chance.Between(1, 4),
            Users = chance.Between(1, 3),
            Clients = chance.Between(1, 5),
            OperationsPerClient = chance.Between(5, 40),
            LongestPause = chance.Between(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(20)),
            LongestExpiry = chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(6)),
            QueueLength = chance.Between(2, 12),
            RoundTrips = chance.OneIn(5),
            HasRush = chance.OneIn(6),
            CollectionAge = chance.Between(TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(15)),
            CollectionQuantum = TimeSpan.FromSeconds(30),
            SegmentBytes = chance.Pick([4 << 10, 16 << 10, 256 << 10]),
            CheckpointBytes = chance.Pick([2 << 10, 16 << 10, 1 << 20]),
            MaxPendingBytes = chance.OneIn(10) ? 4 << 10 : 1 << 20,
            Faults = isQuiet ? [] : [.. FaultsOf(wakeUps).Where(_ => chance.OneIn(3))],
            StepsBetweenFaults = (int)chance.Between(TimeSpan.FromTicks(20), TimeSpan.FromTicks(2_000)).Ticks,
            MostFaults = chance.Between(1, 25),
            App = chance.Pick([AppComes.Never, AppComes.First, AppComes.Later]),
        };
    }

    /// <summary>On one machine grains end only with their process; on a cluster, which knows of reminders only, also alone.</summary>
    private static IEnumerable<FaultKind> FaultsOf(WakeUpKind wakeUps) =>
        wakeUps == WakeUpKind.Reminders
            ? Enum.GetValues<FaultKind>()
            : Enum.GetValues<FaultKind>()
                .Where(static kind => kind is not (FaultKind.LostActivation or FaultKind.DuplicateActivation));
}
