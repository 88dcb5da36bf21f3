using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

/// <summary>One template made ready for reading: its content and each variant parsed, its answers built.</summary>
internal sealed class IndexedTemplate
{
    private readonly (TemplateMatch Match, ParsedTemplate Content) _own;
    private readonly (TemplateMatch Match, ParsedTemplate Content)[] _variants;

    public IndexedTemplate(StoredTemplate template)
    {
        Template = template;
        _own = Ready(null, template.Draft.Content);
        _variants = [.. template.Draft.Variants.Select(variant => Ready(variant.Name, variant.Content))];
        View = new TemplateView(
            template.Id,
            template.Version,
            template.Draft,
            _variants.Prepend(_own).SelectMany(static ready => ready.Match.Variables).Distinct().ToArray(),
            template.CreatedAt,
            template.CreatedBy,
            template.UpdatedAt,
            template.UpdatedBy
        );
    }

    public StoredTemplate Template { get; }

    public TemplateView View { get; }

    /// <summary>Renders a template that is used by its id, with the variant that this user gets wherever it is used.</summary>
    public static Outcome<RenderedTemplate> Render(TemplateView template, string? userId, TemplateValues values)
    {
        var draft = template.Draft;
        var variant = VariantChoice.Of(draft.Variants, userId, template.Id) is { } index ? draft.Variants[index] : null;
        var parsed = ParsedTemplate.Parse(variant?.Content ?? draft.Content);
        return parsed.Refusal is { } refusal
            ? refusal
            : parsed
                .Value!.Render(values)
                .Map(text => new RenderedTemplate(template.Id, template.Version, variant?.Name, text, draft.MoodState));
    }

    public (TemplateMatch Match, ParsedTemplate Content) For(string? userId) =>
        VariantChoice.Of(Template.Draft.Variants, userId, Template.Id) is { } index ? _variants[index] : _own;

    private (TemplateMatch Match, ParsedTemplate Content) Ready(string? variant, string content)
    {
        var parsed = ParsedTemplate.Parse(content);
        if (parsed.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"Template {Template.Id} cannot be read: {refusal.Message}");
        }
        var match = new TemplateMatch(
            Template.Id,
            Template.Version,
            variant,
            content,
            Template.Draft.MoodState,
            parsed.Value!.Variables
        );
        return (match, parsed.Value);
    }
}
