using System.Diagnostics.CodeAnalysis;

namespace Actors.GrainInterfaces.Identity;

[GenerateSerializer, Immutable, Alias("ModelId")]
public readonly record struct ModelId
{
    private ModelId(string value) => Value = value;

    [Id(0)]
    public string Value { get; private init; }

    public static ModelId Parse(string text) => new(Identifier.Checked(text, "model id"));

    public static bool TryParse([NotNullWhen(true)] string? text, out ModelId id)
    {
        var valid = Identifier.IsValid(text);
        id = valid ? new ModelId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
