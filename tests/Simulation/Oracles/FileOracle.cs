using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Conversations;
using Actors.Grains.Uploads;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// A file of a message that stands is stored, and nothing else is; each is sent once at most; and the room that people's files take is
/// that of their files.
/// </summary>
internal sealed class FileOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence)
    {
        var violations = new List<string>();
        var standing = evidence
            .StreamsOf("conversation")
            .SelectMany(stream => StandingIn(stream, evidence, violations))
            .ToDictionary(static one => one.Key, static one => one.Value);
        var kept = evidence
            .StreamsOf("uploads")
            .SelectMany(stream => KeptBy(stream, evidence, violations))
            .ToDictionary(static one => one.Key, static one => one.Value);
        if (!standing.OrderBy(static one => one.Key).SequenceEqual(kept.OrderBy(static one => one.Key)))
        {
            violations.Add($"messages have the files [{Names(standing)}], and kept are [{Names(kept)}]");
        }
        if (evidence.StoredFiles != standing.Count)
        {
            violations.Add($"{evidence.StoredFiles} files are stored, and messages have {standing.Count}");
        }
        violations.AddRange(
            from seen in evidence.Operations.Select(static one => one.Value).OfType<FileSeen>()
            let expected = standing.TryGetValue(seen.Id, out var bytes) ? bytes : (long?)null
            where seen.Bytes != expected
            select $"of the file {seen.Id} {seen.Bytes} bytes are seen, where there are {expected}"
        );
        return violations;
    }

    private static IEnumerable<KeyValuePair<AttachmentId, long>> StandingIn(
        string stream,
        Evidence evidence,
        List<string> violations
    )
    {
        ConversationEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ConversationEvent>(recorded)),
        ];
        violations.AddRange(
            events
                .OfType<MessageSent>()
                .SelectMany(static sent => sent.Files ?? [])
                .CountBy(static file => file.Id)
                .Where(static one => one.Value > 1)
                .Select(one => $"{stream} has {one.Value} times the file {one.Key}")
        );
        // Who has cleared the history does not see them; the other side does.
        var deleted = events.OfType<MessageDeleted>().Select(static one => one.Number).ToHashSet();
        return events.Any(static one => one is ConversationErased)
            ? []
            : events
                .OfType<MessageSent>()
                .Where(sent => !deleted.Contains(sent.Number))
                .SelectMany(static sent => sent.Files ?? [])
                .DistinctBy(static file => file.Id)
                .Select(static file => KeyValuePair.Create(file.Id, file.Bytes));
    }

    private static List<KeyValuePair<AttachmentId, long>> KeptBy(
        string stream,
        Evidence evidence,
        List<string> violations
    )
    {
        var uploads = evidence
            .EventsOf(stream)
            .Select(static recorded => EventJson.Read<UploadEvent>(recorded))
            .Aggregate(PersonsUploads.None, UploadFold.Evolve);
        violations.AddRange(
            from file in uploads.Files.Values
            where file.Stage != UploadStage.Kept
            select $"{stream} has the file {file.File.Id}, which is {file.Stage} for ever"
        );
        var room = new UploadRoom(uploads.Files.Count, uploads.Files.Values.Sum(static file => file.File.Bytes));
        var seen = evidence.OperationsOn(stream).LastOrDefault(static one => one.Command is ReadRoom)?.Value;
        if (uploads.Bytes != room.Bytes || (seen is UploadRoom told && told != room))
        {
            violations.Add($"{stream} has {room}, counts {uploads.Bytes} bytes and shows {seen}");
        }
        return [.. uploads.Files.Values.Select(static one => KeyValuePair.Create(one.File.Id, one.File.Bytes))];
    }

    private static string Names(Dictionary<AttachmentId, long> files) =>
        string.Join(", ", files.Keys.Order().Select(static id => $"{id}"));
}
