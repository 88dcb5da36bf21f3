using Actors.GrainInterfaces.Operations;

namespace Actors.ApiHost.Operations.Switches;

/// <summary>This host's copy of the feature switches; requests read it without calling a grain.</summary>
internal sealed class FeatureStates
{
    private readonly Dictionary<string, FeatureState> _states = Features.All.ToDictionary(
        name => name,
        name => new FeatureState(name)
    );

    public FeatureState this[string feature] => _states[feature];

    public void Apply(FeatureSwitches switches)
    {
        foreach (var change in switches.Switches)
        {
            if (_states.TryGetValue(change.Feature, out var state))
            {
                state.IsOn = change.Enabled;
            }
        }
    }
}

public static class FeatureConventions
{
    /// <summary>Ties a group of routes to a switch: while it is off they answer FEATURE_DISABLED.</summary>
    public static RouteGroupBuilder Switchable(this RouteGroupBuilder routes, string feature)
    {
        var states = ((IEndpointRouteBuilder)routes).ServiceProvider.GetRequiredService<FeatureStates>();
        return routes.WithMetadata(states[feature]);
    }
}
