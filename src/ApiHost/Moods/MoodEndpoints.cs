using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Moods;

internal static class MoodsRoutes
{
    public static void MapMoods(this IEndpointRouteBuilder routes) => routes.MapFeature<MoodEndpoints>();
}

internal sealed partial class MoodEndpoints(IGrainFactory grains, TimeProvider time, ILogger<MoodEndpoints> logger)
    : IEndpoints
{
    /// <summary>The contract of moods has one code for whoever may not change one, signed in or not.</summary>
    private static readonly Refusal NotAllowed = new(
        AuthRefusals.UnauthorizedCode,
        "You do not have permission to change or audit this mood."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var moods = routes.MapGroup("/api/v1/mood").WithTags("Moods").Switchable(Features.Moods);
        moods
            .Get("/{modelId}", Get, MoodJson.Default.MoodResponse)
            .WithSummary("A model's mood; neutral until it is changed")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        moods
            .Get("/{modelId}/history", History, MoodJson.Default.MoodHistoryResponse)
            .WithSummary("Changes of a model's mood, newest first")
            .Paged()
            .Refuses(IdentityRefusals.ModelNotFoundCode);
        TakesMood(moods.Post("/update", Update, MoodJson.Default.UpdateMoodRequest, MoodJson.Default.MoodResponse))
            .For(Roles.Model, NotAllowed)
            .WithSummary("A model changes her or his own mood, at most 50 times in any 60 minutes")
            .WithExample(
                """{ "moodState": "positive", "customMessage": "Feeling great", "autoRespond": true, "responseDelay": 30 }"""
            )
            .WhenMistyped("responseDelay", MoodRefusals.InvalidResponseDelay)
            .Refuses(
                MoodRefusals.InvalidResponseDelayCode,
                MoodRefusals.RateLimitExceededCode,
                IdentityRefusals.TermsNotAcceptedCode
            );
        MapAdmin(routes);
    }

    private void MapAdmin(IEndpointRouteBuilder routes)
    {
        var admin = routes
            .MapGroup("/api/v1/admin/mood")
            .WithTags("Moods")
            .For(Roles.Admin, NotAllowed)
            .Switchable(Features.Moods);
        TakesMood(
                admin.Post(
                    "/{modelId}/update",
                    Override,
                    MoodJson.Default.OverrideMoodRequest,
                    MoodJson.Default.OverriddenMoodResponse
                )
            )
            .WithSummary("An admin sets a model's mood, with a reason; the model is notified")
            .WithExample("""{ "moodState": "neutral", "reason": "The message broke the rules" }""")
            .WhenMistyped("reason", MoodRefusals.ReasonRequired)
            .Refuses(MoodRefusals.ReasonRequiredCode);
        admin
            .Get("/{modelId}/history", Audit, MoodJson.Default.MoodAuditResponse)
            .WithSummary("Changes of a model's mood with actor, reason, address and user agent, newest first")
            .Paged()
            .Refuses(IdentityRefusals.ModelNotFoundCode);
    }

    /// <summary>What both ways to set a mood have in common.</summary>
    private static IEndpointConventionBuilder TakesMood(IEndpointConventionBuilder route) =>
        route
            .WhenMistyped("moodState", MoodRefusals.InvalidMoodState)
            .WhenMistyped("customMessage", MoodRefusals.InvalidCustomMessage)
            .WhenMistyped("expiresAt", MoodRefusals.InvalidExpiresAt)
            .Refuses(
                MoodRefusals.InvalidMoodStateCode,
                MoodRefusals.InvalidCustomMessageCode,
                MoodRefusals.InvalidExpiresAtCode,
                IdentityRefusals.ModelNotFoundCode
            );

    private async ValueTask<Outcome<MoodResponse>> Get(Call call)
    {
        var model = call.Model();
        if (model.Refusal is { } refusal)
        {
            return refusal;
        }
        try
        {
            return (await Mood(model.Value).Get()).Map(MoodResponse.From);
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            // A chat goes on in a neutral tone rather than not at all; the answer says that it is a stopgap.
            LogDegraded(logger, fault);
            ApiMetrics.AnsweredDegraded(Features.Moods);
            return MoodResponse.Neutral(model.Value, time.GetUtcNow());
        }
    }

    private async ValueTask<Outcome<MoodResponse>> Update(Call call, UpdateMoodRequest body)
    {
        if (body.MoodState is not { } state)
        {
            return MoodRefusals.InvalidMoodState;
        }
        var command = new UpdateMood(
            call.ActorWithOrigin(),
            state,
            body.CustomMessage,
            body.AutoRespond ?? false,
            body.ResponseDelay ?? 0,
            body.ExpiresAt
        );
        return (await Mood(ModelId.Parse(call.Caller.Id)).Update(command)).Map(MoodResponse.From);
    }

    private async ValueTask<Outcome<OverriddenMoodResponse>> Override(Call call, OverrideMoodRequest body)
    {
        var model = call.Model();
        if (model.Refusal is { } refusal)
        {
            return refusal;
        }
        if (body.MoodState is not { } state)
        {
            return MoodRefusals.InvalidMoodState;
        }
        var command = new OverrideMood(
            call.ActorWithOrigin(),
            state,
            body.Reason ?? "",
            body.CustomMessage,
            body.AutoRespond ?? false,
            body.ExpiresAt
        );
        return (await Mood(model.Value).Override(command)).Map(OverriddenMoodResponse.From);
    }

    private async ValueTask<Outcome<MoodHistoryResponse>> History(Call call) =>
        (await ReadHistory(call)).Map(found => new MoodHistoryResponse(
            [.. found.Changes.History.Select(MoodHistoryEntry.From)],
            found.Changes.Total,
            found.Page.Limit,
            found.Page.Offset
        ));

    private async ValueTask<Outcome<MoodAuditResponse>> Audit(Call call) =>
        (await ReadHistory(call)).Map(found => new MoodAuditResponse(
            [.. found.Changes.History.Select(MoodAuditEntry.From)],
            found.Changes.Total,
            found.Page.Limit,
            found.Page.Offset
        ));

    private async ValueTask<Outcome<(MoodHistoryPage Changes, Page Page)>> ReadHistory(Call call)
    {
        var model = call.Model();
        var page = call.Page();
        if ((model.Refusal ?? page.Refusal) is { } refusal)
        {
            return refusal;
        }
        var history = await Mood(model.Value).History(page.Value.Limit, page.Value.Offset);
        return history.Map(changes => (changes, page.Value));
    }

    private IMoodGrain Mood(ModelId model) => grains.GetGrain<IMoodGrain>(model.Value);

    [LoggerMessage(LogLevel.Warning, "A mood could not be read; the neutral default answered")]
    private static partial void LogDegraded(ILogger logger, Exception fault);
}
