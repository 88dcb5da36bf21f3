using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.TestKit;

namespace Actors.Grains.Tests.ContentPolicy;

[Trait("Spec", "MO-2")]
public sealed class ContentPolicyGrainTests : IAsyncLifetime
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private SimulatedGrainEngine _engine = null!;

    private IContentPolicyGrain Policy => _engine.Grains.GetGrain<IContentPolicyGrain>(IContentPolicyGrain.Key);

    public async ValueTask InitializeAsync() => _engine = await SimulatedGrainEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_new_system_prohibits_nothing()
    {
        var policy = await Policy.Since(-1);

        Assert.Equal((0, null, null), (policy!.Version, policy.ChangedAt, policy.ChangedBy));
        Assert.Empty(policy.Words);
        Assert.Null(await Policy.Since(0));
        Assert.Empty(await Policy.Check("anything"));
    }

    [Fact]
    public async Task Versions_are_read_newest_first_through_crashes_and_any_can_be_restored()
    {
        await Policy.Set(new SetContentPolicy(Root, ["darn"], ["a+b"]));
        await Policy.Set(new SetContentPolicy(Root with { Id = "eva" }, ["heck"], []));
        await _engine.CrashAsync();
        var restored = (await Policy.RollBack(new RollBackContentPolicy(Root, 1, 2))).Value!;
        await _engine.DeactivateAllAsync();

        Assert.Equal((3, 1), (restored.Version, restored.RestoredVersion));
        Assert.Equal(["darn"], (await Policy.Since(2))!.Words);
        var page = await Policy.Versions(2, 0);
        Assert.Equal(3, page.Total);
        Assert.Equal([(3, "root"), (2, "eva")], page.Versions.Select(static one => (one.Version, one.ChangedBy!)));
        Assert.Equal([1], (await Policy.Versions(2, 2)).Versions.Select(static one => one.Version));
        Assert.Equal(["heck"], (await Policy.Version(2)).Value!.Words);
        foreach (var missing in new[] { 0L, 4L })
        {
            Assert.Equal(CommonRefusals.VersionNotFoundCode, (await Policy.Version(missing)).Refusal?.Code);
            Assert.Equal(
                CommonRefusals.VersionNotFoundCode,
                (await Policy.RollBack(new RollBackContentPolicy(Root, missing))).Refusal?.Code
            );
        }
    }

    [Fact]
    public async Task Of_two_editors_of_one_version_one_is_told_of_the_other()
    {
        var outcomes = await Task.WhenAll(
            Policy.Set(new SetContentPolicy(Root, ["darn"], [], 0)),
            Policy.Set(new SetContentPolicy(Root, ["heck"], [], 0))
        );

        Assert.Equal(
            [null, CommonRefusals.VersionConflictCode],
            outcomes.Select(static outcome => outcome.Refusal?.Code).Order()
        );
        Assert.Equal(1, (await Policy.Since(-1))!.Version);
    }

    [Fact]
    public async Task A_check_follows_the_newest_policy()
    {
        await Policy.Set(new SetContentPolicy(Root, ["darn"], []));
        Assert.Equal([(6, 4)], (await Policy.Check("Well, d4rn")).Select(static one => (one.Start, one.Length)));

        await Policy.Set(new SetContentPolicy(Root, ["well"], []));

        Assert.Equal(["well"], (await Policy.Check("Well, d4rn")).Select(static one => one.Entry));
    }
}
