using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;

namespace Actors.Grains.Tests.Templates;

/// <summary>Drafts and commands that tests vary.</summary>
internal static class Drafts
{
    public static readonly Actor Root = new(ActorRole.Admin, "root", "198.51.100.1", "console");
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TemplateValues Everything = new(
        "Bo",
        "Ana",
        "50",
        "$",
        "positive",
        "gold",
        "Feeling great!",
        "3:45 PM",
        "Jan 2, 2026"
    );

    public static TemplateDraft Draft(
        string content = "Hello {{userName}}",
        MoodState mood = MoodState.Positive,
        TemplateType type = TemplateType.Greeting,
        LoyaltyTier? tier = null,
        int priority = 100,
        bool active = true,
        string[]? tags = null,
        params TemplateVariant[] variants
    ) => new(mood, type, tier, content, priority, active, tags ?? [], variants);

    public static TemplateCatalog With(this TemplateCatalog catalog, TemplateDraft draft) =>
        TemplateRules.Evolve(
            catalog,
            TemplateRules.Decide(catalog, new CreateTemplate(Root, draft), Now).Value
                ?? throw new InvalidOperationException("The draft is refused.")
        );

    public static string NewestId(this TemplateCatalog catalog) => $"t{catalog.Events}";
}
