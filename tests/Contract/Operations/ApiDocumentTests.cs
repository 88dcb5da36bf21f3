using System.Text.Json;
using Actors.ApiHost.Pages;
using Actors.Contract.Tests.Server;
using Microsoft.AspNetCore.Routing;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "OP-4")]
public sealed class ApiDocumentTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    private async Task<JsonElement> Operation(string path, string method) =>
        (await ApiDescription.Of(_server).Document).GetProperty("paths").GetProperty(path).GetProperty(method);

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_describes_every_route()
    {
        var document = await ApiDescription.Of(_server).Document;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        var mapped =
            from endpoint in _server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let route = "/" + endpoint.RoutePattern.RawText!.Trim('/')
            where route is not ("/metrics" or "/openapi/v1.json")
            where endpoint.Metadata.GetMetadata<BrowserPage>() is null
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
            where method != "CONNECT"
            select $"{method} {route}";
        Assert.Equal(mapped.Order(), described.Order());
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_for_generated_clients()
    {
        var document = await ApiDescription.Of(_server).Document;
        var names = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject())
            .Select(static operation => operation.Value.GetProperty("operationId").GetString()!)
            .ToArray();

        Assert.All(names, static name => Assert.Matches("^[A-Z][A-Za-z]+_[A-Z][A-Za-z]+$", name));
        Assert.Empty(
            names.GroupBy(static name => name).Where(static same => same.Count() > 1).Select(static same => same.Key)
        );
        Assert.Contains("Wallet_Tip", names);
    }

    [Fact]
    public async Task An_operation_says_who_may_what_it_takes_and_what_it_refuses()
    {
        var update = await Operation("/api/v1/mood/update", "post");
        Assert.Contains("model", update.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.True(update.GetProperty("security")[0].TryGetProperty("bearer", out _));
        var body = update.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        Assert.Equal("positive", body.GetProperty("example").GetProperty("moodState").GetString());
        Assert.EndsWith("UpdateMoodRequest", body.GetProperty("schema").GetProperty("$ref").GetString());
        var codes = string.Join(
            ' ',
            update
                .GetProperty("responses")
                .EnumerateObject()
                .Select(one => one.Value.GetProperty("description").GetString())
        );
        foreach (
            var code in "INVALID_MOOD_STATE INVALID_CUSTOM_MESSAGE INVALID_RESPONSE_DELAY INVALID_EXPIRES_AT INVALID_REQUEST UNAUTHORIZED TOKEN_EXPIRED TERMS_NOT_ACCEPTED MODEL_NOT_FOUND RATE_LIMIT_EXCEEDED TOO_MANY_REQUESTS BODY_TOO_LARGE UNSUPPORTED_MEDIA_TYPE FEATURE_DISABLED OUTCOME_UNKNOWN".Split(
                ' '
            )
        )
        {
            Assert.Contains(code, codes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Schemas_name_the_values_of_enums_and_the_kind_of_times()
    {
        var schemas = (await ApiDescription.Of(_server).Document).GetProperty("components").GetProperty("schemas");
        var mood = schemas.GetProperty("MoodResponse").GetProperty("properties");
        Assert.Equal(
            ["neutral", "positive", "negative"],
            mood.GetProperty("moodState").GetProperty("enum").EnumerateArray().Select(one => one.GetString())
        );
        Assert.Equal("date-time", mood.GetProperty("lastUpdated").GetProperty("format").GetString());
        Assert.True(schemas.TryGetProperty("Problem", out _));
    }

    [Fact]
    public async Task Schemas_name_members_and_type_numbers_as_the_contract_has_them()
    {
        var schemas = (await ApiDescription.Of(_server).Document).GetProperty("components").GetProperty("schemas");
        var change = schemas.GetProperty("ChangeMenuItemRequest").GetProperty("properties");
        Assert.Equal(["null", "integer"], Types(change.GetProperty("token_value")));
        Assert.True(
            change.GetProperty("lovense_activation").GetProperty("properties").TryGetProperty("timing_offset", out _)
        );
        var menu = schemas.GetProperty("MenuResponse");
        Assert.Equal(
            Menus.MenuScenes.MenuMembers,
            menu.GetProperty("properties").EnumerateObject().Select(member => member.Name)
        );
        Assert.Contains("model_id", menu.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(schemas.GetProperty("MoodResponse").GetProperty("properties").TryGetProperty("modelId", out _));

        static IEnumerable<string?> Types(JsonElement schema) =>
            schema.GetProperty("type").EnumerateArray().Select(type => type.GetString());
    }

    [Fact]
    public async Task Pages_take_a_limit_and_an_offset()
    {
        var history = await Operation("/api/v1/mood/{modelId}/history", "get");
        Assert.Equal(
            ["modelId", "limit", "offset"],
            history.GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("name").GetString())
        );
    }

    [Fact]
    public async Task The_page_to_try_it_works_without_the_internet()
    {
        var page = await _server.Http.GetStringAsync("/docs/index.html");
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        foreach (var asset in new[] { "swagger-ui-bundle.js", "swagger-ui.css", "index.js" })
        {
            var content = await _server.Http.GetStringAsync("/docs/" + asset);
            Assert.NotEmpty(content);
        }
        Assert.Contains(
            "/openapi/v1.json",
            await _server.Http.GetStringAsync("/docs/index.js"),
            StringComparison.Ordinal
        );
    }
}
