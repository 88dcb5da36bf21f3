namespace Actors.GrainInterfaces.Menus;

/// <summary>A member of a change: left out it stays as it was; given it is set, and given as null it is taken away.</summary>
[GenerateSerializer, Immutable, Alias("Optional`1")]
public readonly record struct Optional<T>
{
    private Optional(T value) => (IsGiven, Value) = (true, value);

    [Id(0)]
    public bool IsGiven { get; private init; }

    /// <summary>Meaningful only when <see cref="IsGiven"/>.</summary>
    [Id(1)]
    public T? Value { get; private init; }

    public static implicit operator Optional<T>(T value) => new(value);

    public T? Or(T? before) => IsGiven ? Value : before;
}
