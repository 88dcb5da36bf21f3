using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Bookings;

[Trait("Spec", "AC-2")]
public sealed class BookingExportTests(SharedServer shared)
{
    [Fact]
    public async Task A_persons_calls_are_in_her_file_with_her_payments_and_in_the_performers_without()
    {
        var scene = await CallScene.OpenAsync(shared.Server, "call-export");
        var id = await scene.HeldAsync("export-key", CallScene.Start);
        (await scene.PayAsync(id, provider: "sandbox")).ShouldBe(200);
        await Eventually.TrueAsync(async () =>
            (await scene.User.Get("/api/v1/bookings")).ShouldBe(200)["total"] == "1"
            && (await scene.Performer.Get("/api/v1/bookings")).ShouldBe(200)["total"] == "1"
        );

        var own = Assert.Single(await BookingsAsync(scene.User, "user", scene.UserId));
        var hers = Assert.Single(await BookingsAsync(scene.Performer, "model", scene.PerformerId));

        Assert.Equal((id, "awaiting_payment"), (Text(own, "bookingId"), Text(own, "status")));
        var payment = Assert.Single(own.GetProperty("payments").EnumerateArray());
        Assert.Equal(("sandbox", $"{id}-1"), (Text(payment, "provider"), Text(payment, "paymentId")));
        Assert.Equal((id, 0), (Text(hers, "bookingId"), hers.GetProperty("payments").GetArrayLength()));
    }

    private async Task<JsonElement[]> BookingsAsync(ApiClient person, string role, string id)
    {
        const string path = "/api/v1/me/export";
        (await person.Post(path)).ShouldBe(202);
        await Eventually.GetAsync(() => person.Get(path), static one => one.ShouldBe(200)["status"] == "ready");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}/file");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shared.Server.Token(role, id));
        using var answer = await shared.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(stream);
        await using var file = zip.GetEntry("bookings.json")!.Open();
        using var reader = new StreamReader(file);
        return
        [
            .. JsonElement.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).EnumerateArray(),
        ];
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
