using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Operations;

/// <summary>Which features are on, for all hosts.</summary>
[GrainType("features")]
public sealed class FeatureSwitchesGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<FeatureBoard, FeatureEvent>(context, services, Definition),
        IFeatureSwitchesGrain
{
    private static readonly Aggregate<FeatureBoard, FeatureEvent> Definition = new()
    {
        Initial = FeatureBoard.AllOn,
        Evolve = FeatureSwitchRules.Evolve,
        EventJson = OperationsJson.Default.FeatureEvent,
        StateJson = OperationsJson.Default.FeatureBoard,
    };

    public ValueTask<FeatureSwitches> Get() => new(FeatureSwitchRules.View(Durable));

    public Task<Outcome<FeatureSwitches>> Set(SetFeature command) =>
        Apply<FeatureSwitched?, FeatureSwitches>(
            FeatureSwitchRules.Decide(Current, command, Now),
            () => FeatureSwitchRules.View(Durable)
        );
}
