using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Moods;

namespace Actors.Contract.Tests.Moods;

[Trait("Spec", "TE-5")]
public sealed class DegradedTests
{
    [Fact]
    public async Task When_moods_cannot_be_reached_reads_answer_neutral_and_say_so_while_changes_are_refused()
    {
        var unreachable = new UnreachableGrains(nameof(IMoodGrain));
        await using var server = await ApiServer.Start(configure: unreachable.AddTo);
        var model = await server.Model("far");
        var mood = (await model.Get("/api/v1/mood/far")).ShouldBe(200);
        Assert.Equal("neutral", mood["moodState"]);
        Assert.True(mood.Json.GetProperty("degraded").GetBoolean());
        Assert.Contains(
            "actors_degraded_answers_total{feature=\"moods\"}",
            await server.Http.GetStringAsync("/metrics")
        );

        (await model.Post("/api/v1/mood/update", """{"moodState":"positive"}""")).ShouldRefuse(503, "OUTCOME_UNKNOWN");
        (await model.Get("/api/v1/mood/far/history")).ShouldRefuse(503, "UNAVAILABLE");
    }
}
