using Actors.GrainInterfaces.Moderation;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Moderation;

/// <summary>Everything that is decided about incidents. Pure: knows no grain, no clock, no storage.</summary>
public static class IncidentRules
{
    public const int MaxNoteLength = 500;
    private const int MaxCategoryLength = 40;

    public static IncidentReported Report(IncidentDesk desk, IncidentNotice notice, DateTimeOffset now) =>
        new(
            now,
            desk.Last + 1,
            // A heading, whoever sends it: a text of somebody's would be content.
            notice.Category.Length
                is > 0
                    and <= MaxCategoryLength
            && notice.Category.All(IsOfHeading)
                ? notice
                : notice with
                {
                    Category = "other",
                }
        );

    public static Outcome<IncidentSettled> Close(IncidentDesk desk, CloseIncident command, DateTimeOffset now)
    {
        var note = command.Note.Trim();
        return !desk.Incidents.TryGetValue(command.IncidentId, out var incident) ? ModerationRefusals.IncidentNotFound
            : note.Length is 0 or > MaxNoteLength ? ModerationRefusals.InvalidNote
            : incident.ClosedAt is not null ? ModerationRefusals.IncidentClosed
            : new IncidentSettled(now, command.IncidentId, command.Actor.Id, note);
    }

    public static IncidentDesk Evolve(IncidentDesk desk, IncidentEvent @event) =>
        @event switch
        {
            IncidentReported reported => new IncidentDesk(
                reported.Number,
                desk.Incidents.Add(
                    reported.Number,
                    new IncidentView(reported.Number, reported.Notice, null, null, null)
                ),
                desk.Open + 1
            ),
            IncidentSettled settled => Settle(desk, settled),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static IncidentPage Page(IncidentDesk desk, IncidentFilter filter, int limit, int offset)
    {
        var fitting = desk.Incidents.Values.Reverse().Where(incident => Fits(incident, filter)).ToList();
        return new IncidentPage([.. fitting.Skip(offset).Take(limit)], fitting.Count, desk.Open);
    }

    private static IncidentDesk Settle(IncidentDesk desk, IncidentSettled settled)
    {
        var closed = desk.Incidents[settled.Number] with
        {
            ClosedAt = settled.At,
            ClosedBy = settled.By,
            Note = settled.Note,
        };
        var incidents = desk.Incidents.SetItem(settled.Number, closed);
        var open = desk.Open - 1;
        if (incidents.Count - open > IIncidentDeskGrain.KeptClosed)
        {
            incidents = incidents.Remove(incidents.First(static one => one.Value.ClosedAt is not null).Key);
        }
        return new IncidentDesk(desk.Last, incidents, open);
    }

    private static bool Fits(IncidentView incident, IncidentFilter filter) =>
        (filter.Open is not { } open || open == incident.ClosedAt is null)
        && (
            filter.PersonId is not { } person
            || incident.Notice.ReporterId == person
            || incident.Notice.ReportedId == person
        );

    private static bool IsOfHeading(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-';
}
