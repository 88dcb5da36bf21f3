using Actors.GrainInterfaces.Moods;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Moods;

/// <summary>What is said in moods, sealed with the model's key as it is written down.</summary>
internal static class MoodWords
{
    public static MoodEvent Seal(MoodEvent @event, SealingKey key) =>
        @event switch
        {
            MoodSet set => set with
            {
                CustomMessage = key.SealWords(set.CustomMessage),
                Actor = key.SealOrigin(set.Actor),
            },
            // The admin's own address stays.
            MoodOverridden overridden => overridden with
            {
                CustomMessage = key.SealWords(overridden.CustomMessage),
                Reason = key.SealWords(overridden.Reason),
            },
            _ => @event,
        };

    public static MoodTransition Open(MoodTransition entry, SealingKey? key) =>
        entry with
        {
            CustomMessage = key.OpenWords(entry.CustomMessage),
            Reason = key.OpenWords(entry.Reason),
            Actor = key.OpenOrigin(entry.Actor),
        };
}
