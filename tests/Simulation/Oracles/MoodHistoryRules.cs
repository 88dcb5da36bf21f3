using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.Grains.Moods;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>What every mood history must keep to, whatever was asked and whatever failed.</summary>
internal static class MoodHistoryRules
{
    private const int ChangesPerWindow = 50;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(60);

    public static void Check(MoodHistory history, Evidence evidence, List<string> violations)
    {
        for (var version = 1; version <= history.Events.Count; version++)
        {
            CheckEvent(history, version, violations);
        }
        CheckLimit(history, evidence, violations);
        if (history.Moods[^1].ExpiresAt <= evidence.End.At)
        {
            violations.Add($"{history.Stream} should have expired at {history.Moods[^1].ExpiresAt:O} and has not");
        }
        foreach (var operation in evidence.OperationsOn(history.Stream))
        {
            violations.AddRange(MoodRefusalRules.Check(operation, evidence));
        }
    }

    private static void CheckEvent(MoodHistory history, int version, List<string> violations)
    {
        var (before, @event) = (history.Moods[version - 1], history.Events[version - 1]);
        var place = $"event {version} of {history.Stream} ({@event})";
        if (@event.PreviousState != before.State || @event.State != history.Moods[version].State)
        {
            violations.Add($"{place} does not follow from the one before it");
        }
        if (@event is MoodExpired)
        {
            if (before.ExpiresAt != @event.At)
            {
                violations.Add($"{place} expired what was to last until {before.ExpiresAt:O}");
            }
            return;
        }
        if (before.ExpiresAt <= @event.At)
        {
            violations.Add($"{place} came when the mood before it was over, and that was not logged");
        }
        if (history.Authors.OperationOf(version) is { } operation && !IsWithin(operation, @event.At))
        {
            violations.Add($"{place} happened at another time than {operation}");
        }
    }

    private static bool IsWithin(Operation operation, DateTimeOffset at) =>
        operation.Answer == Answer.Unknown
        || (
            at >= Moment.Earliest(operation.Asked, operation.Answered)
            && at <= Moment.Latest(operation.Asked, operation.Answered)
        );

    /// <summary>A clock that was set back makes the window shorter by as much, for those who look at it later.</summary>
    private static void CheckLimit(MoodHistory history, Evidence evidence, List<string> violations)
    {
        var window = Window - evidence.End.SetBack;
        var changes = history.Events.OfType<MoodSet>().Select(static set => set.At).ToArray();
        for (var index = ChangesPerWindow; index < changes.Length; index++)
        {
            var from = changes[index] - window;
            var inWindow = changes.Take(index + 1).Count(at => at > from && at <= changes[index]);
            if (inWindow > ChangesPerWindow)
            {
                violations.Add($"{history.Stream} took {inWindow} changes in the hour before {changes[index]:O}");
            }
        }
    }
}

/// <summary>When a client may be told no, and when it must be.</summary>
internal static class MoodRefusalRules
{
    private const int ChangesPerWindow = 50;

    public static IEnumerable<string> Check(Operation operation, Evidence evidence)
    {
        var expected = operation.Command switch
        {
            UpdateMood { CustomMessage.Length: > 200 } or OverrideMood { CustomMessage.Length: > 200 } =>
                MoodRefusals.InvalidCustomMessageCode,
            UpdateMood { ResponseDelay: < 0 or > 300 } => MoodRefusals.InvalidResponseDelayCode,
            _ => null,
        };
        if (operation.Answer == Answer.Done && expected is not null)
        {
            yield return $"{operation} should have been refused with {expected}";
        }
        if (operation.Refusal is { } refusal && refusal.Code != expected && !IsJust(refusal.Code, operation, evidence))
        {
            yield return $"{operation} was refused with {refusal.Code} for no reason";
        }
    }

    private static bool IsJust(string code, Operation operation, Evidence evidence) =>
        code switch
        {
            // Of two profiles the mood may have asked the one that did not know of it yet.
            IdentityRefusals.ModelNotFoundCode or IdentityRefusals.TermsNotAcceptedCode when operation.MayBeOld => true,
            IdentityRefusals.ModelNotFoundCode => !WasDoneBefore<RegisterModel>(operation, evidence),
            IdentityRefusals.TermsNotAcceptedCode => !WasDoneBefore<AcceptTerms>(operation, evidence),
            MoodRefusals.InvalidExpiresAtCode => ExpiresAt(operation)
                <= Moment.Latest(operation.Asked, operation.Answered),
            MoodRefusals.RateLimitExceededCode => CouldBeOverLimit(operation, evidence),
            _ => false,
        };

    private static DateTimeOffset? ExpiresAt(Operation operation) =>
        operation.Command switch
        {
            UpdateMood update => update.ExpiresAt,
            OverrideMood overriding => overriding.ExpiresAt,
            _ => null,
        };

    private static bool WasDoneBefore<TCommand>(Operation operation, Evidence evidence)
    {
        var model = "model/" + operation.Stream["mood/".Length..];
        return evidence
            .OperationsOn(model)
            .Any(other =>
                other.Command is TCommand && other.Answer == Answer.Done && other.Answered.Order < operation.Asked.Order
            );
    }

    /// <summary>Also changes that nobody knows the outcome of may have counted: the decision may have seen them on their way.</summary>
    private static bool CouldBeOverLimit(Operation operation, Evidence evidence)
    {
        var from = Moment.Earliest(operation.Asked, operation.Answered) - TimeSpan.FromMinutes(60);
        var counting = evidence
            .OperationsOn(operation.Stream)
            .Count(other =>
                other.Command is UpdateMood
                && other.Answer != Answer.Refused
                && other.Asked.Order < operation.Answered.Order
                && (other.Answer == Answer.Unknown || other.Answered.At + evidence.End.SetBack > from)
            );
        return operation.Refusal!.ResetTime is not null && counting >= ChangesPerWindow;
    }
}
