using Actors.Grains.Pets;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>A voice that asks outside, and is slow now and then, beyond all patience too; or one that needs nobody.</summary>
internal sealed class SimulatedPetVoice(Chance chance, TimeProvider time) : IPetVoice
{
    public TimeSpan? Patience { get; } = chance.OneIn(3) ? null : TimeSpan.FromSeconds(30);

    public async Task<PetWords> AnswerAsync(PetTalk talk)
    {
        if (Patience is not null)
        {
            await Task.Delay(chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(45)), time);
        }
        return new PetWords($"answer to {talk.Number}", chance.OneIn(4));
    }
}
