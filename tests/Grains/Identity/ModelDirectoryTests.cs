using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.TestKit;

namespace Actors.Grains.Tests.Identity;

[Trait("Spec", "ID-3")]
public sealed class ModelDirectoryTests : IAsyncLifetime
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await SimulatedGrainEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Every_registered_model_is_listed_once_by_id_under_its_newest_name_through_a_crash()
    {
        for (var model = 0; model < 40; model++)
        {
            await RegisterAsync($"model-{model:D2}", "Before");
        }
        await RegisterAsync("model-07", "After");
        await _engine.CrashAsync();

        await _engine.EventuallyAsync(async () =>
            (await _engine.Grains.ListModelsAsync(null, 100)).Any(static model => model.DisplayName == "After")
            && await _engine.Grains.CountModelsAsync() == 40
        );
        var first = await _engine.Grains.ListModelsAsync(null, 25);
        var second = await _engine.Grains.ListModelsAsync(first[^1].ModelId, 25);

        Assert.Equal(
            Enumerable.Range(0, 40).Select(static model => $"model-{model:D2}"),
            first.Concat(second).Select(static model => model.ModelId)
        );
        Assert.Equal("After", first[7].DisplayName);
        Assert.Empty(await _engine.Grains.ListModelsAsync("model-39", 25));
    }

    private async Task<Outcome<ModelProfile>> RegisterAsync(string model, string name) =>
        await _engine.Grains.GetGrain<IModelProfileGrain>(model).Register(new RegisterModel(Root, name));
}
