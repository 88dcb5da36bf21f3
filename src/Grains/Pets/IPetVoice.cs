using System.Collections.Immutable;
using Actors.GrainInterfaces.Pets;

namespace Actors.Grains.Pets;

/// <summary>What a pet answers by itself.</summary>
public interface IPetVoice
{
    /// <summary>How long an answer may take at most; null for a voice that asks nobody and answers at once.</summary>
    TimeSpan? Patience { get; }

    /// <summary>Answers, whatever happens.</summary>
    Task<PetWords> AnswerAsync(PetTalk talk);
}

/// <param name="Degraded">The voice that was wanted could not be used; this is what is built in.</param>
public sealed record PetWords(string Text, bool Degraded);

/// <summary>What there is to answer.</summary>
/// <param name="Name">What its owner calls the pet; null when nobody could be asked.</param>
/// <param name="Language">"en" or "es", the owner's.</param>
/// <param name="Number">The newest message that is answered.</param>
/// <param name="Lines">The newest of the conversation, oldest first; empty for a voice that asks nobody.</param>
/// <param name="IsDegraded">Pet or owner could not be asked; mood or language is a default.</param>
public sealed record PetTalk(
    string UserId,
    string? Name,
    PetMood Mood,
    string Language,
    long Number,
    ImmutableArray<PetLine> Lines,
    bool IsDegraded
)
{
    public const int MostLines = 20;
}

public sealed record PetLine(PetLineKind Kind, string Text);

public enum PetLineKind
{
    /// <summary>Typed by the owner.</summary>
    Owner,

    /// <summary>Said by the pet itself.</summary>
    Pet,

    /// <summary>Said in the pet's name by the owner or her app.</summary>
    ForPet,
}
