using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Actors.ApiHost.Operations.Documentation;

/// <summary>What all operations share: how to sign in and what an error looks like.</summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    public const string BearerScheme = "bearer";
    public const string ProblemSchema = "Problem";

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Actors API",
            Version = "v1",
            Description =
                "Errors are problem+json (RFC 9457) with a stable code in `error`. Every answer tells the caller's "
                + "request limit in `RateLimit` headers.",
        };
        // Without hosts, so that the page works behind any name.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A JWT with the person in `sub` and user, model, admin or service in `role`.",
            },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = Problem();
        return Task.CompletedTask;
    }

    private static OpenApiSchema Problem() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Description = "An error, by RFC 9457, with the members `error` and `message` beside the standard ones.",
            Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "error", "message" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("Where the code is described."),
                ["title"] = Text("The status in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text("The same as message."),
                ["instance"] = Text("The path that was asked for."),
                ["error"] = Text("A stable code."),
                ["message"] = Text("For a person to read."),
                ["resetTime"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "date-time",
                    Description = "When trying again can succeed, where that is known.",
                },
                ["traceId"] = Text("Finds this request in the logs."),
            },
            Examples =
            [
                new JsonObject
                {
                    ["type"] = "/errors/INVALID_MOOD_STATE",
                    ["title"] = "Bad Request",
                    ["status"] = 400,
                    ["detail"] = "moodState is one of neutral, positive, negative.",
                    ["instance"] = "/api/v1/mood/update",
                    ["error"] = "INVALID_MOOD_STATE",
                    ["message"] = "moodState is one of neutral, positive, negative.",
                    ["traceId"] = "0HN7ABC:00000001",
                },
            ],
        };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
