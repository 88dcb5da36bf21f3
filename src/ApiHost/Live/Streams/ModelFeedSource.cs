using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.ApiHost.MoodMessages;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.ApiHost.Live.Streams;

/// <summary>What one model says to everybody, for whoever follows it: what goes out, and what is taken back.</summary>
internal sealed class ModelFeedSource(IGrainFactory grains, string modelId, IModelFeedGrain feed) : FollowedSource(feed)
{
    private const char Letter = 'f';

    /// <summary>The only thing that is followed on a connection of its own.</summary>
    public static IReadOnlyDictionary<char, ILiveSource> Of(IGrainFactory grains, string modelId) =>
        new Dictionary<char, ILiveSource>
        {
            [Letter] = new ModelFeedSource(grains, modelId, grains.GetGrain<IModelFeedGrain>(modelId)),
        };

    public override async Task<LivePage> ReadAsync(long after, int limit)
    {
        var newest = Newest;
        var page = await feed.Since(after, limit);
        var posts = await Task.WhenAll(page.Select(FindAsync));
        var more = page.Count == limit;
        return new LivePage(
            [.. page.Zip(posts, Change).OfType<LiveChange>()],
            more ? page[^1].Version : Math.Max(newest, page is [.., var last] ? last.Version : 0),
            more
        );
    }

    private Task<MoodMessageView?> FindAsync(NumberedModelFeedChange numbered) =>
        numbered.Change.IsTakenBack
            ? Task.FromResult<MoodMessageView?>(null)
            : grains.GetGrain<IMoodMessageGrain>(numbered.Change.MessageId).Show();

    /// <summary>Null for what was taken back before anybody here saw it.</summary>
    private LiveChange? Change(NumberedModelFeedChange numbered, MoodMessageView? post) =>
        numbered.Change.IsTakenBack
            ? LiveMessages.Of(
                numbered.Version,
                "post_taken_back",
                numbered.Change.At,
                new LiveTakenBack(numbered.Change.MessageId, modelId),
                LivePostJson.Default.LiveTakenBack
            )
        : post is null ? null
        : LiveMessages.Of(
            numbered.Version,
            "post",
            numbered.Change.At,
            PostResponse.From(post),
            LivePostJson.Default.PostResponse
        );
}

internal sealed record LiveTakenBack(string Id, string ModelId);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(PostResponse))]
[JsonSerializable(typeof(LiveTakenBack))]
internal sealed partial class LivePostJson : JsonSerializerContext;
