using System.Collections.Immutable;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodAnalytics;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Notifications;
using Actors.Grains.Operations;
using Actors.Grains.Sealing;

namespace Actors.Grains.Moods;

/// <summary>One model's mood. It stays in memory for five minutes after its last use; until then reads cost no storage.</summary>
[GrainType("mood")]
[CollectionAgeLimit(Minutes = 5)]
public sealed class MoodGrain(
    IGrainContext context,
    DurableServices services,
    MoodOptions options,
    PolicyInForce policy,
    QuietModels quiet,
    IErasableKeys keys
) : EventSourcedGrain<Mood, MoodEvent>(context, services, Definition), IMoodGrain
{
    private static readonly Aggregate<Mood, MoodEvent> Definition = new()
    {
        Initial = Mood.Neutral,
        Evolve = MoodRules.Evolve,
        NextDue = static mood => mood.ExpiresAt,
        EventJson = MoodJson.Default.MoodEvent,
        StateJson = MoodJson.Default.Mood,
    };

    private static readonly BulkRoute<IMoodFeedGrain, MoodChange> Feed = new(
        static (feed, changes) => feed.Receive(changes)
    );

    private SealingKey? _key;
    private ModelProfile? _model;
    private (Mood Mood, MoodView View)? _view;

    public ValueTask<Outcome<MoodView>> Get()
    {
        GrainMetrics.MoodRead(inMemory: _model is not null);
        return _model is null ? GetOfUncheckedAsync() : new(View(_model));
    }

    public async Task<Outcome<MoodView>> Update(UpdateMood command)
    {
        if (await ModelAsync(withTerms: true) is { Refusal: { } refusal })
        {
            return refusal;
        }
        if (await OpenKeyAsync() is not { } key)
        {
            return IdentityRefusals.ModelNotFound;
        }
        var prohibited = await policy.GetAsync();
        var decision = prohibited.Screen(MoodRules.Decide(Current, command, Now, options), MoodRules.RefuseContent);
        if (decision.Refusal is not null)
        {
            if (decision.Refusal.Code == MoodRefusals.RateLimitExceededCode)
            {
                GrainMetrics.MoodLimitReached();
            }
            return decision.Refusal;
        }
        await ChangeAsync([.. decision.Value.Select(@event => MoodWords.Seal(@event, key))]);
        GrainMetrics.MoodChanged("model");
        return Answer();
    }

    public async Task<Outcome<MoodView>> Override(OverrideMood command)
    {
        if (await ModelAsync() is { Refusal: { } refusal })
        {
            return refusal;
        }
        if (await OpenKeyAsync() is not { } key)
        {
            return IdentityRefusals.ModelNotFound;
        }
        var prohibited = await policy.GetAsync();
        var decision = prohibited.Screen(MoodRules.Decide(Current, command, Now), MoodRules.RefuseContent);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }
        await ChangeAsync([.. decision.Value.Select(@event => MoodWords.Seal(@event, key))]);
        GrainMetrics.MoodChanged("admin");
        return Answer();
    }

    public async Task<Outcome<MoodHistoryPage>> History(int limit, int offset)
    {
        if (await ModelAsync() is { Refusal: { } refusal })
        {
            return refusal;
        }
        var total = DurableVersion;
        var page = await ReadBackwardAsync(total - offset + 1, limit);
        return new MoodHistoryPage(
            [.. page.Select(entry => MoodWords.Open(MoodAudit.Entry(entry.Version, entry.Event), _key))],
            total
        );
    }

    public async Task Erase()
    {
        (_key, _model, _view) = (null, null, null);
        await (Current == Mood.Neutral ? WhenDurable() : Commit(new MoodErased(Now, MoodRules.At(Current, Now).State)));
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        if (MoodRules.DecideExpiry(Current, now) is { } expired)
        {
            await Commit(expired);
            GrainMetrics.MoodChanged("system");
        }
    }

    protected override IReadOnlyList<Effect> EffectsOf(MoodEvent @event, long version) =>
        MoodAudit.NotificationFor(@event) is { } notification
            ? [NotificationEffects.Tell(Key, notification), ToFeed(MoodAudit.ChangeOf(Key, @event, version))]
            : [ToFeed(MoodAudit.ChangeOf(Key, @event, version))];

    private static Effect ToFeed(MoodChange change) => Feed.To(Shards.Of(change.ModelId), change);

    private async Task ChangeAsync(ImmutableArray<MoodEvent> events)
    {
        await Commit(events.AsSpan());
        quiet.Forget(Key);
    }

    private async ValueTask<Outcome<MoodView>> GetOfUncheckedAsync() =>
        await ModelAsync() is { Refusal: { } refusal } ? refusal : Answer();

    /// <summary>Registration and acceptance are never taken back, so that they need asking only until they are there.</summary>
    private async ValueTask<Outcome<ModelProfile>> ModelAsync(bool withTerms = false)
    {
        if (_model is null || (withTerms && !_model.MoodTermsAccepted))
        {
            var profile = await GrainFactory.GetGrain<IModelProfileGrain>(Key).Get();
            if (profile.Refusal is not null)
            {
                return profile;
            }
            if (DurableVersion > 0)
            {
                await OpenKeyAsync();
            }
            _model = profile.Value;
        }
        return withTerms && !_model!.MoodTermsAccepted ? IdentityRefusals.TermsNotAccepted : _model!;
    }

    private async ValueTask<SealingKey?> OpenKeyAsync() => _key ??= await keys.OpenOfAsync(Key);

    /// <summary>The model may have been erased while a change became durable.</summary>
    private Outcome<MoodView> Answer() => _model is { } model ? View(model) : IdentityRefusals.ModelNotFound;

    private MoodView View(ModelProfile model)
    {
        var mood = MoodRules.At(Durable, Now);
        if (_view is not { } cached || !ReferenceEquals(cached.Mood, mood))
        {
            _view = cached = (mood, ToView(mood, model));
        }
        return cached.View;
    }

    private MoodView ToView(Mood mood, ModelProfile model) =>
        new(
            model.ModelId,
            mood.State,
            _key.OpenWords(mood.CustomMessage),
            mood.AutoRespond,
            mood.ResponseDelay,
            mood.ExpiresAt,
            mood.LastUpdated ?? model.RegisteredAt,
            mood.UpdatedBy ?? ActorRole.Admin,
            _key.OpenWords(mood.AdminReason)
        );
}
