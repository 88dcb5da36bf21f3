using System.Collections.Frozen;
using System.Collections.Immutable;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Texts;

namespace Actors.Grains.Pets;

/// <summary>What pets say without anybody's help.</summary>
internal static class PetPhrases
{
    private static readonly FrozenDictionary<PetMood, ImmutableArray<string>> English = new Dictionary<
        PetMood,
        ImmutableArray<string>
    >
    {
        [PetMood.Happy] =
        [
            "I'm so happy you're here! 🐾",
            "Wag, wag! Tell me more!",
            "Best day ever, because of you!",
            "I love it when you talk to me.",
        ],
        [PetMood.Playful] =
        [
            "Catch me if you can!",
            "Throw the ball! Throw the ball!",
            "Boo! Did I surprise you?",
            "Let's play! You hide, I seek.",
        ],
        [PetMood.Calm] =
        [
            "Mmm. It's nice to sit here with you.",
            "I'm listening.",
            "Everything is fine when you're around.",
            "Let's watch the clouds for a while.",
        ],
        [PetMood.Sleepy] =
        [
            "Yaaawn… say that again?",
            "Five more minutes, please…",
            "I was dreaming of you just now.",
            "Zzz… oh, hello…",
        ],
        [PetMood.Hungry] =
        [
            "That sounds nice. Is there a snack in it?",
            "My tummy is rumbling. Can you hear it?",
            "I can think better after dinner.",
            "Did somebody say treats?",
        ],
        [PetMood.Sad] =
        [
            "I feel a bit blue today. Stay with me?",
            "Your words make it better already.",
            "Could I have a hug?",
            "I'm glad that you came.",
        ],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<PetMood, ImmutableArray<string>> Spanish = new Dictionary<
        PetMood,
        ImmutableArray<string>
    >
    {
        [PetMood.Happy] =
        [
            "¡Qué alegría que estés aquí! 🐾",
            "¡Mira cómo muevo la cola! ¡Cuéntame más!",
            "¡El mejor día de todos, gracias a ti!",
            "Me encanta que me hables.",
        ],
        [PetMood.Playful] =
        [
            "¡A que no me pillas!",
            "¡Tira la pelota! ¡Tira la pelota!",
            "¡Bu! ¿Te he asustado?",
            "¡Vamos a jugar! Tú te escondes y yo te busco.",
        ],
        [PetMood.Calm] =
        [
            "Mmm. Qué bien se está aquí contigo.",
            "Te escucho.",
            "Todo va bien cuando estás cerca.",
            "Miremos las nubes un rato.",
        ],
        [PetMood.Sleepy] =
        [
            "Uaaah… ¿me lo repites?",
            "Cinco minutos más, por favor…",
            "Justo ahora soñaba contigo.",
            "Zzz… ah, hola…",
        ],
        [PetMood.Hungry] =
        [
            "Suena bien. ¿Hay algo de comer?",
            "Me rugen las tripas. ¿Las oyes?",
            "Después de cenar pienso mejor.",
            "¿Alguien ha dicho premio?",
        ],
        [PetMood.Sad] =
        [
            "Hoy estoy un poco triste. ¿Te quedas conmigo?",
            "Con tus palabras ya me siento mejor.",
            "¿Me das un abrazo?",
            "Qué bien que hayas venido.",
        ],
    }.ToFrozenDictionary();

    public static ImmutableArray<string> Of(string language, PetMood mood) =>
        (language == Languages.Spanish ? Spanish : English)[mood];
}
