using System.Globalization;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.ContentPolicy;

namespace Actors.Grains.Templates;

/// <summary>Everything that is decided about the catalog. Pure: knows no grain, no clock, no storage.</summary>
public static class TemplateRules
{
    public const int MaxTemplates = 2_000;

    public static Outcome<TemplateEvent> Decide(TemplateCatalog catalog, CreateTemplate command, DateTimeOffset now)
    {
        if (TemplateDraftRules.Refuse(command.Draft) is { } refusal)
        {
            return refusal;
        }
        if (catalog.All().Count() >= MaxTemplates)
        {
            return TemplateRefusals.CatalogFull(MaxTemplates);
        }
        var id = string.Create(CultureInfo.InvariantCulture, $"t{catalog.Events + 1}");
        return new TemplateCreated(now, command.Actor, id, command.Draft);
    }

    /// <summary>Null when the draft is what the newest version says already.</summary>
    public static Outcome<TemplateEvent?> Decide(TemplateCatalog catalog, UpdateTemplate command, DateTimeOffset now)
    {
        if (catalog.Find(command.Id) is not { } template)
        {
            return TemplateRefusals.UnknownId;
        }
        if (TemplateDraftRules.Refuse(command.Draft) is { } refusal)
        {
            return refusal;
        }
        // An equal draft first: who repeats a change that has arrived is told so, and no conflict with himself.
        if (TemplateDraftRules.Same(template.Draft, command.Draft))
        {
            return (TemplateEvent?)null;
        }
        return command.ExpectedVersion is { } expected && expected != template.Version
            ? TemplateRefusals.VersionConflict(template.Version)
            : new TemplateChanged(now, command.Actor, command.Id, command.Draft);
    }

    /// <param name="old">What the version to return to says.</param>
    public static Outcome<TemplateEvent?> Decide(
        TemplateCatalog catalog,
        RollBackTemplate command,
        TemplateDraft old,
        DateTimeOffset now
    )
    {
        if (catalog.Find(command.Id) is not { } template)
        {
            return TemplateRefusals.UnknownId;
        }
        if (TemplateDraftRules.Refuse(old) is { } refusal)
        {
            return refusal;
        }
        return TemplateDraftRules.Same(template.Draft, old)
            ? (TemplateEvent?)null
            : new TemplateRolledBack(now, command.Actor, command.Id, old, command.Version);
    }

    /// <summary>Why a version may not be saved for what it says; null when it may. A text that stays is not looked at again.</summary>
    public static Refusal? RefuseContent(
        TemplateCatalog catalog,
        TemplateEvent? @event,
        ProhibitedContent prohibited
    ) =>
        @event is not null && TextsOf(@event.Draft).Except(TextsOf(catalog.Find(@event.Id)?.Draft)).Any(prohibited.IsIn)
            ? TemplateRefusals.ProhibitedContent
            : null;

    public static TemplateCatalog Evolve(TemplateCatalog catalog, TemplateEvent @event)
    {
        var position = catalog.Events + 1;
        var template = @event switch
        {
            TemplateCreated => new StoredTemplate(
                @event.Id,
                @event.Draft,
                position,
                @event.At,
                @event.Actor.Id,
                @event.At,
                @event.Actor.Id,
                [position]
            ),
            TemplateChanged or TemplateRolledBack => NextVersion(catalog, @event, position),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
        return new TemplateCatalog(catalog.Edited.SetItem(@event.Id, template), position);
    }

    private static IEnumerable<string> TextsOf(TemplateDraft? draft) =>
        draft is null ? [] : draft.Variants.Select(static variant => variant.Content).Prepend(draft.Content);

    private static StoredTemplate NextVersion(TemplateCatalog catalog, TemplateEvent @event, long position)
    {
        // A shipped template that a later release no longer ships lives on by its own events.
        var before =
            catalog.Find(@event.Id)
            ?? new StoredTemplate(@event.Id, @event.Draft, 0, @event.At, @event.Actor.Id, default, "", [0]);
        return before with
        {
            Draft = @event.Draft,
            UpdatedAt = @event.At,
            UpdatedBy = @event.Actor.Id,
            Positions = before.Positions.Add(position),
        };
    }
}
