using System.Globalization;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.MoodMessages;

/// <summary>What models say to everybody.</summary>
internal sealed class ModelFeedEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/v1/models")
            .WithTags("Mood messages")
            .Switchable(Features.MoodMessages)
            .Get("/{modelId}/feed", List, ModelFeedJson.Default.ModelFeedResponse)
            .WithSummary("What a model has said to everybody, newest first")
            .WithQuery("limit", "Entries per page, 1 to 100.", typeof(int), 20)
            .WithQuery("cursor", "Where to go on: what the page before answered as next.", typeof(string))
            .Refuses(
                IdentityRefusals.ModelNotFoundCode,
                MoodMessageRefusals.InvalidMoodMessageQueryCode,
                Errors.HttpRefusals.InvalidPageCode
            );

    private async ValueTask<Outcome<ModelFeedResponse>> List(Call call)
    {
        var (model, page, before) = (call.Model(), call.Page(), BeforeOf(call));
        if ((model.Refusal ?? page.Refusal ?? before.Refusal) is { } refusal)
        {
            return refusal;
        }
        if (page.Value.Offset != 0)
        {
            return MoodMessageRefusals.InvalidFeedQuery;
        }
        var id = model.Value.Value;
        if ((await grains.GetGrain<IModelProfileGrain>(id).Get()).Refusal is { } unknown)
        {
            return unknown;
        }
        var found = await grains.GetGrain<IModelFeedGrain>(id).List(before.Value, page.Value.Limit);
        var posts = await Task.WhenAll(
            found.MessageIds.Select(message => grains.GetGrain<IMoodMessageGrain>(message).Show())
        );
        return new ModelFeedResponse(
            [.. posts.OfType<MoodMessageView>().Select(PostResponse.From)],
            found.Next is not null,
            found.Next?.ToString(CultureInfo.InvariantCulture)
        );
    }

    private static Outcome<long?> BeforeOf(Call call)
    {
        var given = call.Http.Request.Query["cursor"];
        return given.Count == 0 ? (long?)null
            : given.Count == 1
            && long.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out var before)
                ? before
            : MoodMessageRefusals.InvalidFeedQuery;
    }
}

/// <param name="Posts">May be fewer than asked for, or none, and yet have a next page: what was taken back is left out.</param>
/// <param name="Next">Passed as <c>cursor</c> it gives the next page; null on the last one.</param>
internal sealed record ModelFeedResponse(IReadOnlyList<PostResponse> Posts, bool HasMore, string? Next);

internal sealed record PostResponse(string Id, string ModelId, string Content, DateTimeOffset At)
{
    public static PostResponse From(MoodMessageView view) =>
        new(view.Id, view.ModelId, view.Content!, view.DeliveredAt!.Value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(ModelFeedResponse))]
internal sealed partial class ModelFeedJson : JsonSerializerContext;
