using System.Net;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

public sealed class ParsedTemplateTests
{
    private static readonly string[] Names =
    [
        "userName",
        "modelName",
        "amount",
        "currency",
        "mood",
        "tier",
        "customMessage",
        "time",
        "date",
    ];

    /// <summary>What somebody would type to get out of a message.</summary>
    public static readonly TheoryData<string> Attacks =
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</p><svg/onload=alert(1)//",
        "\"><script>alert(1)</script>",
        "' onmouseover='alert(1)",
        "` onmouseover=`alert(1)",
        "<!--",
        "<![CDATA[<script>]]>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;",
        "javascript:alert(1)",
        "{{amount}}",
        "{{",
        "}}",
        "{{{{amount}}}}",
        "{{userName}}",
        "a}}{{amount}}{{b",
        "{{customMessage}}{{modelName}}{{tier}}",
        "$1 $& \\1 {0} %s ${amount} #{amount} <%= amount %>",
        "O'Neill & Söhne <3 \"quoted\"",
        "😀👩‍👩‍👧‍👦🇨🇴",
        "日本語 العربية עברית ไทย",
        "e\u0301 n\u0303",
        "\uFF1Cscript\uFF1E",
    ];

    [Theory, Trait("Spec", "TE-2")]
    [InlineData("{{userName}}", "Bo")]
    [InlineData("{{modelName}}", "Ana")]
    [InlineData("{{amount}}", "50")]
    [InlineData("{{currency}}", "$")]
    [InlineData("{{mood}}", "positive")]
    [InlineData("{{tier}}", "gold")]
    [InlineData("{{customMessage}}", "Feeling great!")]
    [InlineData("{{time}}", "3:45 PM")]
    [InlineData("{{date}}", "Jan 2, 2026")]
    [InlineData("{{currency}}{{amount}} from {{userName}}, {{userName}}!", "$50 from Bo, Bo!")]
    [InlineData("No variable at all 💎", "No variable at all 💎")]
    public void Every_variable_is_replaced_by_its_value(string content, string message) =>
        Assert.Equal(message, Render(content, Drafts.Everything).Value);

    [Fact, Trait("Spec", "TE-2")]
    public void Variables_are_listed_once_in_the_order_of_their_first_use() =>
        Assert.Equal(
            ["date", "userName", "amount"],
            Parse("{{date}} {{userName}} {{amount}} {{userName}} {{date}}").Variables
        );

    [Theory, Trait("Spec", "TE-2")]
    [InlineData("Hello {{user}}", "\"user\"")]
    [InlineData("Hello {{ userName }}", "\" userName \"")]
    [InlineData("Hello {{UserName}}", "\"UserName\"")]
    [InlineData("{{constructor}}", "\"constructor\"")]
    [InlineData("{{userName.length}}", "\"userName.length\"")]
    [InlineData("{{this_name_goes_on_and_on_and_on_and_on_for_ever}}", "\"this_name_goes_on_and_on_and_on_and_on_f…\"")]
    public void An_unknown_variable_is_refused_by_name(string content, string named)
    {
        var refusal = ParsedTemplate.Parse(content).Refusal;

        Assert.Equal(TemplateRefusals.InvalidTemplateCode, refusal?.Code);
        Assert.Contains(named, refusal!.Message, StringComparison.Ordinal);
    }

    [Theory, Trait("Spec", "TE-2")]
    [InlineData("Hello {{userName", 7)]
    [InlineData("Hello {{userName}", 7)]
    [InlineData("Hello userName}}", 15)]
    [InlineData("Hello {userName}", 7)]
    [InlineData("{{{userName}}}", 1)]
    [InlineData("{{userName}}}", 13)]
    [InlineData("{{}}", 1)]
    [InlineData("{{userName}} {{ {{amount}}", 14)]
    [InlineData("{{user{Name}}", 1)]
    [InlineData("{", 1)]
    [InlineData("ab}", 3)]
    public void Broken_braces_are_refused_with_their_place(string content, int character)
    {
        var refusal = ParsedTemplate.Parse(content).Refusal;

        Assert.Equal(TemplateRefusals.InvalidTemplateCode, refusal?.Code);
        Assert.Contains($"character {character} ", refusal!.Message, StringComparison.Ordinal);
    }

    [Theory, Trait("Spec", "TE-2")]
    [InlineData("userName")]
    [InlineData("modelName")]
    [InlineData("amount")]
    [InlineData("currency")]
    [InlineData("mood")]
    [InlineData("tier")]
    [InlineData("time")]
    [InlineData("date")]
    public void A_variable_without_a_value_is_refused_by_name(string name)
    {
        foreach (var nothing in new[] { null, "", "  " })
        {
            var refusal = Render($"Hello {{{{{name}}}}}", With(Drafts.Everything, name, nothing)).Refusal;

            Assert.Equal(TemplateRefusals.MissingVariableCode, refusal?.Code);
            Assert.Contains(name, refusal!.Message, StringComparison.Ordinal);
        }
    }

    [Fact, Trait("Spec", "TE-2")]
    public void A_missing_custom_message_is_empty_and_leaves_no_space_behind() =>
        Assert.Equal("Hello Bo!", Render("Hello {{userName}}! {{customMessage}}", new TemplateValues("Bo")).Value);

    [Fact, Trait("Spec", "TE-2")]
    public void Values_of_variables_that_the_template_does_not_use_are_not_needed() =>
        Assert.Equal("Hello Bo", Render("Hello {{userName}}", new TemplateValues("Bo")).Value);

    [Theory, Trait("Spec", "TE-2")]
    [MemberData(nameof(Attacks))]
    public void No_value_injects_markup_or_another_variable_and_each_reads_as_it_was_typed(string typed)
    {
        foreach (var name in Names)
        {
            var message = Render($"(({{{{{name}}}}}))", With(Drafts.Everything, name, typed)).Value!;

            Assert.False(message.AsSpan().ContainsAny("<>\"'`"), message);
            Assert.Equal($"(({typed}))", WebUtility.HtmlDecode(message));
        }
    }

    [Theory, Trait("Spec", "TE-2")]
    [MemberData(nameof(Attacks))]
    public void A_tag_cannot_be_pieced_together_from_values_and_what_stands_between_them(string typed)
    {
        var values = Drafts.Everything with { UserName = typed, ModelName = typed };

        var message = Render("<{{userName}}{{modelName}}>&{{userName}};", values).Value!;

        Assert.False(message.AsSpan().ContainsAny('<', '>'), message);
        Assert.Equal($"<{typed}{typed}>&{typed};", WebUtility.HtmlDecode(message));
    }

    [Fact, Trait("Spec", "TE-2")]
    public void Characters_that_nobody_sees_or_that_turn_the_text_around_are_dropped() =>
        Assert.Equal(
            "abc\nd",
            Render("{{userName}}", new TemplateValues("\u0000a\u202Eb\u0007\u2066c\n\u001Bd\u0085")).Value
        );

    [Fact, Trait("Spec", "TE-2")]
    public void Half_a_character_is_replaced() =>
        Assert.Equal("a\uFFFDb", Render("{{userName}}", new TemplateValues("a\uD83Db")).Value);

    [Fact, Trait("Spec", "TE-2")]
    public void Any_template_with_any_values_decodes_to_the_plain_text_of_both()
    {
        var random = new Random(20260301);
        string[] pieces =
        [
            "Hello ",
            "<b>",
            "&amp;",
            "😀",
            "\n",
            "'\"`",
            ".",
            "a > b",
            .. Names.Select(static n => $"{{{{{n}}}}}"),
        ];
        string[] typed = [.. Attacks.Select(static row => row.Data)];
        for (var round = 0; round < 2_000; round++)
        {
            var values = Names.Aggregate(
                new TemplateValues(),
                (sum, name) => With(sum, name, typed[random.Next(typed.Length)])
            );
            var parts = random.GetItems(pieces, random.Next(1, 12));

            var message = Render(string.Concat(parts), values).Value!;

            var plain = string.Concat(
                parts.Select(part => Array.Exists(Names, n => part == $"{{{{{n}}}}}") ? Of(values, part[2..^2]) : part)
            );
            Assert.Equal(plain.Trim(), WebUtility.HtmlDecode(message));
            Assert.False(message.AsSpan().ContainsAny('<', '>'), message);
        }
    }

    [Fact, Trait("Spec", "TE-2")]
    public void A_value_has_at_most_500_characters()
    {
        Assert.Equal(new string('x', 500), Render("{{userName}}", new TemplateValues(new string('x', 500))).Value);

        var refusal = Render("{{userName}}", new TemplateValues(new string('x', 501))).Refusal;

        Assert.Equal(TemplateRefusals.InvalidVariableCode, refusal?.Code);
        Assert.Contains("userName", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "TE-2")]
    public void A_message_has_at_most_16000_characters_however_often_a_value_is_repeated()
    {
        var value = new TemplateValues(new string('x', 500));
        var thirtyTwo = string.Concat(Enumerable.Repeat("{{userName}}", 32));

        Assert.Equal(16_000, Render(thirtyTwo, value).Value!.Length);
        Assert.Equal(TemplateRefusals.MessageTooLongCode, Render(thirtyTwo + ".", value).Refusal?.Code);
        // It is the encoded length that counts.
        Assert.Equal(
            TemplateRefusals.MessageTooLongCode,
            Render(thirtyTwo, new TemplateValues(new string('<', 500))).Refusal?.Code
        );
    }

    private static ParsedTemplate Parse(string content) => ParsedTemplate.Parse(content).Value!;

    private static GrainInterfaces.Outcomes.Outcome<string> Render(string content, TemplateValues values) =>
        Parse(content).Render(values);

    private static TemplateValues With(TemplateValues values, string name, string? value) =>
        name switch
        {
            "userName" => values with { UserName = value },
            "modelName" => values with { ModelName = value },
            "amount" => values with { Amount = value },
            "currency" => values with { Currency = value },
            "mood" => values with { Mood = value },
            "tier" => values with { Tier = value },
            "customMessage" => values with { CustomMessage = value },
            "time" => values with { Time = value },
            _ => values with { Date = value },
        };

    private static string? Of(TemplateValues values, string name) =>
        name switch
        {
            "userName" => values.UserName,
            "modelName" => values.ModelName,
            "amount" => values.Amount,
            "currency" => values.Currency,
            "mood" => values.Mood,
            "tier" => values.Tier,
            "customMessage" => values.CustomMessage,
            "time" => values.Time,
            _ => values.Date,
        };
}
