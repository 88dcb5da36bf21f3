using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.Grains.Durability;

namespace Actors.Grains.Conversations;

[GrainType("conversation-list")]
public sealed class ConversationListGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<ConversationList, ConversationListEvent>(context, services, Definition),
        IConversationListGrain
{
    private static readonly Aggregate<ConversationList, ConversationListEvent> Definition = new()
    {
        Initial = ConversationList.Empty,
        Evolve = ConversationList.Evolve,
        EventJson = ConversationListJson.Default.ConversationListEvent,
        StateJson = ConversationListJson.Default.ConversationList,
    };

    public Task Receive(IReadOnlyList<Delivered<ConversationChange>> changes) =>
        CommitOnce(changes, static change => new ConversationChanged(change));

    public Task<ConversationIdPage> List(int limit, int offset) => Task.FromResult(Durable.Page(limit, offset));

    public async Task<IReadOnlyList<NumberedChange>> Since(long after, int limit)
    {
        var events = await ReadForwardAsync(after + 1, limit);
        return
        [
            .. events.Select(static one => new NumberedChange(one.Version, ((ConversationChanged)one.Event).Change)),
        ];
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ConversationListEvent))]
[JsonSerializable(typeof(ConversationList))]
internal sealed partial class ConversationListJson : JsonSerializerContext;
