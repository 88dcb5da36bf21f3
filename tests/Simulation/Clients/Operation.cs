using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Simulation.Tests.Clients;

internal enum Answer
{
    /// <summary>Nothing came back: it may have happened, happen yet, or never.</summary>
    Unknown,

    Done,

    Refused,
}

/// <summary>One thing that a client asked for, and what it was told.</summary>
/// <param name="Number">Stamped into the command as the actor's user agent, so that its event is recognised.</param>
/// <param name="Stream">The stream whose owner was asked.</param>
/// <param name="Command">What was asked: a command of the product, or one of the readings below.</param>
/// <param name="Asked">When, among all that clients asked and were told.</param>
internal sealed record Operation(int Number, string Stream, object Command, Moment Asked)
{
    private const int MostText = 160;

    public Answer Answer { get; private set; }

    public object? Value { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>Comes after everything while nothing has come back.</summary>
    public Moment Answered { get; private set; } = Moment.Never;

    /// <summary>There was a moment at which a grain may have answered from an old state, and nobody is to blame.</summary>
    public bool MayBeOld { get; set; }

    public void Tell(Moment moment, object? value, Refusal? refusal)
    {
        Answered = moment;
        Answer = refusal is null ? Answer.Done : Answer.Refused;
        Value = value;
        Refusal = refusal;
    }

    public override string ToString()
    {
        var command = $"{Command}";
        return $"operation {Number} ({Stream}: {(command.Length > MostText ? command[..MostText] + "…" : command)})";
    }
}

/// <summary>A point in the order of all that clients asked and were told, with the clock as it was then.</summary>
/// <param name="SetBack">All that the wall clock had been set back by then.</param>
/// <param name="SetForward">All that it had been set forward by then.</param>
internal readonly record struct Moment(long Order, DateTimeOffset At, TimeSpan SetBack, TimeSpan SetForward)
{
    public static readonly Moment Never = new(long.MaxValue, DateTimeOffset.MaxValue, default, default);

    /// <summary>The earliest time that the wall clock can have shown between two moments.</summary>
    public static DateTimeOffset Earliest(Moment from, Moment to) => from.At - (to.SetBack - from.SetBack);

    /// <summary>The latest time that the wall clock can have shown between two moments.</summary>
    public static DateTimeOffset Latest(Moment from, Moment to) => to.At + (to.SetBack - from.SetBack);
}

internal sealed record ReadMood;

internal sealed record ReadHistory(int Limit, int Offset);

internal sealed record ReadModel;

internal sealed record AcceptTerms(Actor Actor);

internal sealed record Introduce(PersonKind Kind);

internal sealed record ReadUser;

internal sealed record ReadInbox(int Limit, int Offset);

internal sealed record ReadDirectory;

internal sealed record ReadFeed(string ModelId);

internal sealed record ReadTemplate(string Id);

internal sealed record ReadVersions(string Id, int Limit, int Offset);
