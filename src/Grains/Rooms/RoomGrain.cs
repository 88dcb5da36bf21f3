using System.Buffers.Text;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Rooms;
using Actors.Grains.Durability;
using Actors.Journal;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Rooms;

[GrainType("room")]
public sealed partial class RoomGrain(
    IGrainContext context,
    DurableServices services,
    RoomProviders providers,
    RoomOptions options,
    RandomBytes chance,
    ILogger<RoomGrain> logger
) : EventSourcedGrain<Room, RoomStep>(context, services, Definition), IRoomGrain
{
    private const int KeyBytes = 32;

    private static readonly Aggregate<Room, RoomStep> Definition = new()
    {
        Initial = Room.None,
        Evolve = RoomFold.Evolve,
        NextDue = static room => room.NextDue,
        EventJson = RoomJson.Default.RoomStep,
        StateJson = RoomJson.Default.Room,
    };

    private readonly OutsideCalls _calls = new(services.Time);

    public Task Arrange(Delivery delivery, ArrangeRoom command) =>
        CommitOnce(
            delivery,
            () => RoomRules.Arrange(Current, command, NewKey(), providers.Chosen.Name, options.MakeBefore, Now)
        );

    public Task Close(Delivery delivery, string reason) =>
        CommitOnce(delivery, () => RoomRules.Close(Current, reason, Now));

    public async Task<Outcome<JoinLink>> Join(string personId)
    {
        if (RoomRules.Refuse(Current, Now) is { } refusal)
        {
            return refusal;
        }
        var call = Current.Call!;
        if (personId != call.UserId && personId != call.PerformerId)
        {
            return RoomRefusals.RoomClosed;
        }
        await EnsureMadeAsync();
        return RoomRules.Refuse(Current, Now) is { } late ? late
            : Current.Site is null ? RoomRefusals.RoomUnavailable
            : await AdmitAsync(personId == call.UserId);
    }

    public async Task<Outcome<Done>> Hear(RoomEvent said)
    {
        await CommitOrWaitAsync(RoomRules.Hear(Current, said, Key, Now));
        return Done.It;
    }

    public ValueTask<Outcome<RoomVisit>> Visit(string token) => new(VisitOf(Durable, token));

    public async Task<Outcome<RoomVisit>> Report(string token, RoomEventKind kind)
    {
        var visit = VisitOf(Current, token);
        if (visit.Refusal is not null)
        {
            return visit;
        }
        await CommitOrWaitAsync(RoomRules.Report(Current, RoomLink.Read(token)!.Guest, kind, Now));
        return VisitOf(Durable, token);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _calls.EndAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        var steps = RoomRules.DecideDue(Current, now);
        await Commit([.. steps]);
        foreach (var begun in steps.OfType<RoomChoreBegun>())
        {
            if (Current.Chores.Find(one => one.Is(begun.Kind, begun.Room, begun.Guest)) is { } chore)
            {
                _calls.Begin(() => DoAsync(chore), done => CommitOrWaitAsync(done));
            }
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(RoomStep step, long version) =>
        step switch
        {
            RoomAttended attended =>
            [
                Tell(new Attendance(attended.Kind, attended.PersonId, attended.HappenedAt, attended.SessionId)),
            ],
            RoomLinkGiven { Left: { } left } given =>
            [
                Tell(new Attendance(RoomEventKind.Left, left.PersonId, given.At, left.SessionId)),
            ],
            _ => [],
        };

    private Effect Tell(Attendance attendance) =>
        Effect.To<IBookingGrain>(Key, (booking, delivery) => booking.Attended(delivery, attendance));

    private Task CommitOrWaitAsync(params IReadOnlyList<RoomStep?> steps) =>
        steps.OfType<RoomStep>().ToArray() is { Length: > 0 } some ? Commit(some) : WhenDurable();

    /// <summary>Whoever comes does not wait for the agenda: one more try, and then the call takes place in a room of ours.</summary>
    private async Task EnsureMadeAsync()
    {
        if (Current.Site is null && Current.Chores.Find(static one => one.Kind == RoomChoreKind.Make) is { } chore)
        {
            await Commit(new RoomChoreBegun(Now, chore.Kind, chore.Room, null, RoomRules.NextAt(Current, chore, Now)));
            await CommitOrWaitAsync(await DoAsync(chore));
            if (RoomRules.Refuse(Current, Now) is null && Current.Site is null)
            {
                LogFallsBack(Key);
                await Commit(RoomRules.FallBack(Current, Now));
            }
        }
    }

    private async Task<Outcome<JoinLink>> AdmitAsync(bool isUser)
    {
        var (call, site) = (Current.Call!, Current.Site!);
        var given = RoomRules.GiveLink(Current, isUser, Now);
        await Commit(given);
        var provider = providers.Find(site.Provider);
        var url = await LetInAsync(provider, call, site, given);
        if (RoomRules.Refuse(Current, Now) is { } late)
        {
            return late;
        }
        if (url.Value is { } address)
        {
            return new JoinLink(address, call.Opens, call.Closes);
        }
        LogFailed(site.Provider, "admit", url.Failure);
        if (site.Provider == RoomRules.Hosted || Current.Site != site || !Current.Sessions.IsEmpty)
        {
            return RoomRefusals.RoomUnavailable;
        }
        // Nobody is inside, so the call can still take place elsewhere.
        LogFallsBack(Key);
        await Commit(RoomRules.FallBack(Current, Now));
        return await AdmitAsync(isUser);
    }

    /// <summary>The earlier device is put out at the same time; where that fails it is tried again while the call lasts.</summary>
    private async Task<RoomAnswer<string>> LetInAsync(
        IRoomProvider? provider,
        RoomCall call,
        RoomSite site,
        RoomLinkGiven given
    )
    {
        if (provider is null)
        {
            return RoomAnswer<string>.Failed("The settings no longer know the provider.");
        }
        var pass = new RoomPass(Key, site.Room, site.Address, given.Guest, call.Key, call.Opens, call.Closes);
        var admitted = provider.AdmitAsync(pass);
        if (given is { Replaced: { } replaced, PutOutAt: not null })
        {
            var putOut = await provider.PutOutAsync(site.Room, replaced);
            if (putOut.Failure is null)
            {
                await Commit(new RoomChoreDone(Now, RoomChoreKind.PutOut, site.Room, replaced));
            }
        }
        return await admitted;
    }

    /// <summary>Asks the provider, and says what follows; nothing when it is to be asked again.</summary>
    private async Task<IReadOnlyList<RoomStep?>> DoAsync(RoomChore chore)
    {
        if (providers.Find(chore.Provider) is not { } provider)
        {
            LogFailed(chore.Provider, chore.Kind.ToString(), "The settings no longer know the provider.");
            return [];
        }
        return chore.Kind switch
        {
            RoomChoreKind.Make => await MakeAsync(provider, chore),
            RoomChoreKind.Look => await LookAsync(provider, chore),
            RoomChoreKind.PutOut => After(chore, await provider.PutOutAsync(chore.Room, chore.Guest!)),
            RoomChoreKind.Delete => After(chore, await provider.DeleteAsync(chore.Room)),
            _ => [],
        };
    }

    private async Task<IReadOnlyList<RoomStep?>> MakeAsync(IRoomProvider provider, RoomChore chore)
    {
        var call = Current.Call!;
        var made = await provider.MakeAsync(new RoomPlan(chore.Room, call.Opens, call.Closes, call.WithVideo));
        if (made.Value is not { } address)
        {
            LogFailed(provider.Name, "make", made.Failure);
            return [];
        }
        // The call may have moved or ended meanwhile, or somebody else's try may have been quicker.
        return Current.Chores.Exists(one => one.Is(RoomChoreKind.Make, chore.Room, null))
            ? [RoomRules.Made(Current, chore, address, provider.KnowsWhoIsInside, Now)]
            : [];
    }

    private async Task<IReadOnlyList<RoomStep?>> LookAsync(IRoomProvider provider, RoomChore chore)
    {
        var seen = await provider.LookAsync(chore.Room);
        if (seen.Value is not { } guests)
        {
            LogFailed(provider.Name, "look", seen.Failure);
            return [];
        }
        var room = Current;
        List<RoomStep?> steps = [];
        foreach (var guest in guests)
        {
            var said = new RoomEvent("", RoomEventKind.Joined, chore.Room, guest.Guest, guest.SessionId, guest.Since);
            Add(RoomRules.Hear(room, said, Key, Now));
        }
        if (!RoomRules.IsSomebodyMissing(room))
        {
            Add(new RoomChoreDone(Now, chore.Kind, chore.Room, null));
        }
        return steps;

        void Add(RoomStep? step)
        {
            steps.Add(step);
            room = step is null ? room : RoomFold.Evolve(room, step);
        }
    }

    private IReadOnlyList<RoomStep?> After(RoomChore chore, RoomAnswer<Nothing> answer)
    {
        if (answer.Failure is null)
        {
            return [new RoomChoreDone(Now, chore.Kind, chore.Room, chore.Guest)];
        }
        LogFailed(chore.Provider, chore.Kind.ToString(), answer.Failure);
        return [];
    }

    private Outcome<RoomVisit> VisitOf(Room room, string token)
    {
        if (
            options.ServerAddress is not null
            || room.Call is not { } call
            || RoomLink.Read(token) is not { } link
            || link.BookingId != Key
            || !link.IsSignedWith(options.LinkKey ?? call.Key)
        )
        {
            return RoomRefusals.RoomLinkInvalid;
        }
        if (RoomRules.Refuse(room, Now) is { } refusal)
        {
            return refusal;
        }
        var isNewest = RoomGuest.NewestOf(room, RoomGuest.IsUser(link.Guest)) == link.Guest;
        return room.Site?.Provider != RoomRules.Hosted || !isNewest || link.ExpiresAt <= Now
            ? RoomRefusals.RoomLinkReplaced
            : new RoomVisit(
                call.PerformerName.Length > 0 ? call.PerformerName : call.PerformerId,
                call.Start,
                call.End,
                RoomRules.OpenSessionOf(room, link.Guest) is not null
            );
    }

    private string NewKey()
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        chance(key);
        return Base64Url.EncodeToString(key);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} did not do '{Asked}': {Failure}")]
    private partial void LogFailed(string provider, string asked, string? failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The call {Booking} takes place in a room of ours")]
    private partial void LogFallsBack(string booking);
}
