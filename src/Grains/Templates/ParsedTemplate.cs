using System.Collections.Immutable;
using System.Text;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Texts;

namespace Actors.Grains.Templates;

/// <summary>
/// A template's content as literals and variables, read once when it is saved or loaded. Rendering only joins: what a
/// value contains is never read again, so it cannot name a variable.
/// </summary>
public sealed class ParsedTemplate
{
    public const int MaxValueLength = 500;
    public const int MaxMessageLength = 16_000;

    private const int MaxQuotedLength = 40;

    private readonly ImmutableArray<Segment> _segments;
    private readonly ImmutableArray<TemplateVariable> _variables;

    private ParsedTemplate(ImmutableArray<Segment> segments)
    {
        _segments = segments;
        _variables =
        [
            .. segments.Where(static segment => segment.Literal is null).Select(static s => s.Variable).Distinct(),
        ];
        Variables = _variables.Select(TemplateVariables.NameOf).ToArray();
    }

    /// <summary>The names of the variables in the order of their first use.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Refuses unknown variables and every brace that is not part of a variable.</summary>
    public static Outcome<ParsedTemplate> Parse(string content)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var rest = content.AsSpan();
        while (rest.IndexOfAny('{', '}') is >= 0 and var brace)
        {
            AddLiteral(segments, rest[..brace]);
            rest = rest[brace..];
            var end = rest.IndexOf("}}");
            var name = rest.StartsWith("{{") && end >= 2 ? rest[2..end] : default;
            if (name.IsEmpty || name.ContainsAny('{', '}'))
            {
                return TemplateRefusals.InvalidTemplate(
                    $"The braces at character {content.Length - rest.Length + 1} are broken; a variable is written {{{{userName}}}}."
                );
            }
            if (!TemplateVariables.TryParse(name, out var variable))
            {
                return TemplateRefusals.InvalidTemplate(
                    $"There is no variable {Quoted(name)}; a template may use {Known()}."
                );
            }
            segments.Add(new Segment(null, variable));
            rest = rest[(end + 2)..];
        }
        AddLiteral(segments, rest);
        return new ParsedTemplate(segments.ToImmutable());
    }

    /// <summary>The message as HTML text; refused when a value is missing or too long.</summary>
    public Outcome<string> Render(TemplateValues values)
    {
        var encoded = new string?[TemplateVariables.Count];
        foreach (var variable in _variables)
        {
            if (TemplateVariables.ValueOf(values, variable) is not { } value)
            {
                return TemplateRefusals.MissingVariable(TemplateVariables.NameOf(variable));
            }
            if (!TextLength.IsWithin(value, MaxValueLength))
            {
                return TemplateRefusals.InvalidVariable(
                    $"{TemplateVariables.NameOf(variable)} has at most {MaxValueLength} characters."
                );
            }
            encoded[(int)variable] = HtmlText.OfValue(value);
        }
        var length = _segments.Sum(segment => segment.In(encoded).Length);
        if (length > MaxMessageLength)
        {
            return TemplateRefusals.MessageTooLong(MaxMessageLength);
        }
        var message = new StringBuilder(length);
        foreach (var segment in _segments)
        {
            message.Append(segment.In(encoded));
        }
        // A value that is empty leaves no space behind at the ends.
        return message.ToString().Trim();
    }

    private static void AddLiteral(ImmutableArray<Segment>.Builder segments, ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            segments.Add(new Segment(HtmlText.OfLiteral(text.ToString()), default));
        }
    }

    private static string Quoted(ReadOnlySpan<char> name) =>
        name.Length > MaxQuotedLength ? $"\"{name[..MaxQuotedLength]}…\"" : $"\"{name}\"";

    private static string Known() =>
        string.Join(", ", Enum.GetValues<TemplateVariable>().Select(TemplateVariables.NameOf));

    private readonly record struct Segment(string? Literal, TemplateVariable Variable)
    {
        public string In(string?[] values) => Literal ?? values[(int)Variable]!;
    }
}
