using System.Diagnostics;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "OP-6")]
public sealed class FeatureSwitchTests
{
    [Fact]
    public async Task A_feature_is_switched_off_and_on_without_a_restart()
    {
        await using var server = await ApiServer.Start();
        var admin = server.As("admin", "root");
        var model = await server.Model("ana");
        var all = (await admin.Get("/api/v1/admin/features")).ShouldBe(200).Json.GetProperty("features");
        Assert.All(all.EnumerateArray(), one => Assert.True(one.GetProperty("enabled").GetBoolean()));

        var off = (await admin.Put("/api/v1/admin/features/moods", """{"enabled":false}""")).ShouldBe(200);
        var moods = off
            .Json.GetProperty("features")
            .EnumerateArray()
            .Single(one => one.GetProperty("feature").GetString() == "moods");
        Assert.False(moods.GetProperty("enabled").GetBoolean());
        Assert.Equal("root", moods.GetProperty("changedBy").GetString());
        (await model.Get("/api/v1/mood/ana")).ShouldRefuse(404, "FEATURE_DISABLED");
        (await model.Post("/api/v1/mood/update", """{"moodState":"positive"}""")).ShouldRefuse(404, "FEATURE_DISABLED");
        (await server.AsNobody().Get("/api/v1/mood/ana")).ShouldRefuse(401, "UNAUTHORIZED");
        (await model.Get("/api/v1/me")).ShouldBe(200);

        (await admin.Put("/api/v1/admin/features/moods", """{"enabled":true}""")).ShouldBe(200);
        (await model.Get("/api/v1/mood/ana")).ShouldBe(200);
    }

    [Fact]
    public async Task A_switch_made_elsewhere_is_in_effect_within_two_seconds()
    {
        await using var server = await ApiServer.Start();
        var model = await server.Model("ana");
        var grain = server
            .Service<IGrainFactory>()
            .GetGrain<GrainInterfaces.Operations.IFeatureSwitchesGrain>(
                GrainInterfaces.Operations.IFeatureSwitchesGrain.Key
            );
        await grain.Set(new(GrainInterfaces.Identity.Actor.System, "moods", false));
        var watch = Stopwatch.StartNew();
        while ((await model.Get("/api/v1/mood/ana")).Status != 404)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), "The switch did not take effect.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    [Theory]
    [InlineData("nothing", """{"enabled":false}""", 404, "FEATURE_NOT_FOUND")]
    [InlineData("identity", """{"enabled":false}""", 404, "FEATURE_NOT_FOUND")]
    [InlineData("moods", "{}", 400, "INVALID_REQUEST")]
    [InlineData("moods", """{"enabled":"no"}""", 400, "INVALID_REQUEST")]
    public async Task A_switch_that_makes_no_sense_is_refused(string feature, string body, int status, string code)
    {
        await using var server = await ApiServer.Start();
        (await server.As("admin").Put("/api/v1/admin/features/" + feature, body)).ShouldRefuse(status, code);
    }
}
