using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.Grains.Moods;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>What moods must be, computed from what was asked, without the product's own rules.</summary>
internal sealed class MoodOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        foreach (var stream in evidence.StreamsOf("mood"))
        {
            var violations = new List<string>();
            var history = MoodHistory.Read(evidence, stream, violations);
            MoodHistoryRules.Check(history, evidence, violations);
            foreach (var violation in violations.Concat(CheckAnswers(history, evidence)))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<string> CheckAnswers(MoodHistory history, Evidence evidence)
    {
        var operations = evidence.OperationsOn(history.Stream);
        var oracle = new StreamOracle<ExpectedMood>(
            history.Stream,
            history.Moods,
            (operation, count) => Shows(history, operation, count),
            history.Authors.VersionOf
        );
        foreach (var operation in operations.Where(static operation => operation.Answer == Answer.Done))
        {
            if (operation.Command is UpdateMood or OverrideMood && history.Authors.VersionOf(operation) is null)
            {
                yield return $"{operation} was acknowledged and is lost";
            }
        }
        var readings = operations.Where(static operation => operation.Answer == Answer.Done);
        foreach (var violation in oracle.Check(readings))
        {
            yield return violation;
        }
    }

    private static bool Shows(MoodHistory history, Operation operation, int count) =>
        operation.Value switch
        {
            MoodView view => ShowsMood(history.Moods[count], view, operation),
            MoodHistoryPage page => ShowsPage(history, page, (ReadHistory)operation.Command, count),
            _ => false,
        };

    /// <summary>While the answer was made the mood may have been in force, or over, or first one and then the other.</summary>
    private static bool ShowsMood(ExpectedMood mood, MoodView view, Operation operation)
    {
        var mayBeInForce =
            mood.ExpiresAt is not { } expiresAt || expiresAt > Moment.Earliest(operation.Asked, operation.Answered);
        var mayBeOver = mood.ExpiresAt <= Moment.Latest(operation.Asked, operation.Answered);
        return (mayBeInForce && mood.Fits(view)) || (mayBeOver && mood.Over().Fits(view));
    }

    private static bool ShowsPage(MoodHistory history, MoodHistoryPage page, ReadHistory asked, int count)
    {
        var newest = count - asked.Offset;
        var expected = Math.Clamp(newest, 0, asked.Limit);
        if (page.Total != count || page.History.Count != expected)
        {
            return false;
        }
        return page
            .History.Select((entry, index) => (entry, index))
            .All(item => MoodAudit.Entry(newest - item.index, history.Events[newest - item.index - 1]) == item.entry);
    }
}

/// <summary>A mood as the commands alone say it should be.</summary>
internal sealed record ExpectedMood(
    MoodState State,
    string? CustomMessage,
    bool AutoRespond,
    int ResponseDelay,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUpdated,
    ActorRole? UpdatedBy,
    string? AdminReason
)
{
    public static readonly ExpectedMood Untouched = new(MoodState.Neutral, null, false, 0, null, null, null, null);

    public ExpectedMood After(MoodEvent @event, object? command) =>
        command switch
        {
            UpdateMood update => new ExpectedMood(
                update.MoodState,
                update.CustomMessage,
                update.AutoRespond,
                update.ResponseDelay,
                update.ExpiresAt,
                @event.At,
                ActorRole.Model,
                null
            ),
            OverrideMood overriding => new ExpectedMood(
                overriding.MoodState,
                overriding.CustomMessage,
                overriding.AutoRespond,
                0,
                overriding.ExpiresAt,
                @event.At,
                ActorRole.Admin,
                overriding.Reason
            ),
            _ => Over(),
        };

    public ExpectedMood Over() => Untouched with { LastUpdated = ExpiresAt, UpdatedBy = UpdatedBy };

    public bool Fits(MoodView view) =>
        view.MoodState == State
        && view.CustomMessage == CustomMessage
        && view.AutoRespond == AutoRespond
        && view.ResponseDelay == ResponseDelay
        && view.ExpiresAt == ExpiresAt
        && view.AdminReason == AdminReason
        && view.UpdatedBy == (UpdatedBy ?? ActorRole.Admin)
        // Nobody ever set it: the time of registration, which other streams know.
        && (LastUpdated is null || view.LastUpdated == LastUpdated);
}
