using System.Collections.Immutable;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Templates;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>What the catalog must be: every acknowledged change a version, in order, and every answer one state of it.</summary>
internal sealed class TemplateOracle : IOracle
{
    private const string Stream = TemplateWorkload.Stream;

    public IEnumerable<string> Check(Evidence evidence)
    {
        var violations = new List<string>();
        var operations = evidence.OperationsOn(Stream);
        TemplateEvent[] events =
        [
            .. evidence.EventsOf(Stream).Select(static recorded => EventJson.Read<TemplateEvent>(recorded)),
        ];
        Actor?[] actors = [.. events.Select(static @event => @event.Actor)];
        var authors = Authorship.Of(Stream, actors, operations, violations);
        var states = new List<ExpectedCatalog> { ExpectedCatalog.Empty };
        for (var version = 1; version <= events.Length; version++)
        {
            states.Add(states[^1].After(events[version - 1].Id, authors.OperationOf(version)?.Command));
        }
        foreach (var operation in operations)
        {
            // Each draft has a content of its own, so that each has an event; a rollback may find nothing to change.
            if (
                operation is { Answer: Answer.Done, Command: CreateTemplate or UpdateTemplate }
                && authors.VersionOf(operation) is null
            )
            {
                violations.Add($"{operation} was acknowledged and is lost");
            }
        }
        var oracle = new StreamOracle<ExpectedCatalog>(
            Stream,
            states,
            (operation, count) => states[count].Fits(operation),
            authors.VersionOf
        );
        return violations.Concat(oracle.Check(operations));
    }

    /// <param name="Versions">Of each created template, what its versions say, oldest first.</param>
    private sealed record ExpectedCatalog(ImmutableDictionary<string, ImmutableList<TemplateDraft>> Versions)
    {
        public static readonly ExpectedCatalog Empty = new(
            ImmutableDictionary<string, ImmutableList<TemplateDraft>>.Empty
        );

        public ExpectedCatalog After(string id, object? command)
        {
            var versions = Of(id);
            return new(
                command switch
                {
                    CreateTemplate create => Versions.SetItem(id, [create.Draft]),
                    UpdateTemplate update => Versions.SetItem(id, versions.Add(update.Draft)),
                    RollBackTemplate back => Versions.SetItem(id, versions.Add(versions[back.Version - 1])),
                    _ => Versions,
                }
            );
        }

        public bool Fits(Operation operation) =>
            operation.Value switch
            {
                TemplateView view => Says(view.Id, view.Version, view.Draft.Content)
                    && view.Version == Of(view.Id).Count,
                TemplateVersionPage page => FitsPage(page, (ReadVersions)operation.Command),
                RenderedTemplate rendered => FitsRendered(rendered, (RenderTemplate)operation.Command),
                _ => FitsRefusal(operation),
            };

        private ImmutableList<TemplateDraft> Of(string id) => Versions.GetValueOrDefault(id, []);

        private bool Says(string id, int version, string content) =>
            version >= 1 && version <= Of(id).Count && Of(id)[version - 1].Content == content;

        private bool FitsPage(TemplateVersionPage page, ReadVersions asked)
        {
            var newest = Of(asked.Id).Count - asked.Offset;
            return page.Total == Of(asked.Id).Count
                && page.Versions.Count == Math.Clamp(newest, 0, asked.Limit)
                && page.Versions.Select((entry, index) => (entry, version: newest - index))
                    .All(item =>
                        item.entry.Version == item.version && Says(asked.Id, item.version, item.entry.Draft.Content)
                    );
        }

        /// <summary>Shipped templates answer where no created one is better; which one that is, others test.</summary>
        private bool FitsRendered(RenderedTemplate rendered, RenderTemplate asked)
        {
            if (Of(rendered.TemplateId) is not [.., var newest])
            {
                return ShippedTemplates.Find(rendered.TemplateId) is not null
                    && Candidates(asked).All(static draft => draft.Priority <= ShippedPriority);
            }
            return rendered.Version == Of(rendered.TemplateId).Count
                && rendered.Message == newest.Content
                && Candidates(asked).All(draft => draft.Priority <= newest.Priority);
        }

        private static readonly int ShippedPriority = ShippedTemplates.All.Max(static template =>
            template.Draft.Priority
        );

        private IEnumerable<TemplateDraft> Candidates(RenderTemplate asked) =>
            Versions
                .Values.Select(static versions => versions[^1])
                .Where(draft =>
                    draft.Active
                    && draft.MoodState == asked.Match.MoodState
                    && draft.TemplateType == asked.Match.TemplateType
                );

        private bool FitsRefusal(Operation operation) =>
            (operation.Refusal?.Code, operation.Command) switch
            {
                (TemplateRefusals.TemplateNotFoundCode, UpdateTemplate update) => Of(update.Id).IsEmpty,
                (TemplateRefusals.TemplateNotFoundCode, RollBackTemplate back) => Of(back.Id).IsEmpty,
                (TemplateRefusals.TemplateNotFoundCode, ReadTemplate read) => Of(read.Id).IsEmpty,
                (TemplateRefusals.TemplateNotFoundCode, ReadVersions read) => Of(read.Id).IsEmpty,
                (CommonRefusals.VersionNotFoundCode, RollBackTemplate back) => Of(back.Id).Count < back.Version,
                _ => false,
            };
    }
}
