using System.Text;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Errors;

[Trait("Spec", "SE-1")]
public sealed class ProblemTests(SharedServer shared)
{
    private const string Update = "/api/v1/mood/update";

    private readonly ApiServer _server = shared.Server;

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/api/v1/mood")]
    [InlineData("/api/v1/mood/a/b/c")]
    [InlineData("/api/v2/mood/ana")]
    public async Task An_unknown_address_is_a_problem(string path) =>
        (await _server.AsNobody().Get(path)).ShouldRefuse(404, "NOT_FOUND");

    [Fact]
    public async Task A_method_that_an_address_does_not_know_is_a_problem_that_names_those_it_does()
    {
        var answer = await _server.As("admin").Send(HttpMethod.Delete, "/api/v1/mood/ana");
        answer.ShouldRefuse(405, "METHOD_NOT_ALLOWED");
        Assert.Contains("GET", answer.Headers["Allow"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /api/v1/me HTTP/1.1\r\nno header\r\n\r\n", 400)]
    [InlineData("GET /api/v1/me?x=\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /api/v1/me%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /api/v1/me HTTP/7.0\r\nHost: x\r\n\r\n", 505)]
    [InlineData("GET * HTTP/1.1\r\nHost: x\r\n\r\n", 405)]
    [InlineData("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX: {long}\r\n\r\n", 431)]
    public async Task What_is_no_HTTP_is_refused_by_the_server_with_the_status_that_HTTP_has_for_it(
        string bytes,
        int status
    )
    {
        using var connection = await RawConnection.To(_server);
        var wire = bytes.Replace("{long}", new string('x', 30_000), StringComparison.Ordinal);
        await connection.Send(Encoding.Latin1.GetBytes(wire));

        var answer = (await connection.Receive())!;

        Assert.Equal(status, answer.Status);
        Assert.Null(await connection.Receive());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("""{"moodState":"neutral"} x""")]
    [InlineData("""{"moodState":"neutral",}""")]
    [InlineData("""{"moodState":"neutral"} // comment""")]
    [InlineData("""{'moodState':'neutral'}""")]
    [InlineData("""{"moodState":"neutral","moodState":"positive"}""")]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}""")]
    public async Task A_body_that_is_not_one_sound_JSON_object_is_a_problem(string body) =>
        (await _server.As("model").Post(Update, body)).ShouldRefuse(400, "INVALID_REQUEST");

    [Fact]
    public async Task A_problem_with_a_body_names_the_place()
    {
        var mistyped = await _server.As("model").Post(Update, """{"moodState":"neutral","autoRespond":7}""");
        Assert.Contains("$.autoRespond", mistyped["message"], StringComparison.Ordinal);
        var repeated = await _server.As("model").Post(Update, """{"autoRespond":true,"autoRespond":true}""");
        Assert.Contains("twice: $.autoRespond", repeated["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_body_of_another_type_is_a_problem(string contentType) =>
        (
            await _server.As("model").Send(HttpMethod.Post, Update, """{"moodState":"neutral"}""", contentType)
        ).ShouldRefuse(415, "UNSUPPORTED_MEDIA_TYPE");

    [Theory]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("Application/JSON")]
    [InlineData("application/merge-patch+json")]
    public async Task JSON_in_UTF8_may_be_called_by_any_of_its_names(string contentType)
    {
        await _server.Model("names1");
        var model = _server.As("model", "names1");
        (await model.Send(HttpMethod.Post, Update, """{"moodState":"neutral"}""", contentType)).ShouldBe(200);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_a_problem_whether_its_length_is_told_or_not()
    {
        var body = $$"""{"moodState":"neutral","customMessage":"{{new string('a', 70_000)}}"}""";
        (await _server.As("model").Post(Update, body)).ShouldRefuse(413, "BODY_TOO_LARGE");
        var chunked = await _server
            .As("model")
            .Send(HttpMethod.Post, Update, body, change: request => request.Headers.TransferEncodingChunked = true);
        chunked.ShouldRefuse(413, "BODY_TOO_LARGE");
    }

    [Fact]
    public async Task A_body_in_pieces_is_read_whole()
    {
        var model = await _server.Model("pieces1");
        var body = $$"""{"moodState":"positive","unknown":"{{new string('a', 20_000)}}"}""";
        var answer = await model.Send(
            HttpMethod.Post,
            Update,
            body,
            change: request => request.Headers.TransferEncodingChunked = true
        );
        Assert.Equal("positive", answer.ShouldBe(200)["moodState"]);
    }

    [Fact]
    public async Task The_type_of_a_problem_can_be_looked_up()
    {
        var problem = await _server.AsNobody().Get("/nothing");
        var type = (await _server.AsNobody().Get(problem["type"]!)).ShouldBe(200);
        Assert.Equal("NOT_FOUND", type["error"]);
        Assert.Equal("404", type["status"]);
        (await _server.AsNobody().Get("/errors/INVENTED")).ShouldRefuse(404, "NOT_FOUND");
    }
}
