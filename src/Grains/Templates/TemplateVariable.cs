using System.Collections.Frozen;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

public enum TemplateVariable
{
    UserName,
    ModelName,
    Amount,
    Currency,
    Mood,
    Tier,
    CustomMessage,
    Time,
    Date,
}

/// <summary>The variables by the names that authors write.</summary>
public static class TemplateVariables
{
    private static readonly FrozenDictionary<string, TemplateVariable> ByName = Enum.GetValues<TemplateVariable>()
        .ToFrozenDictionary(NameOf);

    private static readonly FrozenDictionary<string, TemplateVariable>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static int Count => ByName.Count;

    public static bool TryParse(ReadOnlySpan<char> name, out TemplateVariable variable) =>
        BySpan.TryGetValue(name, out variable);

    public static string NameOf(TemplateVariable variable) =>
        variable switch
        {
            TemplateVariable.UserName => "userName",
            TemplateVariable.ModelName => "modelName",
            TemplateVariable.Amount => "amount",
            TemplateVariable.Currency => "currency",
            TemplateVariable.Mood => "mood",
            TemplateVariable.Tier => "tier",
            TemplateVariable.CustomMessage => "customMessage",
            TemplateVariable.Time => "time",
            TemplateVariable.Date => "date",
            _ => throw new ArgumentOutOfRangeException(nameof(variable)),
        };

    /// <summary>The value to show; null when it is not known. A model without a custom message simply says nothing.</summary>
    public static string? ValueOf(TemplateValues values, TemplateVariable variable) =>
        variable switch
        {
            TemplateVariable.UserName => Known(values.UserName),
            TemplateVariable.ModelName => Known(values.ModelName),
            TemplateVariable.Amount => Known(values.Amount),
            TemplateVariable.Currency => Known(values.Currency),
            TemplateVariable.Mood => Known(values.Mood),
            TemplateVariable.Tier => Known(values.Tier),
            TemplateVariable.CustomMessage => values.CustomMessage ?? "",
            TemplateVariable.Time => Known(values.Time),
            TemplateVariable.Date => Known(values.Date),
            _ => throw new ArgumentOutOfRangeException(nameof(variable)),
        };

    private static string? Known(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
