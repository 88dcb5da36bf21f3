using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Operations;

/// <param name="Switched">The newest switching of each feature that was ever switched.</param>
public sealed record FeatureBoard(ImmutableSortedDictionary<string, FeatureSwitched> Switched)
{
    public static readonly FeatureBoard AllOn = new(ImmutableSortedDictionary<string, FeatureSwitched>.Empty);

    public bool IsOn(string feature) => !Switched.TryGetValue(feature, out var last) || last.Enabled;
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FeatureSwitched), "feature.switched.v1")]
public abstract record FeatureEvent(DateTimeOffset At, Actor Actor);

public sealed record FeatureSwitched(DateTimeOffset At, Actor Actor, string Feature, bool Enabled)
    : FeatureEvent(At, Actor);

public static class FeatureSwitchRules
{
    /// <summary>Null when the feature is there already.</summary>
    public static Outcome<FeatureSwitched?> Decide(FeatureBoard board, SetFeature command, DateTimeOffset now)
    {
        if (!Features.All.Contains(command.Feature))
        {
            return OperationsRefusals.FeatureNotFound;
        }
        return board.IsOn(command.Feature) == command.Enabled
            ? (FeatureSwitched?)null
            : new FeatureSwitched(now, command.Actor, command.Feature, command.Enabled);
    }

    public static FeatureBoard Evolve(FeatureBoard board, FeatureEvent @event) =>
        @event switch
        {
            FeatureSwitched switched => new FeatureBoard(board.Switched.SetItem(switched.Feature, switched)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static FeatureSwitches View(FeatureBoard board) =>
        new([
            .. Features.All.Select(feature =>
                board.Switched.TryGetValue(feature, out var last)
                    ? new FeatureSwitch(feature, last.Enabled, last.At, last.Actor.Id)
                    : new FeatureSwitch(feature, Enabled: true)
            ),
        ]);
}
