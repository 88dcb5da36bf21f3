using Actors.Contract.Tests.Server;
using static Actors.Contract.Tests.Templates.TemplateScenes;

namespace Actors.Contract.Tests.Templates;

[Trait("Spec", "TE-5")]
public sealed class DegradedTemplateTests
{
    [Theory]
    [InlineData("IMoodGrain")]
    [InlineData("ITemplateCatalogGrain")]
    public async Task What_cannot_be_reached_is_replaced_by_neutral_defaults_marked_degraded(string unreachable)
    {
        var grains = new UnreachableGrains(unreachable) { Fault = static () => new TimeoutException() };
        await using var server = await ApiServer.Start(configure: grains.AddTo);
        await server.Model("far");

        var found = (await server.As("user").Get(Find("far"))).ShouldBe(200);
        var rendered = await server
            .Service()
            .Post(
                Render,
                """{"modelId":"far","templateType":"tip_thank_you","variables":{"userName":"Bo","amount":5}}"""
            );

        Assert.Equal(("neutral", "True"), (found["moodState"], found["degraded"]));
        Assert.Equal(("neutral", "True"), (rendered.ShouldBe(200)["moodState"], rendered["degraded"]));
        Assert.Contains("Bo", rendered["renderedMessage"], StringComparison.Ordinal);
        Assert.Contains(
            "actors_degraded_answers_total{feature=\"templates\"}",
            await server.Http.GetStringAsync("/metrics"),
            StringComparison.Ordinal
        );
    }
}
