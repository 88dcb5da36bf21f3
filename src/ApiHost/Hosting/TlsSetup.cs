using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Hosting;

/// <summary>TLS 1.3 and nothing older, once a certificate is configured.</summary>
internal static class TlsSetup
{
    public const string DefaultAddress = "https://localhost:5001";

    public static void AddTls(this WebApplicationBuilder builder)
    {
        var options = SettingsReader.Read<TlsOptions>(builder.Configuration);
        if (options.Certificate is not { } path)
        {
            return;
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
        if (builder.Configuration.Text("urls") is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
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
