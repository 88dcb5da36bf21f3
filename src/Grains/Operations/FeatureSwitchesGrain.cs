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

    public async Task<Outcome<FeatureSwitches>> Set(SetFeature command)
    {
        var decision = FeatureSwitchRules.Decide(Current, command, Now);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await (decision.Value is { } switched ? Commit(switched) : WhenDurable());
        return FeatureSwitchRules.View(Durable);
    }
}
