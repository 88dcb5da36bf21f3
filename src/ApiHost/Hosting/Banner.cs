using Actors.ApiHost.Auth;
using Actors.Hosting;

namespace Actors.ApiHost.Hosting;

/// <summary>What the console shows once requests are answered: where, from what, and what to try first.</summary>
internal static class Banner
{
    public static void PrintWhenStarted(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<AuthOptions>();
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(Text(app, options)));
    }

    private static string Text(WebApplication app, AuthOptions options)
    {
        var address = (app.Urls.FirstOrDefault() ?? "").Replace("[::]", "localhost").Replace("0.0.0.0", "localhost");
        var data = app.Configuration.DataDirectory();
        return $"""

            Listening on {string.Join(", ", app.Urls)}
            Data in      {data}
            Pages        {address}/docs   {address}/health   {address}/metrics

            {(!options.HasPublishedKeys || options.SigningKey is not null ? TryIt(address, data) : Issuer(options))}
            """;
    }

    private static string Issuer(AuthOptions options) => $"Tokens come from {options.Issuer} for {options.Audience}.";

    private static string TryIt(string address, string data)
    {
        var self = Self();
        var json = "-H 'Content-Type: application/json'";
        string Bearer(string role, string person) =>
            $"-H \"Authorization: Bearer $({self} token --sub {person} --role {role} --Data:Directory '{data}')\"";

        var admin = Bearer("admin", "root");
        var model = Bearer("model", "ana");
        return $$"""
            A token      {{self}} token --sub ana --role model --hours 12 --Data:Directory '{{data}}'

            Register a model, let her accept the terms and change her mood, and read it:

            curl -sS -X PUT {{address}}/api/v1/admin/models/ana {{admin}} {{json}} -d '{"displayName":"Ana"}'
            curl -sS -X POST {{address}}/api/v1/me/mood-terms {{model}} && curl -sS {{address}}/api/v1/mood/update {{model}} {{json}} -d '{"moodState":"positive","customMessage":"Feeling great"}'
            curl -sS {{address}}/api/v1/mood/ana {{Bearer("user", "bo")}}

            """;
    }

    /// <summary>How to run this very program from any directory.</summary>
    private static string Self()
    {
        var process = Environment.ProcessPath ?? "dotnet";
        var library = typeof(Banner).Assembly.Location;
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? $"{process} '{library}'" : $"'{process}'";
    }
}
