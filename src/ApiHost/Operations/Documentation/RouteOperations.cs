using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Actors.ApiHost.Operations.Documentation;

/// <summary>Describes an operation by the metadata that its route works by.</summary>
internal sealed class RouteOperations : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata);
        var access = metadata.GetMetadata<Access>() ?? Access.SignedIn;
        var document = context.Document!;
        operation.OperationId = IdOf(metadata);
        operation.Parameters = [.. PathParameters(context), .. QueryParameters(metadata)];
        operation.Responses = [];
        if (metadata.GetMetadata<AnswerBody>() is { } answer)
        {
            var schema = await context.GetOrCreateSchemaAsync(answer.Contract.Type, null, cancellationToken);
            var status =
                metadata.GetMetadata<Creating>() is not null ? StatusCodes.Status201Created
                : metadata.GetMetadata<Accepting>() is not null ? StatusCodes.Status202Accepted
                : StatusCodes.Status200OK;
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = Json(Reference(document, answer.Contract.Type, schema)),
            };
        }
        if (metadata.GetMetadata<NoAnswer>() is not null)
        {
            operation.Responses["204"] = new OpenApiResponse { Description = "No Content" };
        }
        foreach (var stream in metadata.GetOrderedMetadata<AnswerStream>())
        {
            operation.Responses[stream.Status] = new OpenApiResponse
            {
                Description = stream.Description,
                Content = stream.ContentType is { } type
                    ? new Dictionary<string, OpenApiMediaType> { [type] = new() }
                    : null,
            };
        }
        if (metadata.GetMetadata<RequestBody>() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Contract.Type, null, cancellationToken);
            var content = Json(Reference(document, body.Contract.Type, schema));
            content[JsonAnswer.ContentType].Example = Example(metadata);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = metadata.GetMetadata<OptionalBody>() is null,
                Content = content,
            };
        }
        if (metadata.GetMetadata<RequestFile>() is { } file)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = file.MediaTypes.ToDictionary(static type => type, static _ => new OpenApiMediaType()),
            };
        }
        DescribeAccess(operation, access, document);
        var codes = CodesOf(metadata, access, context.Description.HttpMethod == "GET");
        var refusals = codes.Select(static code => (Status: RefusalStatus.Of(code), Code: code));
        if (!access.IsPublic && access.Roles != Roles.Any)
        {
            var forbidden = access.Otherwise?.Code ?? CommonRefusals.ForbiddenCode;
            refusals = refusals.Append((StatusCodes.Status403Forbidden, forbidden)).Distinct();
        }
        DescribeProblems(operation, refusals, document);
    }

    /// <summary>The feature and what its handler is called, such as Wallet_Tip: what generated clients name their methods by.</summary>
    private static string? IdOf(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<MethodInfo>() is { DeclaringType: { } type } handler
            ? $"{type.Name.Replace("Endpoints", "", StringComparison.Ordinal)}_{handler.Name}"
            : null;

    private static IEnumerable<OpenApiParameter> PathParameters(OpenApiOperationTransformerContext context) =>
        from segment in context.Description.RelativePath!.Split('/')
        where segment.StartsWith('{')
        select new OpenApiParameter
        {
            Name = segment.Trim('{', '}'),
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static IEnumerable<OpenApiParameter> QueryParameters(EndpointMetadataCollection metadata) =>
        metadata
            .GetOrderedMetadata<QueryParameter>()
            .Select(query => new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = new OpenApiSchema
                {
                    Type =
                        query.Type == typeof(int) ? JsonSchemaType.Integer
                        : query.Type == typeof(bool) ? JsonSchemaType.Boolean
                        : JsonSchemaType.String,
                    Format =
                        query.Type == typeof(DateTimeOffset) ? "date-time"
                        : query.Type == typeof(DateOnly) ? "date"
                        : null,
                    Default = JsonSerializer.SerializeToNode(query.Default),
                },
            });

    private static JsonNode? Example(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<RequestExample>() is { } example ? JsonNode.Parse(example.Json) : null;

    private static void DescribeAccess(OpenApiOperation operation, Access access, OpenApiDocument document)
    {
        if (access.IsPublic)
        {
            operation.Security = [];
            return;
        }
        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(ApiDocument.BearerScheme, document)] = [],
            },
        ];
        var roles = access.Roles == Roles.Any ? "anyone signed in" : access.Roles.ToString().ToLowerInvariant();
        var scope = access.ServiceScope is { } name ? $" A service whose token has a scope needs `{name}`." : "";
        operation.Description = $"For: {roles}.{scope}";
    }

    /// <summary>What the route itself can refuse with, and what the way to it can.</summary>
    private static IEnumerable<string> CodesOf(EndpointMetadataCollection metadata, Access access, bool isRead)
    {
        List<string> codes = [.. metadata.GetOrderedMetadata<Refusing>().SelectMany(refusing => refusing.Codes)];
        if (metadata.GetMetadata<RequestBody>() is not null)
        {
            codes.AddRange([
                HttpRefusals.InvalidRequestCode,
                HttpRefusals.BodyTooLargeCode,
                HttpRefusals.UnsupportedMediaTypeCode,
            ]);
            if (!access.IsPublic)
            {
                codes.Add(LimitRefusals.TooMuchWrittenCode);
            }
        }
        if (!access.IsPublic)
        {
            codes.AddRange([
                AuthRefusals.UnauthorizedCode,
                AuthRefusals.TokenInvalidCode,
                AuthRefusals.TokenExpiredCode,
                AuthRefusals.TokenRevokedCode,
                CommonRefusals.ForbiddenCode,
                HttpRefusals.BusyCode,
                HttpRefusals.UnavailableCode,
                HttpRefusals.StorageDamagedCode,
            ]);
        }
        if ((access.Roles & (Roles.User | Roles.Model)) != 0)
        {
            codes.AddRange([IdentityRefusals.WrongRoleCode, IdentityRefusals.PersonErasedCode]);
        }
        if (!access.IsPublic && !isRead)
        {
            codes.AddRange([HttpRefusals.OutcomeUnknownCode, HttpRefusals.StorageFullCode]);
        }
        if (metadata.GetMetadata<Unlimited>() is null)
        {
            codes.Add(LimitRefusals.TooManyRequestsCode);
        }
        if (metadata.GetMetadata<FeatureState>() is not null)
        {
            codes.Add(OperationsRefusals.FeatureDisabledCode);
        }
        return codes.Distinct();
    }

    private static void DescribeProblems(
        OpenApiOperation operation,
        IEnumerable<(int Status, string Code)> refusals,
        OpenApiDocument document
    )
    {
        foreach (
            var status in refusals
                .GroupBy(static one => one.Status, static one => one.Code)
                .OrderBy(static group => group.Key)
        )
        {
            operation.Responses![status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = $"{ReasonPhrases.GetReasonPhrase(status.Key)}: {string.Join(", ", status)}",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problem.ContentType] = new()
                    {
                        Schema = new OpenApiSchemaReference(ApiDocument.ProblemSchema, document),
                    },
                },
            };
        }
    }

    private static OpenApiSchemaReference Reference(OpenApiDocument document, Type type, OpenApiSchema schema)
    {
        document.AddComponent(type.Name, schema);
        return new OpenApiSchemaReference(type.Name, document);
    }

    private static Dictionary<string, OpenApiMediaType> Json(OpenApiSchemaReference schema) =>
        new() { [JsonAnswer.ContentType] = new OpenApiMediaType { Schema = schema } };
}
