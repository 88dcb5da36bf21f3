using System.Net;
using System.Net.Http.Headers;
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
    public async Task Without_TLS_nothing_is_answered_but_probes_and_a_person_is_shown_the_way()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await ApiServer.Start([
            "--urls=http://127.0.0.1:0;https://127.0.0.1:0",
            $"--Tls:Certificate={certificate}",
            $"--Tls:Key={key}",
        ]);
        var secure = new Uri(server.App.Urls.Single(static url => url.StartsWith("https:", StringComparison.Ordinal)));

        using var withToken = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        withToken.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token("admin"));
        using var byPerson = new HttpRequestMessage(HttpMethod.Get, "/signin?x=1");
        byPerson.Headers.Add("Accept", "text/html");

        using var refused = await server.Http.SendAsync(withToken);
        using var page = await server.Http.SendAsync(byPerson);
        using var probe = await server.Http.GetAsync(new Uri("/livez", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("\"TLS_REQUIRED\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(new Uri($"https://127.0.0.1:{secure.Port}/signin?x=1"), page.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task With_TLS_browsers_are_told_to_stay_with_it()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await ApiServer.Start([
            "--urls=https://127.0.0.1:0",
            $"--Tls:Certificate={certificate}",
            $"--Tls:Key={key}",
        ]);
        using var trusting = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions =
                {
                    RemoteCertificateValidationCallback = static (_, found, _, _) => found?.Subject == "CN=localhost",
                },
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/livez"));
        request.Headers.Host = "actors.example";

        using var answer = await trusting.SendAsync(request);

        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("https://127.0.0.1:0", false)]
    [InlineData("http://127.0.0.1:0", true)]
    public async Task An_address_and_a_certificate_that_do_not_go_together_stop_the_start(
        string address,
        bool hasCertificate
    )
    {
        var (certificate, key) = WriteCertificate();
        string[] tls = hasCertificate ? [$"--Tls:Certificate={certificate}", $"--Tls:Key={key}"] : [];
        var fault = await Assert.ThrowsAsync<SettingException>(() => ApiServer.Start([$"--urls={address}", .. tls]));
        Assert.Equal("urls", fault.Name);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_stops_the_start_with_its_name()
    {
        var fault = await Assert.ThrowsAsync<SettingException>(() =>
            ApiServer.Start([
                "--urls=https://127.0.0.1:0",
                "--Tls:Certificate=/nowhere/cert.pem",
                "--Tls:Key=/nowhere/key.pem",
            ])
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
