using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Pets;
using Actors.Grains.Texts;

namespace Actors.Grains.Tests.Pets;

public sealed class PetPhrasesTests
{
    [Fact, Trait("Spec", "PE-2")]
    public void Every_mood_has_several_phrases_of_its_own_in_every_language()
    {
        var all = new List<string>();
        foreach (var language in Languages.All)
        {
            foreach (var mood in Enum.GetValues<PetMood>())
            {
                var phrases = PetPhrases.Of(language, mood);
                Assert.True(phrases.Length > 2);
                all.AddRange(phrases);
            }
        }

        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, static one => Assert.InRange(one.Length, 1, IConversationGrain.MaxContentLength));
    }
}
