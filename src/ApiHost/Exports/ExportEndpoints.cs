using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Exports;

internal static class ExportRoutes
{
    public static void MapExports(this IEndpointRouteBuilder routes) => routes.MapFeature<ExportEndpoints>();
}

/// <summary>What is held about the caller, as one file; nobody names whose.</summary>
internal sealed class ExportEndpoints(IGrainFactory grains, ExportFiles files) : IEndpoints
{
    private const string FileMediaType = "application/zip";

    public void Map(IEndpointRouteBuilder routes)
    {
        var export = routes.MapGroup("/api/v1/me/export").WithTags("Export").For(Roles.User | Roles.Model);
        export
            .Post("", Request, ExportJson.Default.ExportResponse)
            .Accepts()
            .WithSummary(
                "Begins to put all that is held about the caller into one ZIP; answers the one that is being made"
            )
            .Refuses(ExportRefusals.TooManyExportsCode);
        export
            .Get("", Get, ExportJson.Default.ExportResponse)
            .WithSummary("How far the caller's newest export is, and until when it can be downloaded")
            .Refuses(ExportRefusals.ExportNotFoundCode);
        export
            .MapMethods("/file", ["GET"], Download)
            .WithMetadata(
                ((Delegate)Download).Method,
                new AnswerStream("200", "The ZIP, to be saved.", FileMediaType),
                new AnswerStream("206", "The range that was asked for.", FileMediaType)
            )
            .WithSummary("The caller's export, for 24 hours after it is ready")
            .Refuses(
                ExportRefusals.ExportNotFoundCode,
                ExportRefusals.ExportNotReadyCode,
                HttpRefusals.RangeNotSatisfiableCode
            );
    }

    private async ValueTask<Outcome<ExportResponse>> Request(Call call)
    {
        var kind = call.Caller.Role == ActorRole.User ? PersonKind.User : PersonKind.Model;
        var requested = await Export(call).Request(kind);
        return requested.Map(view => call.Accepted(ExportResponse.From(view)));
    }

    private async ValueTask<Outcome<ExportResponse>> Get(Call call) =>
        (await Export(call).Get()).Map(ExportResponse.From);

    private async Task Download(HttpContext http)
    {
        var call = new Call(http);
        var found = await files.OpenAsync(call.Caller.Id, http.RequestAborted);
        if (found.Value is not { } export)
        {
            Problem.Write(http, found.Refusal!);
            return;
        }
        await using var content = export.Content;
        var id = export.File.Number.ToString(CultureInfo.InvariantCulture);
        var answer = new FileAnswer(FileMediaType, export.File.Bytes, $"export-{id}.zip", id);
        await answer.WriteAsync(http, content);
    }

    private IExportGrain Export(Call call) => grains.GetGrain<IExportGrain>(call.Caller.Id);
}
