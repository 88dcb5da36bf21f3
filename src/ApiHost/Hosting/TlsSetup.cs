using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Pages;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Hosting;

/// <summary>TLS 1.3 and nothing older, once a certificate is configured; and then nothing without it.</summary>
internal static class TlsSetup
{
    public const string DefaultAddress = "https://localhost:5001";

    private static readonly TimeSpan RememberTls = TimeSpan.FromDays(365);

    public static void AddTls(this WebApplicationBuilder builder)
    {
        var options = SettingsReader.Read<TlsOptions>(builder.Configuration);
        var hasSecureAddress = builder
            .Configuration.Text("urls")
            ?.Contains("https://", StringComparison.OrdinalIgnoreCase);
        if (options.Certificate is not { } path)
        {
            if (hasSecureAddress == true)
            {
                throw new SettingException("urls", "holds an https address, which needs Tls:Certificate.");
            }
            return;
        }
        if (hasSecureAddress == false)
        {
            throw new SettingException("urls", "holds no https address, for which there is Tls:Certificate.");
        }
        var certificate = Load(path, options);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = certificate;
                https.SslProtocols = SslProtocols.Tls13;
            })
        );
        builder.Services.AddHsts(static hsts => hsts.MaxAge = RememberTls);
        if (hasSecureAddress is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }

    /// <summary>
    /// Refuses what comes without TLS, rather than to redirect it: a client that is redirected sends its token in the open
    /// every time and never learns of it. A person who types the address is shown the way; probes hold no secrets.
    /// </summary>
    public static void UseTls(this WebApplication app)
    {
        if (SettingsReader.Read<TlsOptions>(app.Configuration).Certificate is null)
        {
            return;
        }
        app.UseHsts();
        app.Use(
            (http, next) =>
            {
                if (http.Request.IsHttps || http.GetEndpoint()?.Metadata.GetMetadata<Unlimited>() is not null)
                {
                    return next(http);
                }
                if (BrowserPage.IsNavigation(http.Request) && http.Request.Headers.Authorization.Count == 0)
                {
                    http.Response.Redirect(SecureAddress(app, http.Request));
                }
                else
                {
                    Problem.Write(http, HttpRefusals.TlsRequired);
                }
                return Task.CompletedTask;
            }
        );
    }

    private static string SecureAddress(WebApplication app, HttpRequest request)
    {
        var port = app
            .Urls.Where(static url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            .Select(static url => BindingAddress.Parse(url).Port)
            .First();
        return $"https://{request.Host.Host}:{port}{request.Path.ToUriComponent()}{request.QueryString}";
    }

    private static X509Certificate2 Load(string path, TlsOptions options)
    {
        try
        {
            return options.Key is { } key
                ? X509Certificate2.CreateFromPemFile(path, key)
                : X509CertificateLoader.LoadPkcs12FromFile(path, options.Password);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Tls:Certificate", $"cannot be read: {fault.Message}");
        }
    }
}
