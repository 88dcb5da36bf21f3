using System.Text.Json.Serialization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Pages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Actors.ApiHost.Operations.Documentation;

internal static class ApiDocumentSetup
{
    private const string DocumentName = "v1";
    private const string PagePath = "/docs";
    private const string DocumentPath = "/openapi/v1.json";

    public static void AddApiDocument(this IServiceCollection services)
    {
        // The contracts take no texts for numbers; only the document is made with these options.
        services.ConfigureHttpJsonOptions(static json =>
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict
        );
        services.AddOpenApi(
            DocumentName,
            document =>
            {
                document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                document.AddSchemaTransformer<EnumSchemas>();
                document.AddOperationTransformer<RouteOperations>();
                document.AddDocumentTransformer<ApiDocument>();
            }
        );
    }

    public static void MapApiDocument(this WebApplication app)
    {
        var document = new Lazy<Task<byte[]>>(() => Make(app.Services));
        app.MapMethods(
                DocumentPath,
                ["GET"],
                async http =>
                {
                    http.Response.ContentType = JsonAnswer.ContentType;
                    await http.Response.BodyWriter.WriteAsync(await document.Value, http.RequestAborted);
                }
            )
            .Public()
            .ExcludeFromDescription();
        app.MapFeature<ErrorPages>();
        // Under its own path only: the page's middleware would otherwise match every request against its patterns.
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(PagePath),
            branch =>
                branch
                    .Use(
                        static (http, next) =>
                        {
                            BrowserPage.OfDocumentation.WriteHeaders(http.Response.Headers);
                            return next(http);
                        }
                    )
                    .UseSwaggerUI(page =>
                    {
                        page.RoutePrefix = PagePath[1..];
                        page.DocumentTitle = "Actors API";
                        page.SwaggerEndpoint(DocumentPath, "Actors API v1");
                        // There are too many operations to draw, and to look through, all at once.
                        page.DocExpansion(DocExpansion.None);
                        page.EnableFilter();
                    })
        );
    }

    /// <summary>Once: the routes do not change while the host runs, and anybody may ask.</summary>
    private static async Task<byte[]> Make(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await provider.GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return json.ToArray();
    }
}
