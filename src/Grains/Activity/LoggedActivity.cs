using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Paging;

namespace Actors.Grains.Activity;

/// <summary>What was written down of a person, read out of the stream: there is no second copy.</summary>
/// <param name="backward">Events before a version, newest first.</param>
/// <param name="firstShown">What is older is not shown.</param>
internal sealed class LoggedActivity(
    Func<long, int, Task<IReadOnlyList<(long Version, ActivityEvent Event)>>> backward,
    ListActivity query,
    DateTimeOffset firstShown
)
{
    public const int ReadAtOnce = 100;

    private const string SignedIn = "sign_in";

    public async Task<(IReadOnlyList<ListItem<ActivityView>> Items, long? Next)> ReadAsync(long before)
    {
        List<ListItem<ActivityView>> items = [];
        long? next = null;
        foreach (var (version, @event) in await backward(before, ReadAtOnce))
        {
            if (@event.At < firstShown || @event is ActivityErased)
            {
                return (items, null);
            }
            next = version > 1 ? version : null;
            if (View(version, @event) is { } view && IsWanted(view.Entry))
            {
                items.Add(new ListItem<ActivityView>(version, view.At, view));
            }
        }
        return (items, next);
    }

    /// <summary>Null for what is only about counting.</summary>
    public static ActivityView? View(long version, ActivityEvent @event)
    {
        var (actor, entry) = @event switch
        {
            ActivityLogged e => (e.Actor, e.Entry),
            PersonSignedIn e => (e.Actor with { Role = ActorRole.System }, new(ActivityCategory.Auth, SignedIn)),
            _ => (null, null),
        };
        return actor is null || entry is null
            ? null
            : new ActivityView(
                version.ToString(System.Globalization.CultureInfo.InvariantCulture),
                @event.At,
                entry,
                actor.Role,
                actor.Address,
                actor.UserAgent
            );
    }

    private bool IsWanted(ActivityEntry entry) =>
        (query.Category ?? entry.Category) == entry.Category
        && (query.Action ?? entry.Action) == entry.Action
        && (query.PetId ?? entry.PetId) == entry.PetId;
}
