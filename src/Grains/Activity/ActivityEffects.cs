using Actors.GrainInterfaces.Activity;
using Actors.Grains.Durability;

namespace Actors.Grains.Activity;

/// <summary>
/// How features write down what a person did: the effect of an event, so that it arrives once and costs the person who waits
/// nothing.
/// </summary>
public static class ActivityEffects
{
    public static Effect To(string personId, ActivityEntry entry) =>
        Effect.To<IActivityGrain>(personId, (activity, delivery) => activity.Receive(delivery, entry));
}
