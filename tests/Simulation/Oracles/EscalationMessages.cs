using System.Globalization;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Worlds;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Messages that nobody asked for: where they lie follows from what the system did.</summary>
internal static class EscalationMessages
{
    public static string IdOf(string conversation, int day) =>
        MoodMessageIds.Of(MoodMessageSender.System, conversation, day.ToString(CultureInfo.InvariantCulture));

    /// <summary>The streams of the messages that the system has sent.</summary>
    public static IEnumerable<string> StreamsOf(IReadOnlyDictionary<string, StreamContents> streams) =>
        from stream in streams
        where stream.Key.StartsWith("escalation/", StringComparison.Ordinal)
        from recorded in stream.Value.Events
        let escalated = EventJson.Read<EscalationEvent>(recorded) as Escalated
        where escalated is not null
        select MoodMessageWorkload.StreamOf(IdOf(stream.Key["escalation/".Length..], escalated.Day));
}
