using System.Diagnostics.CodeAnalysis;

namespace Actors.GrainInterfaces.Identity;

[GenerateSerializer, Immutable, Alias("UserId")]
public readonly record struct UserId
{
    private UserId(string value) => Value = value;

    [Id(0)]
    public string Value { get; private init; }

    public static UserId Parse(string text) => new(Identifier.Checked(text, "user id"));

    public static bool TryParse([NotNullWhen(true)] string? text, out UserId id)
    {
        var valid = Identifier.IsValid(text);
        id = valid ? new UserId(text!) : default;
        return valid;
    }

    public override string ToString() => Value;
}
