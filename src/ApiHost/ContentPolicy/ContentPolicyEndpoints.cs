using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.ContentPolicy;

internal static class ContentPolicyRoutes
{
    public static void MapContentPolicy(this IEndpointRouteBuilder routes) =>
        routes.MapFeature<ContentPolicyEndpoints>();
}

internal sealed class ContentPolicyEndpoints(IGrainFactory grains) : IEndpoints
{
    /// <summary>No text that the policy is for is longer.</summary>
    private const int LongestCheck = 4_000;

    private static readonly Refusal InvalidVersion = HttpRefusals.InvalidRequest(
        "version and expectedVersion are whole numbers."
    );

    private static readonly Refusal InvalidText = HttpRefusals.InvalidRequest(
        $"text is a text of 1 to {LongestCheck} UTF-16 units."
    );

    private IContentPolicyGrain Policy => grains.GetGrain<IContentPolicyGrain>(IContentPolicyGrain.Key);

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/v1/admin/content-policy").WithTags("Content policy").For(Roles.Admin);
        admin
            .Get("", Get, ContentPolicyJson.Default.ContentPolicyResponse)
            .WithSummary("The words and patterns that no text for others may have");
        admin
            .Put(
                "",
                Set,
                ContentPolicyJson.Default.SetContentPolicyRequest,
                ContentPolicyJson.Default.ContentPolicyResponse
            )
            .WithSummary(
                "Replaces the whole policy, in force everywhere within 2 seconds; with version, only that version"
            )
            .WithExample("""{ "words": ["darn"], "patterns": ["t\\W*me/\\w+"], "version": 0 }""")
            .WhenMistyped("words", ContentPolicyRefusals.InvalidLists)
            .WhenMistyped("patterns", ContentPolicyRefusals.InvalidLists)
            .WhenMistyped("version", InvalidVersion)
            .Refuses(
                ContentPolicyRefusals.InvalidContentPolicyCode,
                ContentPolicyRefusals.InvalidContentPatternCode,
                CommonRefusals.VersionConflictCode
            );
        admin
            .Post(
                "/check",
                Check,
                ContentPolicyJson.Default.CheckContentRequest,
                ContentPolicyJson.Default.CheckContentResponse
            )
            .WithSummary("What of the policy a text would meet, and where")
            .WithExample("""{ "text": "Well, d4rn it" }""")
            .WhenMistyped("text", InvalidText);
        MapVersions(admin);
    }

    private void MapVersions(RouteGroupBuilder admin)
    {
        admin
            .Get("/versions", Versions, ContentPolicyJson.Default.ContentPolicyVersionsResponse)
            .WithSummary("All versions of the policy with author and time, newest first")
            .Paged();
        admin
            .Get("/versions/{version}", Version, ContentPolicyJson.Default.ContentPolicyResponse)
            .WithSummary("The policy as one version had it")
            .Refuses(CommonRefusals.VersionNotFoundCode);
        admin
            .Post(
                "/rollback",
                RollBack,
                ContentPolicyJson.Default.RollBackContentPolicyRequest,
                ContentPolicyJson.Default.ContentPolicyResponse
            )
            .WithSummary("Makes a new version of the policy that is equal to an earlier one")
            .WithExample("""{ "version": 1 }""")
            .WhenMistyped("version", InvalidVersion)
            .WhenMistyped("expectedVersion", InvalidVersion)
            .Refuses(
                CommonRefusals.VersionNotFoundCode,
                CommonRefusals.VersionConflictCode,
                ContentPolicyRefusals.InvalidContentPatternCode
            );
    }

    private async ValueTask<Outcome<ContentPolicyResponse>> Get(Call call) =>
        ContentPolicyResponse.From((await Policy.Since(-1))!);

    private async ValueTask<Outcome<ContentPolicyResponse>> Set(Call call, SetContentPolicyRequest body)
    {
        if (body.Words is null || body.Patterns is null)
        {
            return ContentPolicyRefusals.InvalidLists;
        }
        var command = new SetContentPolicy(
            call.Actor(),
            [.. body.Words.Select(static word => word ?? "")],
            [.. body.Patterns.Select(static pattern => pattern ?? "")],
            body.Version
        );
        return (await Policy.Set(command)).Map(ContentPolicyResponse.From);
    }

    private async ValueTask<Outcome<CheckContentResponse>> Check(Call call, CheckContentRequest body)
    {
        if (body.Text is not { Length: > 0 and <= LongestCheck } text)
        {
            return InvalidText;
        }
        var matches = await Policy.Check(text);
        return new CheckContentResponse(matches.Count == 0, [.. matches.Select(ContentMatchResponse.From)]);
    }

    private async ValueTask<Outcome<ContentPolicyVersionsResponse>> Versions(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = page.Value;
        var versions = await Policy.Versions(limit, offset);
        return new ContentPolicyVersionsResponse(
            [.. versions.Versions.Select(ContentPolicyVersionEntry.From)],
            versions.Total,
            limit,
            offset
        );
    }

    private async ValueTask<Outcome<ContentPolicyResponse>> Version(Call call) =>
        long.TryParse(call.Route("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (await Policy.Version(version)).Map(ContentPolicyResponse.From)
            : ContentPolicyRefusals.VersionNotFound;

    private async ValueTask<Outcome<ContentPolicyResponse>> RollBack(Call call, RollBackContentPolicyRequest body) =>
        body.Version is { } version
            ? (await Policy.RollBack(new RollBackContentPolicy(call.Actor(), version, body.ExpectedVersion))).Map(
                ContentPolicyResponse.From
            )
            : InvalidVersion;
}
