using Actors.ApiHost.Auth;
using Actors.ApiHost.Conversations;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Live.Streams;

/// <summary>What happens in the conversations of a user or a model: messages as they are now, and what was read.</summary>
internal sealed class ConversationStream(IGrainFactory grains) : ILiveStream
{
    public char Letter => 'c';

    public ILiveSource? Open(Caller caller) =>
        caller.Role is ActorRole.User or ActorRole.Model
            ? new Source(
                grains,
                grains.GetGrain<IConversationListGrain>(caller.Id),
                caller.Role == ActorRole.User ? Side.User : Side.Peer
            )
            : null;

    private sealed class Source(IGrainFactory grains, IConversationListGrain list, Side side) : FollowedSource(list)
    {
        public override async Task<LivePage> ReadAsync(long after, int limit)
        {
            var newest = Newest;
            var page = await list.Since(after, limit);
            var messages = await FindAsync(page);
            LiveChange[] changes = [.. page.Select(one => Change(one, messages)).OfType<LiveChange>()];
            var more = page.Count == limit;
            return new LivePage(
                changes,
                more ? page[^1].Version : Math.Max(newest, page is [.., var last] ? last.Version : 0),
                more
            );
        }

        private async Task<Dictionary<MessageId, MessageView>> FindAsync(IReadOnlyList<NumberedChange> page)
        {
            var wanted = page.Select(static one => one.Change)
                .Where(static change =>
                    change.Kind is not (ConversationChangeKind.Read or ConversationChangeKind.Cleared)
                )
                .GroupBy(static change => change.Conversation);
            var found = await Task.WhenAll(
                wanted.Select(conversation =>
                    grains
                        .GetGrain<IConversationGrain>(conversation.Key.ToString())
                        .Find(side, [.. conversation.SelectMany(static change => change.Numbers).Distinct()])
                )
            );
            return found.SelectMany(static views => views).ToDictionary(static view => view.Id);
        }

        /// <summary>Null for a message that the side has cleared away since.</summary>
        private LiveChange? Change(NumberedChange numbered, Dictionary<MessageId, MessageView> messages)
        {
            var change = numbered.Change;
            if (change.Kind is ConversationChangeKind.Read or ConversationChangeKind.Cleared)
            {
                var seen = LiveReading.Of(change, side);
                var type = change.Kind == ConversationChangeKind.Read ? "messages_read" : "messages_cleared";
                return LiveMessages.Of(
                    numbered.Version,
                    type,
                    change.At,
                    seen,
                    LiveConversationJson.Default.LiveReading
                );
            }
            return messages.TryGetValue(new MessageId(change.Conversation, change.Numbers[0]), out var view)
                ? LiveMessages.Of(
                    numbered.Version,
                    TypeOf(change.Kind),
                    change.At,
                    MessageResponse.From(view),
                    LiveConversationJson.Default.MessageResponse
                )
                : null;
        }

        private static string TypeOf(ConversationChangeKind kind) =>
            kind switch
            {
                ConversationChangeKind.Edited => "message_edited",
                ConversationChangeKind.Deleted => "message_deleted",
                _ => "message",
            };
    }
}
