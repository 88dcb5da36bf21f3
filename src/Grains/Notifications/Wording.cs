using System.Collections.Immutable;
using System.Globalization;
using Actors.GrainInterfaces.Notifications;

namespace Actors.Grains.Notifications;

/// <summary>
/// How something is said in one language. <c>{item}</c> is a fact. <c>{tokens:# token|# tokens}</c> has one form for one
/// and another for all other numbers, with the number in place of <c>#</c>. What is in <c>[…]</c> is said when all facts in
/// it are given; what follows a <c>|</c> in it is said otherwise.
/// </summary>
public sealed class Wording
{
    private readonly ImmutableArray<Part> _parts;

    private Wording(ImmutableArray<Part> parts) => _parts = parts;

    /// <summary>Facts without which the text has a hole.</summary>
    public IEnumerable<string> Needed => _parts.SelectMany(static part => part.Needed).Distinct();

    /// <summary>Facts that the text can do without.</summary>
    public IEnumerable<string> Optional =>
        _parts.OfType<Choice>().SelectMany(static part => part.Known.Needed).Distinct();

    /// <exception cref="FormatException">A bracket is not closed.</exception>
    public static Wording Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        for (var rest = text; rest.Length > 0; )
        {
            var length = rest[0] switch
            {
                '{' => End(rest, '}') + 1,
                '[' => End(rest, ']') + 1,
                _ => rest.IndexOfAny(['{', '[']) is > 0 and var next ? next : rest.Length,
            };
            parts.Add(
                rest[0] switch
                {
                    '{' => Fact(rest[1..(length - 1)]),
                    '[' => Choose(rest[1..(length - 1)]),
                    _ => new Literal(rest[..length]),
                }
            );
            rest = rest[length..];
        }
        return new Wording(parts.DrainToImmutable());
    }

    public string Say(NotificationFacts facts, Reader reader) =>
        string.Concat(_parts.Select(part => part.Say(facts, reader)));

    private static int End(string text, char bracket) =>
        text.IndexOf(bracket) is > 0 and var end ? end : throw new FormatException($"No {bracket} ends '{text}'.");

    private static Part Fact(string text)
    {
        var (name, forms) = Split(text, text.IndexOf(':'));
        if (forms is null)
        {
            return new Value(name);
        }
        var (one, others) = Split(forms, forms.IndexOf('|'));
        return new Counted(name, one, others ?? throw new FormatException($"'{text}' has one form only."));
    }

    private static Choice Choose(string text)
    {
        // Bars within braces are those of numbers.
        var depth = 0;
        var bar = -1;
        for (var index = 0; index < text.Length && bar < 0; index++)
        {
            depth += text[index] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            bar = depth == 0 && text[index] == '|' ? index : bar;
        }
        var (known, otherwise) = Split(text, bar);
        return new Choice(Parse(known), Parse(otherwise ?? ""));
    }

    private static (string Before, string? After) Split(string text, int at) =>
        at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);

    private abstract record Part
    {
        public virtual IEnumerable<string> Needed => [];

        public abstract string Say(NotificationFacts facts, Reader reader);
    }

    private sealed record Literal(string Text) : Part
    {
        public override string Say(NotificationFacts facts, Reader reader) => Text;
    }

    private sealed record Value(string Name) : Part
    {
        public override IEnumerable<string> Needed => [Name];

        public override string Say(NotificationFacts facts, Reader reader) => FactText.Of(facts, Name, reader);
    }

    private sealed record Counted(string Name, string One, string Others) : Part
    {
        public override IEnumerable<string> Needed => [Name];

        public override string Say(NotificationFacts facts, Reader reader)
        {
            var number = FactText.ValueOf(facts, Name) as long?;
            return (number == 1 ? One : Others).Replace("#", number?.ToString(CultureInfo.InvariantCulture));
        }
    }

    private sealed record Choice(Wording Known, Wording Otherwise) : Part
    {
        public override IEnumerable<string> Needed => Otherwise.Needed;

        public override string Say(NotificationFacts facts, Reader reader) =>
            (Known.Needed.All(name => FactText.ValueOf(facts, name) is not null) ? Known : Otherwise).Say(
                facts,
                reader
            );
    }
}
