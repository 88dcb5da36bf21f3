using System.Collections.Frozen;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using static Actors.GrainInterfaces.Moods.MoodState;
using static Actors.GrainInterfaces.Templates.TemplateType;

namespace Actors.Grains.Templates;

/// <summary>
/// What a new system answers with: a general template for every mood and type, and a few for loyal users. Their priority is
/// 0, so that whatever an admin adds comes first. Their ids and their first versions never change once released.
/// </summary>
public static class ShippedTemplates
{
    public const string Author = "system";

    private static readonly DateTimeOffset ReleasedAt = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    // Arrays, because templates travel in messages, and the list types behind collection expressions cannot.
    private static readonly string[] Tags = ["shipped"];

    public static readonly IReadOnlyList<StoredTemplate> All =
    [
        General(
            "neutral-greeting",
            Neutral,
            Greeting,
            "Hello {{userName}}, good to see you. You are chatting with {{modelName}}."
        ),
        General("neutral-farewell", Neutral, Farewell, "Goodbye {{userName}}, and thank you for your visit."),
        General(
            "neutral-auto-response",
            Neutral,
            AutoResponse,
            "Hello {{userName}}, your message has arrived. {{modelName}} answers as soon as possible."
        ),
        General(
            "neutral-tip-thank-you",
            Neutral,
            TipThankYou,
            "Thank you for your tip of {{amount}}, {{userName}}. It is much appreciated."
        ),
        General(
            "positive-greeting",
            Positive,
            Greeting,
            "Hi {{userName}}! 😊 What a lovely moment for you to drop in. {{customMessage}}"
        ),
        General(
            "positive-farewell",
            Positive,
            Farewell,
            "That was fun, {{userName}}! 🌟 Come back soon, {{modelName}} will be glad."
        ),
        General(
            "positive-auto-response",
            Positive,
            AutoResponse,
            "Hey {{userName}}! 😊 Got your message, back with you in a moment. {{customMessage}}"
        ),
        General(
            "positive-tip-thank-you",
            Positive,
            TipThankYou,
            "You made my day, {{userName}}! 🎉 A big thank you for {{amount}}."
        ),
        General("negative-greeting", Negative, Greeting, "Hello {{userName}}. It is a quiet day here today."),
        General("negative-farewell", Negative, Farewell, "Take care, {{userName}}. Until another time."),
        General(
            "negative-auto-response",
            Negative,
            AutoResponse,
            "Hello {{userName}}, I need a little time. You will hear from me later."
        ),
        General(
            "negative-tip-thank-you",
            Negative,
            TipThankYou,
            "Thank you, {{userName}}. Your {{amount}} is noticed."
        ),
        Tiered(
            "positive-greeting-gold",
            Positive,
            Greeting,
            LoyaltyTier.Gold,
            "Welcome back, {{userName}}! 💛 A gold member always brightens my day. {{customMessage}}"
        ),
        Tiered(
            "positive-greeting-platinum",
            Positive,
            Greeting,
            LoyaltyTier.Platinum,
            "{{userName}}, there you are! 💎 I was hoping to see you today. {{customMessage}}"
        ),
        Tiered(
            "neutral-tip-thank-you-gold",
            Neutral,
            TipThankYou,
            LoyaltyTier.Gold,
            "Thank you for your tip of {{amount}}, {{userName}}. Gold members like you keep this place going. 💛"
        ),
        Tiered(
            "positive-tip-thank-you-platinum",
            Positive,
            TipThankYou,
            LoyaltyTier.Platinum,
            "{{amount}}, {{userName}}? 💎 I am speechless. Thank you with all my heart!"
        ),
    ];

    private static readonly FrozenDictionary<string, StoredTemplate> ById = All.ToFrozenDictionary(static template =>
        template.Id
    );

    public static StoredTemplate? Find(string id) => ById.GetValueOrDefault(id);

    private static StoredTemplate General(string id, MoodState mood, TemplateType type, string content) =>
        Shipped(id, new TemplateDraft(mood, type, null, content, 0, true, Tags, Array.Empty<TemplateVariant>()));

    private static StoredTemplate Tiered(
        string id,
        MoodState mood,
        TemplateType type,
        LoyaltyTier tier,
        string content
    ) => Shipped(id, new TemplateDraft(mood, type, tier, content, 0, true, Tags, Array.Empty<TemplateVariant>()));

    private static StoredTemplate Shipped(string id, TemplateDraft draft) =>
        new(id, draft, 0, ReleasedAt, Author, ReleasedAt, Author, [0]);
}
