using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Auth;

[Trait("Spec", "ID-1")]
public sealed class TokenTransportTests(SharedServer shared)
{
    private async Task<Answer> With(params string[] authorization)
    {
        return await shared
            .Server.AsNobody()
            .Send(
                HttpMethod.Get,
                "/api/v1/me",
                change: request =>
                {
                    foreach (var value in authorization)
                    {
                        request.Headers.TryAddWithoutValidation("Authorization", value);
                    }
                }
            );
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case() =>
        (await With("bearer " + shared.Server.Token("user"))).ShouldBe(200);

    [Fact]
    public async Task A_token_elsewhere_than_in_one_bearer_header_is_refused()
    {
        var token = shared.Server.Token("user");
        (await With("Basic " + token)).ShouldRefuse(401, "TOKEN_INVALID");
        (await With(token)).ShouldRefuse(401, "TOKEN_INVALID");
        (await With("Bearer " + token, "Bearer " + token)).ShouldRefuse(401, "TOKEN_INVALID");
        (await With("Bearer " + new string('a', 9000))).ShouldRefuse(401, "TOKEN_INVALID");
        (await shared.Server.AsNobody().Get("/api/v1/me?access_token=" + token)).ShouldRefuse(401, "UNAUTHORIZED");
    }
}
