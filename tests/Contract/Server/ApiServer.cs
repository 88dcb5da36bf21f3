using Actors.ApiHost;
using Actors.ApiHost.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Contract.Tests.Server;

/// <summary>The real application on a real socket, on a data directory of its own.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private const string Secret = "the signing key of the contract tests";

    public const string SecretSetting = $"--Auth:SigningKey={Secret}";

    private readonly string _directory = Directory.CreateTempSubdirectory("actors-contract").FullName;
    private readonly TokenIssuer _issuer = new(
        TokenKey.OfSecret(System.Text.Encoding.UTF8.GetBytes(Secret)),
        new AuthOptions(),
        TimeProvider.System
    );

    private ApiServer(string[] settings, Action<WebApplicationBuilder>? configure)
    {
        string[] usual =
        [
            "--urls=http://127.0.0.1:0",
            $"--Data:Directory={_directory}",
            "--Limits:RequestsPerMinute=1000000000",
            "--Logging:LogLevel:Default=None",
            "--Logging:LogLevel:Orleans=None",
        ];
        string[] secret = settings.Any(setting => setting.StartsWith("--Auth:", StringComparison.Ordinal))
            ? []
            : [SecretSetting];
        App = Program.Build([.. usual, .. secret, .. settings], configure);
    }

    public WebApplication App { get; }

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<ApiServer> Start(
        string[]? settings = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var server = new ApiServer(settings ?? [], configure);
        await server.App.StartAsync();
        server.Address = new Uri(server.App.Urls.First());
        // What is redirected is looked at, not followed; a client would leave its token behind on the way.
        server.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.Address,
        };
        return server;
    }

    /// <param name="subject">Somebody of that role unless given: an id is a user's or a model's, never both.</param>
    public string Token(string role, string? subject = null, TimeSpan? lifetime = null, string? scope = null)
    {
        Assert.True(RoleNames.TryParse(role, out var parsed));
        return _issuer.Issue(subject ?? $"some-{role}", parsed, lifetime ?? TimeSpan.FromHours(1), scope);
    }

    public ApiClient As(string role, string? subject = null) => new(this, Token(role, subject));

    public ApiClient AsNobody() => new(this, null);

    public ApiClient AsToken(string token) => new(this, token);

    /// <summary>A registered model who has accepted the terms.</summary>
    public async Task<ApiClient> Model(string id)
    {
        await As("admin", "root").Put($"/api/v1/admin/models/{id}", """{"displayName":"Ana"}""");
        var model = As("model", id);
        (await model.Post("/api/v1/me/mood-terms")).ShouldBe(200);
        return model;
    }

    /// <summary>A user whom the platform knows.</summary>
    public async Task<ApiClient> User(string id)
    {
        var user = As("user", id);
        (await user.Get("/api/v1/me")).ShouldBe(200);
        return user;
    }

    public T Service<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
