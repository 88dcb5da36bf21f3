using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.WebUtilities;

namespace Actors.ApiHost.Operations.Documentation;

internal sealed record ErrorCodeResponse(string Error, int Status, string Title);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorCodeResponse))]
internal sealed partial class ErrorJson : JsonSerializerContext;

/// <summary>What the member <c>type</c> of a problem points to.</summary>
internal sealed class ErrorPages : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes
            .Get(Problem.TypePath + "{code}", Describe, ErrorJson.Default.ErrorCodeResponse)
            .Public()
            .WithTags("Operations")
            .WithSummary("What an error code means")
            .Refuses(HttpRefusals.NotFoundCode);

    private static ValueTask<Outcome<ErrorCodeResponse>> Describe(Call call)
    {
        var code = call.Route("code")!;
        if (!RefusalStatus.IsKnown(code))
        {
            return new(HttpRefusals.NotFound);
        }
        var status = RefusalStatus.Of(code);
        return new(new ErrorCodeResponse(code, status, ReasonPhrases.GetReasonPhrase(status)));
    }
}
