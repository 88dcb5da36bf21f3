using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.TestKit;

namespace Actors.Grains.Tests.Activity;

/// <summary>What tests about activity say again and again.</summary>
internal static class Lists
{
    public static readonly ListActivity All = new(IActivityGrain.KeptDays, null, null, null, 100, 0);

    public static IActivityGrain Activity(this IGrainEngine engine, string personId) =>
        engine.Grains.GetGrain<IActivityGrain>(personId);

    public static async Task LogAsync(
        this IActivityGrain activity,
        ActivityCategory category,
        string action,
        string? petId = null
    )
    {
        var actor = new Actor(ActorRole.User, activity.GetPrimaryKeyString(), "203.0.113.9", "app/1");
        var logged = await activity.Log(new LogActivity(actor, new ActivityEntry(category, action, petId)));
        Assert.Null(logged.Refusal);
    }

    public static async Task<string[]> NamesAsync(this IActivityGrain activity, ListActivity query)
    {
        var page = await activity.List(query);
        Assert.Null(page.Refusal);
        return [.. page.Value!.Activities.Select(static one => $"{one.Entry.Action} {one.Entry.PetId}".TrimEnd())];
    }
}
