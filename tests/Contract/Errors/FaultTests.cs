using Actors.Contract.Tests.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Actors.Contract.Tests.Errors;

[Trait("Spec", "SE-1")]
public sealed class FaultTests
{
    [Fact]
    public async Task A_fault_answers_500_without_a_word_of_its_own()
    {
        await using var server = await ApiServer.Start();
        server.App.MapGet("/fault", (RequestDelegate)(_ => throw new InvalidOperationException("secret detail")));
        var answer = (await server.As("user").Get("/fault")).ShouldRefuse(500, "SYSTEM_ERROR");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_status_of_any_handler_becomes_a_problem()
    {
        await using var server = await ApiServer.Start();
        server.App.MapGet(
            "/bare",
            (RequestDelegate)(
                http =>
                {
                    http.Response.StatusCode = 418;
                    return Task.CompletedTask;
                }
            )
        );
        (await server.As("user").Get("/bare")).ShouldBe(400);
    }
}
