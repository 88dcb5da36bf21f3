using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Operations;

/// <summary>Which features are on. There is one such grain; its key is <see cref="Key"/>.</summary>
[Alias("IFeatureSwitchesGrain")]
public interface IFeatureSwitchesGrain : IGrainWithStringKey
{
    const string Key = "switches";

    /// <summary>Every switchable feature in the order of <see cref="Features.All"/>; one never switched is on.</summary>
    [ReadOnly]
    ValueTask<FeatureSwitches> Get();

    /// <summary>Switches one feature; switching to where it already is changes nothing.</summary>
    Task<Outcome<FeatureSwitches>> Set(SetFeature command);
}

[GenerateSerializer, Immutable, Alias("FeatureSwitches")]
public sealed record FeatureSwitches([property: Id(0)] IReadOnlyList<FeatureSwitch> Switches);

/// <param name="ChangedAt">Null for a feature that was never switched.</param>
/// <param name="ChangedBy">The admin's id; null for a feature that was never switched.</param>
[GenerateSerializer, Immutable, Alias("FeatureSwitch")]
public sealed record FeatureSwitch(
    [property: Id(0)] string Feature,
    [property: Id(1)] bool Enabled,
    [property: Id(2)] DateTimeOffset? ChangedAt = null,
    [property: Id(3)] string? ChangedBy = null
);

[GenerateSerializer, Immutable, Alias("SetFeature")]
public sealed record SetFeature(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] string Feature,
    [property: Id(2)] bool Enabled
);
