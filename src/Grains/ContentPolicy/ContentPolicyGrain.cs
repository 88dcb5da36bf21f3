using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.ContentPolicy;

/// <summary>What nobody may write, for all silos. Each event is a version, with its number.</summary>
[GrainType("content-policy")]
public sealed class ContentPolicyGrain(IGrainContext context, DurableServices services, PolicyInForce inForce)
    : EventSourcedGrain<PolicyBook, ContentPolicyEvent>(context, services, Definition),
        IContentPolicyGrain
{
    private static readonly Aggregate<PolicyBook, ContentPolicyEvent> Definition = new()
    {
        Initial = PolicyBook.Empty,
        Evolve = ContentPolicyRules.Evolve,
        EventJson = ContentPolicyJson.Default.ContentPolicyEvent,
        StateJson = ContentPolicyJson.Default.PolicyBook,
    };

    private (long Version, ProhibitedContent Prohibited) _ready = (0, ProhibitedContent.Nothing);

    public Task<Outcome<ContentPolicyView>> Set(SetContentPolicy command) =>
        Apply(ContentPolicyRules.Decide(Current, command, Now), Announce);

    public async Task<Outcome<ContentPolicyView>> RollBack(RollBackContentPolicy command)
    {
        // A version is found by its durable event, and one that is on its way may be asked for.
        await WhenDurable();
        if (!Exists(command.Version))
        {
            return ContentPolicyRefusals.VersionNotFound;
        }
        var old = await ReadAsync(command.Version);
        return await Apply(ContentPolicyRules.Decide(Current, command, old, Now), Announce);
    }

    public ValueTask<ContentPolicyView?> Since(long version) =>
        new(DurableVersion == version ? null : ContentPolicyRules.View(Durable));

    public async Task<Outcome<ContentPolicyView>> Version(long version) =>
        Exists(version)
            ? ContentPolicyRules.View(version, await ReadAsync(version))
            : ContentPolicyRefusals.VersionNotFound;

    public async Task<ContentPolicyVersionPage> Versions(int limit, int offset)
    {
        var total = DurableVersion;
        var page = await ReadBackwardAsync(total - offset + 1, limit);
        return new ContentPolicyVersionPage(
            [.. page.Select(static one => ContentPolicyRules.View(one.Version, one.Event))],
            total
        );
    }

    public ValueTask<IReadOnlyList<ContentMatch>> Check(string text)
    {
        if (_ready.Version != DurableVersion)
        {
            _ready = (DurableVersion, ProhibitedContent.Of(ContentPolicyRules.View(Durable)));
        }
        return new(_ready.Prohibited.Find(text));
    }

    private bool Exists(long version) => version >= 1 && version <= DurableVersion;

    private Outcome<ContentPolicyView> Announce()
    {
        var newest = ContentPolicyRules.View(Durable);
        inForce.Learn(newest);
        return newest;
    }
}
