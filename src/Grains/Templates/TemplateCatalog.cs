using System.Collections.Immutable;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

/// <summary>The catalog as the fold of its events: what was written since the shipped set.</summary>
/// <param name="Edited">Created templates, and shipped ones that were changed.</param>
/// <param name="Events">How many events have been folded; the number of the newest one.</param>
public sealed record TemplateCatalog(ImmutableDictionary<string, StoredTemplate> Edited, long Events)
{
    public static readonly TemplateCatalog Shipped = new(ImmutableDictionary<string, StoredTemplate>.Empty, 0);

    public StoredTemplate? Find(string id) => Edited.GetValueOrDefault(id) ?? ShippedTemplates.Find(id);

    public IEnumerable<StoredTemplate> All() =>
        ShippedTemplates.All.Where(shipped => !Edited.ContainsKey(shipped.Id)).Concat(Edited.Values);
}

/// <param name="Order">Grows with each creation, whatever the clock says; shipped templates are the oldest.</param>
/// <param name="Positions">The number of the event that made each version; 0 where it was shipped.</param>
public sealed record StoredTemplate(
    string Id,
    TemplateDraft Draft,
    long Order,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    ImmutableArray<long> Positions
)
{
    public int Version => Positions.Length;
}
