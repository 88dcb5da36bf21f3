using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Actors.Contract.Tests.Server;
using Actors.Grains.Hosting;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "SE-2")]
public sealed class TlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-tls").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task With_a_certificate_TLS_1_3_is_spoken_and_nothing_older()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await ApiServer.Start([
            "--urls=https://127.0.0.1:0",
            $"--Tls:Certificate={certificate}",
            $"--Tls:Key={key}",
        ]);
        Assert.Equal(SslProtocols.Tls13, await Handshake(server, SslProtocols.None));
        await Assert.ThrowsAnyAsync<Exception>(() => Handshake(server, SslProtocols.Tls12));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_stops_the_start_with_its_name()
    {
        var fault = await Assert.ThrowsAsync<SettingException>(() =>
            ApiServer.Start(["--Tls:Certificate=/nowhere/cert.pem", "--Tls:Key=/nowhere/key.pem"])
        );
        Assert.Equal("Tls:Certificate", fault.Name);
    }

    private static async Task<SslProtocols> Handshake(ApiServer server, SslProtocols protocols)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocols,
                RemoteCertificateValidationCallback = static (_, found, _, _) => found?.Subject == "CN=localhost",
            }
        );
        return tls.SslProtocol;
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var paths = (Path.Combine(_directory, "cert.pem"), Path.Combine(_directory, "key.pem"));
        File.WriteAllText(paths.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(paths.Item2, key.ExportPkcs8PrivateKeyPem());
        return paths;
    }
}
