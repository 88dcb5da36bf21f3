using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.MoodMessages;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Conversations;

/// <summary>What people have reported, for the admins. There is one such list; its key is <see cref="OnlyKey"/>.</summary>
[Alias("IConversationReportsGrain")]
public interface IConversationReportsGrain : IGrainWithStringKey
{
    const string OnlyKey = "reports";

    Task Receive(Delivery delivery, ConversationReport report);

    /// <summary>Newest first.</summary>
    [ReadOnly]
    Task<ConversationReportPage> List(int limit, int offset);
}

/// <param name="Report">1 for the first of the conversation, and so on.</param>
/// <param name="Number">The message; null for the conversation as a whole.</param>
/// <param name="Reason">Empty once the conversation was erased.</param>
/// <param name="Heard">How the user's last messages sounded to the system, which reports that; null for what a person reports.</param>
[GenerateSerializer, Immutable, Alias("ConversationReport")]
public sealed record ConversationReport(
    [property: Id(0)] ConversationId Conversation,
    [property: Id(1)] int Report,
    [property: Id(2)] Side By,
    [property: Id(3)] long? Number,
    [property: Id(4)] string Reason,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] MoodKind? Heard = null
);

[GenerateSerializer, Immutable, Alias("ConversationReportPage")]
public sealed record ConversationReportPage(
    [property: Id(0)] IReadOnlyList<ConversationReport> Reports,
    [property: Id(1)] long Total
);
