using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Conversations;

/// <summary>The stream itself is the list; reasons stay sealed with the key of their conversation.</summary>
[GrainType("conversation-reports")]
public sealed class ConversationReportsGrain(IGrainContext context, DurableServices services, IErasableKeys keys)
    : EventSourcedGrain<ReportCount, ConversationReportsEvent>(context, services, Definition),
        IConversationReportsGrain
{
    private static readonly Aggregate<ReportCount, ConversationReportsEvent> Definition = new()
    {
        Initial = new ReportCount(0),
        Evolve = static (count, _) => new ReportCount(count.Received + 1),
        EventJson = ConversationReportsJson.Default.ConversationReportsEvent,
        StateJson = ConversationReportsJson.Default.ReportCount,
    };

    public Task Receive(Delivery delivery, ConversationReport report) =>
        CommitOnce(delivery, () => new ReportReceived(report));

    public async Task<ConversationReportPage> List(int limit, int offset)
    {
        var total = DurableVersion;
        var page = await ReadBackwardAsync(total - offset + 1, limit);
        var reports = await Task.WhenAll(page.Select(one => OpenAsync(((ReportReceived)one.Event).Report)));
        return new ConversationReportPage(reports, total);
    }

    private async Task<ConversationReport> OpenAsync(ConversationReport report)
    {
        if (report.Heard is not null)
        {
            return report;
        }
        var key = await keys.OpenAsync(ConversationText.KeyNameOf(report.Conversation));
        return report with { Reason = key?.OpenReason(report.Reason, report.Report) ?? "" };
    }
}

public sealed record ReportCount(long Received);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ReportReceived), "conversation-reports.received.v1")]
public abstract record ConversationReportsEvent;

public sealed record ReportReceived(ConversationReport Report) : ConversationReportsEvent;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ConversationReportsEvent))]
[JsonSerializable(typeof(ReportCount))]
internal sealed partial class ConversationReportsJson : JsonSerializerContext;
