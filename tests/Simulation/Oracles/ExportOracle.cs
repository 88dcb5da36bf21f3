using Actors.GrainInterfaces.Exports;
using Actors.Grains.Erasure;
using Actors.Grains.Exports;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// An export that was acknowledged is made, or has failed, and in the end is gone with its file; of who was erased there is none. That no
/// file is left says the oracle of files.
/// </summary>
internal sealed class ExportOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("export").SelectMany(stream => Check(stream, evidence));

    private static IEnumerable<string> Check(string stream, Evidence evidence)
    {
        var user = stream["export/".Length..];
        ExportEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ExportEvent>(recorded)),
        ];
        var operations = evidence.OperationsOn(stream);
        var requested = events.OfType<ExportRequested>().Select(static one => $"{one.Number}").ToHashSet();
        foreach (var asked in operations.Where(static one => one is { Command: RequestExport, Answer: Answer.Done }))
        {
            if (!requested.Contains(((ExportView)asked.Value!).Id))
            {
                yield return $"{asked} was acknowledged and is lost";
            }
        }
        var exports = events.Aggregate(PersonsExports.None, ExportFold.Evolve);
        if (exports.NextDue is { } due)
        {
            yield return $"{stream} has come to no end: it is due at {due:O}";
        }
        // The last one was asked when everything had settled.
        if (operations.LastOrDefault(static one => one.Command is LookAtExport) is not { } last)
        {
            yield break;
        }
        var isErased = evidence
            .EventsOf(Leavers.StreamOf(user))
            .Any(static recorded => EventJson.Read<ErasureEvent>(recorded) is ErasureEnded);
        var isThere = last.Value is ExportView { Status: ExportStatus.Expired or ExportStatus.Failed };
        var isNone = last.Refusal?.Code == ExportRefusals.ExportNotFoundCode;
        if (
            isErased ? !isNone
            : requested.Count == 0 ? !isNone
            : !isThere
        )
        {
            yield return $"{user} asked {requested.Count} times, erased is {isErased}, and sees "
                + $"{last.Refusal?.Code ?? $"{last.Value}"}";
        }
    }
}
