using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Grains.Hosting;
using Actors.TestKit.Processes;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Actors.Cluster.Tests;

/// <summary>
/// The storage emulator as an account in Azure looks: host names instead of ports, TLS, and tokens instead of a key. The emulator
/// checks what a token says and not who signed it.
/// </summary>
internal sealed class AzuriteWithIdentities : IAsyncDisposable
{
    private const string Domain = "core.test";
    private const string Blobs = $"{AzuriteProcess.Account}.blob.{Domain}";

    private readonly AzuriteProcess _azurite;
    private readonly X509Certificate2 _certificate;
    private readonly DirectoryInfo _directory;

    private AzuriteWithIdentities(AzuriteProcess azurite, X509Certificate2 certificate, DirectoryInfo directory) =>
        (_azurite, _certificate, _directory) = (azurite, certificate, directory);

    public static async Task<AzuriteWithIdentities> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("azurite-");
        using var key = RSA.Create(2048);
        var certificate = Certify(key);
        var (certificatePath, keyPath) = (PathOf("certificate.pem"), PathOf("key.pem"));
        await File.WriteAllTextAsync(certificatePath, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyPath, key.ExportPkcs8PrivateKeyPem());
        var azurite = await AzuriteProcess.StartAsync(
            countsCalls: false,
            "--oauth=basic",
            $"--cert={certificatePath}",
            $"--key={keyPath}"
        );
        return new AzuriteWithIdentities(azurite, certificate, directory);

        string PathOf(string name) => Path.Combine(directory.FullName, name);
    }

    /// <summary>The account as settings name it, opened by that credential.</summary>
    public StorageAccount OpenedBy(TokenCredential credential)
    {
        Assert.True(StorageAccount.TryParse($"https://{Blobs}", out var account));
        return account with { Credential = credential, Transport = new HttpClientTransport(new HttpClient(Handler())) };
    }

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _certificate.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Finds the emulator behind the names, and believes its certificate and no other.</summary>
    private Emulated Handler() =>
        new(_azurite)
        {
            InnerHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                        (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0
                        && shown?.GetCertHashString() == _certificate.Thumbprint,
                },
            },
        };

    private static X509Certificate2 Certify(RSA key)
    {
        var request = new CertificateRequest($"CN={Domain}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(1));
    }

    /// <summary>
    /// The emulator takes names like those of Azure for an account too, but fails with them inside of batches; so they become its
    /// own addresses, on the way and in what is sent.
    /// </summary>
    private sealed class Emulated(AzuriteProcess azurite) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var asked = request.RequestUri!;
            var own =
                $"https://127.0.0.1:{(asked.Host == Blobs ? azurite.BlobPort : azurite.TablePort)}/{AzuriteProcess.Account}";
            request.RequestUri = new Uri($"{own}{asked.PathAndQuery}");
            request.Headers.Host = null;
            if (asked.AbsolutePath == "/$batch")
            {
                var (batch, type) = (
                    await request.Content!.ReadAsStringAsync(cancellationToken),
                    request.Content.Headers.ContentType
                );
                batch = batch.Replace($"https://{asked.Host}", own, StringComparison.Ordinal);
                request.Content = new StringContent(batch) { Headers = { ContentType = type } };
            }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
