namespace Actors.GrainInterfaces.Outcomes;

/// <summary>What a call came to: its answer, or the reason why it was refused. Exceptions are for bugs and broken infrastructure.</summary>
[GenerateSerializer, Immutable, Alias("Outcome`1")]
public sealed record Outcome<T>
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The answer; meaningful only when <see cref="Refusal"/> is null.</summary>
    [Id(0)]
    public T? Value { get; private init; }

    [Id(1)]
    public Refusal? Refusal { get; private init; }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    /// <summary>Turns the answer into another one and passes a refusal on.</summary>
    public Outcome<TOther> Map<TOther>(Func<T, TOther> map) =>
        Refusal is null ? new Outcome<TOther>(map(Value!), null) : new Outcome<TOther>(default, Refusal);
}

/// <summary>An expected no. The code is stable and part of the API; the message is for a person.</summary>
/// <param name="ResetTime">When trying again can succeed, where that is known.</param>
/// <param name="Figures">Numbers that a program needs to go on, by their names in the API.</param>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] DateTimeOffset? ResetTime = null,
    [property: Id(3)] IReadOnlyDictionary<string, long>? Figures = null
);

/// <summary>The answer of a command that has nothing to tell but that it is done.</summary>
[GenerateSerializer, Immutable, Alias("Done")]
public sealed record Done
{
    public static readonly Done It = new();
}
