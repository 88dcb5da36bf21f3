using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Activity;

internal static class ActivityRoutes
{
    public static void MapActivity(this IEndpointRouteBuilder routes) => routes.MapFeature<ActivityEndpoints>();
}

internal sealed class ActivityEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int ListedUnlessAsked = 100;
    private const int CountedUnlessAsked = 30;

    private static readonly Refusal NotYours = new(
        CommonRefusals.ForbiddenCode,
        "People log and read their own activity; that of others is for admins and services."
    );

    private static readonly Refusal InvalidQuery = ActivityRefusals.InvalidQuery(
        "days is 1 to 90, userId whose (admins and services must say), petId an id, action 1 to 64 characters; offset is at most "
            + "1000, and cursor what a page before answered as next, without an offset."
    );

    public void Map(IEndpointRouteBuilder routes)
    {
        var activity = routes.MapGroup("/api/activity").WithTags("Activity").Switchable(Features.Activity);
        activity
            .Get("", List, ActivityJson.Default.ActivityListResponse)
            .For(Roles.Any, Scopes.ReadActivity)
            .WithSummary("What a person did within 90 days, newest first")
            .WithQuery(
                "userId",
                "Whose; the caller's own unless given, and required of admins and services.",
                typeof(string)
            )
            .WithQuery("petId", "Only what was done with this pet.", typeof(string))
            .WithQuery("category", "Only auth, pet, wallet, social, purchase or system.", typeof(string))
            .WithQuery("action", "Only this action.", typeof(string))
            .WithQuery("days", "UTC days, today included: 1 to 90.", typeof(int), IActivityGrain.KeptDays)
            .WithQuery("cursor", "Where to go on: what the page before answered as next.", typeof(string))
            .Paged(ListedUnlessAsked)
            .Refuses(
                ActivityRefusals.InvalidActivityQueryCode,
                ActivityRefusals.InvalidCategoryCode,
                IdentityRefusals.UserNotFoundCode
            );
        activity
            .Get("/stats", Summarize, ActivityJson.Default.ActivityStatisticsResponse)
            .For(Roles.Any, Scopes.ReadActivity)
            .WithSummary("How much of each category, the last ten, each day, and the five busiest hours")
            .WithQuery(
                "userId",
                "Whose; the caller's own unless given, and required of admins and services.",
                typeof(string)
            )
            .WithQuery("days", "UTC days, today included: 1 to 90.", typeof(int), CountedUnlessAsked)
            .Refuses(ActivityRefusals.InvalidActivityQueryCode, IdentityRefusals.UserNotFoundCode);
        MapLog(activity);
    }

    private void MapLog(IEndpointRouteBuilder activity) =>
        activity
            .Post("", Log, ActivityJson.Default.LogActivityRequest, ActivityJson.Default.ActivityResponse)
            .Creates()
            .For(Roles.Any, Scopes.WriteActivity)
            .WithSummary("Writes down what a person did, with the address and user agent of the request")
            .WithExample("""{ "category": "pet", "action": "feed", "petId": "rex", "details": { "food": "apple" } }""")
            .WhenMistyped("userId", IdentityRefusals.UserNotFound)
            .WhenMistyped("petId", CommonRefusals.InvalidPetId)
            .WhenMistyped("action", ActivityRefusals.InvalidAction)
            .WhenMistyped("category", ActivityRefusals.InvalidCategory)
            .Refuses(
                ActivityRefusals.InvalidCategoryCode,
                ActivityRefusals.InvalidActionCode,
                ActivityRefusals.InvalidDetailsCode,
                CommonRefusals.InvalidPetIdCode,
                CommonRefusals.InvalidMetadataCode,
                IdentityRefusals.UserNotFoundCode
            );

    private async ValueTask<Outcome<ActivityListResponse>> List(Call call)
    {
        var userId = WhoseIsRead(call);
        var days = DaysOf(call, IActivityGrain.KeptDays);
        var page = MergedPageQuery.From(call, ListedUnlessAsked, ListActivity.MaxOffset, InvalidQuery);
        var category = call.Choice<ActivityCategory>("category", ActivityRefusals.InvalidCategory);
        if ((userId.Refusal ?? days.Refusal ?? page.Refusal ?? category.Refusal) is { } refusal)
        {
            return refusal;
        }
        var (limit, offset, cursor) = page.Value;
        var (petId, action) = (call.Query("petId"), call.Query("action"));
        if (!IsGivenOnce(call, "petId", Identifier.IsValid(petId)) || !IsGivenOnce(call, "action", IsAction(action)))
        {
            return InvalidQuery;
        }
        var query = new ListActivity(days.Value, category.Value, action, petId, limit, offset, cursor);
        return (await Activity(userId.Value!).List(query)).Map(found => new ActivityListResponse(
            [.. found.Activities.Select(view => ActivityResponse.Of(userId.Value!, view))],
            new PaginationResponse(
                found.Total,
                found.TotalIsExact,
                limit,
                offset,
                found.Next is not null,
                found.Next?.ToString()
            )
        ));
    }

    private async ValueTask<Outcome<ActivityStatisticsResponse>> Summarize(Call call)
    {
        var userId = WhoseIsRead(call);
        var days = DaysOf(call, CountedUnlessAsked);
        if ((userId.Refusal ?? days.Refusal) is { } refusal)
        {
            return refusal;
        }
        var found = await Activity(userId.Value!).Summarize(days.Value);
        return ActivityStatisticsResponse.Of(userId.Value!, days.Value, found);
    }

    private async ValueTask<Outcome<ActivityResponse>> Log(Call call, LogActivityRequest body)
    {
        if (body.Category is not { } category)
        {
            return ActivityRefusals.InvalidCategory;
        }
        var userId = Whose(call, body.UserId, IdentityRefusals.UserNotFound);
        if (userId.Refusal is not null)
        {
            return userId.Refusal;
        }
        // Who comes herself is known; others may have misspelt her id.
        if (!call.Caller.IsPerson && await grains.GetGrain<IPersonGrain>(userId.Value!).Find() is null)
        {
            return IdentityRefusals.UserNotFound;
        }
        var entry = new ActivityEntry(
            category,
            body.Action ?? "",
            body.PetId,
            JsonObjects.TextOf(body.Details),
            JsonObjects.TextOf(body.Metadata)
        );
        var logged = await Activity(userId.Value!).Log(new LogActivity(call.ActorWithOrigin(), entry));
        return logged.Map(view => call.Created(ActivityResponse.Of(userId.Value!, view)));
    }

    private static Outcome<string> WhoseIsRead(Call call) =>
        call.Http.Request.Query["userId"].Count > 1 ? InvalidQuery : Whose(call, call.Query("userId"), InvalidQuery);

    /// <summary>People have their own, whatever they ask for; others have to say whose.</summary>
    private static Outcome<string> Whose(Call call, string? asked, Refusal unnamed) =>
        call.Caller.IsPerson
            ? (asked ?? call.Caller.Id) == call.Caller.Id
                ? call.Caller.Id
                : NotYours
            : asked is null
                ? unnamed
                : Identifier.IsValid(asked)
                    ? asked
                    : IdentityRefusals.UserNotFound;

    private static Outcome<int> DaysOf(Call call, int otherwise)
    {
        var given = call.Http.Request.Query["days"];
        return given.Count == 0 ? otherwise
            : given.Count == 1
            && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= IActivityGrain.KeptDays
                ? days
            : InvalidQuery;
    }

    private static bool IsGivenOnce(Call call, string name, bool isValid) =>
        call.Http.Request.Query[name].Count switch
        {
            0 => true,
            1 => isValid,
            _ => false,
        };

    private static bool IsAction(string? text) => text is { Length: > 0 and <= ActivityRefusals.MaxActionLength * 16 };

    private IActivityGrain Activity(string userId) => grains.GetGrain<IActivityGrain>(userId);
}
