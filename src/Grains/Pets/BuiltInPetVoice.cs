namespace Actors.Grains.Pets;

/// <summary>The one that is built in: by mood and language, and not twice the same in a row.</summary>
internal sealed class BuiltInPetVoice : IPetVoice
{
    public TimeSpan? Patience => null;

    public Task<PetWords> AnswerAsync(PetTalk talk) => Task.FromResult(new PetWords(TextOf(talk), Degraded: false));

    public static string TextOf(PetTalk talk)
    {
        var phrases = PetPhrases.Of(talk.Language, talk.Mood);
        return phrases[(int)(talk.Number % phrases.Length)];
    }
}
