using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;

namespace Actors.Grains.Templates;

/// <summary>The catalog, always in memory and ready for reading.</summary>
[GrainType("templates")]
public sealed class TemplateCatalogGrain(IGrainContext context, DurableServices services, PolicyInForce policy)
    : EventSourcedGrain<TemplateCatalog, TemplateEvent>(context, services, Definition),
        ITemplateCatalogGrain
{
    private static readonly Aggregate<TemplateCatalog, TemplateEvent> Definition = new()
    {
        Initial = TemplateCatalog.Shipped,
        Evolve = TemplateRules.Evolve,
        EventJson = TemplateJson.Default.TemplateEvent,
        StateJson = TemplateJson.Default.TemplateCatalog,
    };

    private (TemplateCatalog Catalog, TemplateIndex Index) _ready = (TemplateCatalog.Shipped, TemplateIndex.Shipped);

    public async Task<Outcome<TemplateView>> Create(CreateTemplate command)
    {
        var prohibited = await policy.GetAsync();
        return await Apply(
            Screen(TemplateRules.Decide(Current, command, Now), prohibited),
            (created, _) => View(created.Id)
        );
    }

    public async Task<Outcome<TemplateView>> Update(UpdateTemplate command)
    {
        var prohibited = await policy.GetAsync();
        return await Apply(Screen(TemplateRules.Decide(Current, command, Now), prohibited), () => View(command.Id));
    }

    public async Task<Outcome<TemplateView>> Rollback(RollBackTemplate command)
    {
        var prohibited = await policy.GetAsync();
        // A version is found by its durable event, and one that is on its way may be asked for.
        await WhenDurable();
        if (Durable.Find(command.Id) is not { } template)
        {
            return TemplateRefusals.UnknownId;
        }
        return await VersionAsync(template, command.Version) is { } old
            ? await Apply(
                Screen(TemplateRules.Decide(Current, command, old.Draft, Now), prohibited),
                () => View(command.Id)
            )
            : TemplateRefusals.VersionNotFound;
    }

    public ValueTask<Outcome<TemplateView>> Get(string id) => new(View(id));

    public ValueTask<TemplatePage> List(ListTemplates query) => new(Index().List(query));

    public async Task<Outcome<TemplateVersionPage>> Versions(string id, int limit, int offset)
    {
        if (Durable.Find(id) is not { } template)
        {
            return TemplateRefusals.UnknownId;
        }
        var newest = template.Version - offset;
        var versions = new List<TemplateVersion>();
        for (var version = newest; version > Math.Max(0, newest - limit); version--)
        {
            if (await VersionAsync(template, version) is { } found)
            {
                versions.Add(found);
            }
        }
        return new TemplateVersionPage(versions, template.Version);
    }

    public ValueTask<Outcome<TemplateMatch>> Match(MatchTemplate query) => new(Index().Match(query));

    public ValueTask<Outcome<RenderedTemplate>> Render(RenderTemplate query) => new(Index().Render(query));

    private Outcome<T> Screen<T>(Outcome<T> decision, ProhibitedContent prohibited)
        where T : TemplateEvent?
    {
        var catalog = Current;
        return prohibited.Screen(decision, (decided, by) => TemplateRules.RefuseContent(catalog, decided, by));
    }

    private async ValueTask<TemplateVersion?> VersionAsync(StoredTemplate template, int version)
    {
        if (version < 1 || version > template.Version)
        {
            return null;
        }
        var position = template.Positions[version - 1];
        if (position == 0)
        {
            return ShippedTemplates.Find(template.Id) is { } shipped
                ? new TemplateVersion(version, shipped.Draft, shipped.CreatedAt, shipped.CreatedBy)
                : null;
        }
        var (_, @event) = (await ReadBackwardAsync(position + 1, 1))[0];
        var restored = (@event as TemplateRolledBack)?.RestoredVersion;
        return new TemplateVersion(version, @event.Draft, @event.At, @event.Actor.Id, restored);
    }

    private Outcome<TemplateView> View(string id) => Index().Find(id) is { } view ? view : TemplateRefusals.UnknownId;

    private TemplateIndex Index()
    {
        var catalog = Durable;
        if (!ReferenceEquals(_ready.Catalog, catalog))
        {
            _ready = (catalog, new TemplateIndex(catalog, _ready.Index));
        }
        return _ready.Index;
    }
}
