using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Microsoft.OpenApi;

namespace Actors.ApiHost.Operations.Documentation;

internal static class ApiDocumentSetup
{
    private const string PagePath = "/docs";
    private const string DocumentPath = "/openapi/v1.json";

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            document =>
            {
                document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                document.AddSchemaTransformer<EnumSchemas>();
                document.AddOperationTransformer<RouteOperations>();
                document.AddDocumentTransformer<ApiDocument>();
            }
        );

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").Public();
        app.MapFeature<ErrorPages>();
        // Under its own path only: the page's middleware would otherwise match every request against its patterns.
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(PagePath),
            branch =>
                branch.UseSwaggerUI(page =>
                {
                    page.RoutePrefix = PagePath[1..];
                    page.DocumentTitle = "Actors API";
                    page.SwaggerEndpoint(DocumentPath, "Actors API v1");
                })
        );
    }
}
