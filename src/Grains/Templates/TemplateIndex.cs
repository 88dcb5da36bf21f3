using System.Collections.Frozen;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

/// <summary>One state of the catalog made ready for reading: everything parsed, every best match known beforehand.</summary>
public sealed class TemplateIndex
{
    /// <summary>What answers when the catalog itself cannot be reached.</summary>
    public static readonly TemplateIndex Shipped = new(TemplateCatalog.Shipped);

    private readonly FrozenDictionary<string, IndexedTemplate> _byId;
    private readonly FrozenDictionary<(MoodState, TemplateType, LoyaltyTier?), IndexedTemplate> _best;
    private readonly IndexedTemplate[] _listed;

    /// <param name="previous">An earlier state, whose unchanged templates are not parsed again.</param>
    public TemplateIndex(TemplateCatalog catalog, TemplateIndex? previous = null)
    {
        _byId = catalog
            .All()
            .Select(template => previous?.Unchanged(template) ?? new IndexedTemplate(template))
            .ToFrozenDictionary(static entry => entry.Template.Id);
        _best = _byId
            .Values.Where(static entry => entry.Template.Draft.Active)
            .GroupBy(static entry => SlotOf(entry.Template.Draft))
            .ToFrozenDictionary(static slot => slot.Key, static slot => slot.OrderBy(Rank).First());
        _listed =
        [
            .. _byId
                .Values.OrderBy(static entry => entry.Template.Draft.MoodState)
                .ThenBy(static entry => entry.Template.Draft.TemplateType)
                .ThenBy(static entry => entry.Template.Draft.TierLevel)
                .ThenBy(Rank),
        ];
    }

    public TemplateView? Find(string id) => _byId.GetValueOrDefault(id)?.View;

    public TemplatePage List(ListTemplates query)
    {
        var found = _listed.Where(entry => IsAskedFor(entry.Template.Draft, query)).ToArray();
        return new TemplatePage(
            found.Skip(query.Offset).Take(query.Limit).Select(static entry => entry.View).ToArray(),
            found.Length
        );
    }

    public Outcome<TemplateMatch> Match(MatchTemplate query) =>
        Best(query) is { } best ? best.For(query.UserId).Match : TemplateRefusals.NoMatch;

    public Outcome<RenderedTemplate> Render(RenderTemplate query)
    {
        if (Best(query.Match) is not { } best)
        {
            return TemplateRefusals.NoMatch;
        }
        var (match, content) = best.For(query.Match.UserId);
        return content
            .Render(query.Values)
            .Map(message => new RenderedTemplate(
                match.TemplateId,
                match.Version,
                match.Variant,
                message,
                match.MoodState
            ));
    }

    private IndexedTemplate? Best(MatchTemplate query) =>
        query.Tier is { } tier && _best.TryGetValue((query.MoodState, query.TemplateType, tier), out var exact)
            ? exact
            : _best.GetValueOrDefault((query.MoodState, query.TemplateType, null));

    private IndexedTemplate? Unchanged(StoredTemplate template) =>
        _byId.GetValueOrDefault(template.Id) is { } entry && ReferenceEquals(entry.Template, template) ? entry : null;

    private static (MoodState, TemplateType, LoyaltyTier?) SlotOf(TemplateDraft draft) =>
        (draft.MoodState, draft.TemplateType, draft.TierLevel);

    /// <summary>The best one first; the id only settles what shipped together.</summary>
    private static (int, long, string) Rank(IndexedTemplate entry) =>
        (-entry.Template.Draft.Priority, -entry.Template.Order, entry.Template.Id);

    private static bool IsAskedFor(TemplateDraft draft, ListTemplates query) =>
        (query.MoodState is null || query.MoodState == draft.MoodState)
        && (query.Active is null || query.Active == draft.Active)
        && (query.TemplateType is null || query.TemplateType == draft.TemplateType)
        && (query.Tag is null || draft.Tags.Contains(query.Tag));
}
