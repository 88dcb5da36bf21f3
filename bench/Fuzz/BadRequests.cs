using System.Globalization;
using System.Text;

namespace Actors.Bench.Fuzz;

/// <summary>Who the requests pretend to be. Each token is valid; what is done to it is up to the fuzzer.</summary>
internal sealed record FuzzTokens(string User, string Model, string Admin, string Service, string Expired)
{
    public string[] Valid => [User, Model, Admin, Service];
}

/// <param name="IsHttp">False when the framing itself is wrong, so that nothing more can be sent on the connection.</param>
internal readonly record struct BadRequest(ReadOnlyMemory<byte> Bytes, bool IsHttp);

/// <summary>
/// Makes requests of which at least one thing is wrong: path, method, token, query, headers, body, or the HTTP itself.
/// The same seed makes the same requests.
/// </summary>
internal sealed class BadRequests(int seed, FuzzTokens tokens)
{
    private static readonly (string Method, string Path, string Body)[] Routes =
    [
        ("GET", "/api/v1/me", ""),
        ("POST", "/api/v1/me/mood-terms", ""),
        ("GET", "/api/v1/mood/fuzzed", ""),
        ("GET", "/api/v1/mood/fuzzed/history?limit=20&offset=0", ""),
        (
            "POST",
            "/api/v1/mood/update",
            """{"moodState":"positive","customMessage":"hi","autoRespond":true,"responseDelay":30,"expiresAt":"2099-01-01T00:00:00Z"}"""
        ),
        ("GET", "/api/v1/mood/template?modelId=fuzzed&templateType=greeting&userTier=gold", ""),
        (
            "POST",
            "/api/v1/mood/template/render",
            """{"modelId":"fuzzed","templateType":"greeting","userTier":"gold","variables":{"userName":"Bo","amount":5}}"""
        ),
        (
            "POST",
            "/api/v1/admin/mood/fuzzed/update",
            """{"moodState":"neutral","reason":"because","customMessage":null,"autoRespond":false,"expiresAt":null}"""
        ),
        ("GET", "/api/v1/admin/mood/fuzzed/history?limit=20&offset=0", ""),
        (
            "POST",
            "/api/v1/admin/mood/template",
            """{"moodState":"neutral","templateType":"greeting","tierLevel":null,"content":"Hi {{userName}}","priority":1,"active":true}"""
        ),
        ("GET", "/api/v1/admin/mood/templates?moodState=neutral&active=true", ""),
        ("GET", "/api/v1/admin/mood/template/none/versions", ""),
        ("POST", "/api/v1/admin/mood/template/none/rollback", """{"version":1}"""),
        (
            "PUT",
            "/api/v1/admin/users/fuzzed",
            """{"displayName":"Bo","language":"en","timeZone":"Europe/Madrid","loyaltyTier":"gold","prime":true}"""
        ),
        ("GET", "/api/v1/admin/users/fuzzed", ""),
        ("PUT", "/api/v1/admin/models/fuzzed", """{"displayName":"Ana"}"""),
        ("GET", "/api/v1/admin/models/fuzzed", ""),
        ("GET", "/api/v1/notifications", ""),
        ("POST", "/api/v1/notifications/read", """{}"""),
        ("PUT", "/api/v1/admin/features/moods", """{"enabled":true}"""),
    ];

    private static readonly string[] Segments =
    [
        "%00",
        "%",
        "%zz",
        "..",
        "%2e%2e",
        "%2F",
        "é",
        "%F0%9F%98%80",
        "'",
        "\"",
        "<b>",
        "{}",
        "a b",
        ";",
        "\\",
        "%ff%fe",
        "null",
        "-",
        "~",
        "*",
    ];

    private static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e999",
        "-0.0",
        "99999999999999999999",
        "301",
        "\"\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[[[[[]]]]]",
        "\"<script>alert(1)</script>\"",
        "\"2020-01-01T00:00:00Z\"",
        "\"9999-99-99\"",
        "\"positive \"",
        "NaN",
        "'x'",
        "0x1",
        "01",
        "1.5",
        "\"\\x\"",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
    ];

    private static readonly string[] Methods =
    [
        "DELETE",
        "PATCH",
        "PUT",
        "OPTIONS",
        "TRACE",
        "FOO",
        "get",
        "POST",
        "GET",
    ];

    private static readonly string[] ContentTypes =
    [
        "text/plain",
        "application/xml",
        "",
        "application/json; charset=utf-16",
        "application/json;",
        "multipart/form-data",
        "*/*",
        "application/x-www-form-urlencoded",
        "é",
        "application/json, application/json",
    ];

    private static readonly string[] Wires =
    [
        "GET /api/v1/me HTTP/1.1\r\n\r\n",
        "GET /api/v1/me HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET\r\n\r\n",
        "\0\0\0\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        "POST /api/v1/mood/update HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /api/v1/mood/update HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{\"a\":",
        "POST /api/v1/mood/update HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nx",
        "POST /api/v1/mood/update HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    ];

    private readonly Random _chance = new(seed);

    public BadRequest Next()
    {
        if (_chance.Next(20) == 0)
        {
            return new BadRequest(Encoding.Latin1.GetBytes(NextWire()), IsHttp: false);
        }
        var (method, path, body) = Pick(Routes);
        var token = Pick(tokens.Valid);
        var bytes = Encoding.UTF8.GetBytes(body);
        var headers = "Content-Type: application/json\r\n";
        for (var faults = _chance.Next(1, 4); faults > 0; faults--)
        {
            switch (_chance.Next(8))
            {
                case 0:
                    method = Pick(Methods);
                    break;
                case 1:
                    path = BadPath(path);
                    break;
                case 2:
                    path = BadQuery(path);
                    break;
                case 3:
                    token = BadToken(token);
                    break;
                case 4:
                    headers = $"Content-Type: {Pick(ContentTypes)}\r\n";
                    break;
                default:
                    bytes = BadBody(bytes);
                    break;
            }
        }
        return new BadRequest(Write(method, path, token, headers, bytes), IsHttp: true);
    }

    private ReadOnlyMemory<byte> Write(string method, string path, string token, string headers, byte[] body)
    {
        var chunked = _chance.Next(10) == 0;
        var framing = chunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {body.Length}\r\n";
        var authorization = token.Length == 0 ? "" : $"Authorization: {token}\r\n";
        var head = $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}{headers}{framing}\r\n";
        byte[] framed = chunked
            ?
            [
                .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"),
                .. body,
                .. (body.Length == 0 ? "\r\n"u8 : "\r\n0\r\n\r\n"u8),
            ]
            : body;
        return (byte[])[.. Encoding.UTF8.GetBytes(head), .. framed];
    }

    private string NextWire()
    {
        var text = Pick(Wires);
        return _chance.Next(4) switch
        {
            // Only within the first line: a longer Content-Length would just wait for the rest.
            0 => text.Insert(_chance.Next(4), ((char)_chance.Next(256)).ToString()),
            1 => text.Replace(
                "Host: x",
                $"Host: x\r\nX-{_chance.Next(99)}: {new string('y', _chance.Next(40_000))}",
                StringComparison.Ordinal
            ),
            _ => text,
        };
    }

    private string BadPath(string path)
    {
        var parts = path.Split('/');
        parts[_chance.Next(1, parts.Length)] = _chance.Next(6) switch
        {
            0 => new string('a', _chance.Next(65, 6_000)),
            1 => Noise(_chance.Next(1, 30)),
            2 => "",
            _ => Pick(Segments),
        };
        return string.Join('/', parts).Replace(' ', '+');
    }

    private string BadQuery(string path)
    {
        string[] names = ["limit", "offset", "templateType", "userTier", "modelId", "active", "moodState", "x"];
        string[] values =
        [
            "-1",
            "0",
            "101",
            "abc",
            "",
            "1&limit=2",
            "99999999999",
            "%00",
            "%zz",
            "1.5",
            "null",
            "é",
            "[]",
        ];
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return _chance.Next(2) == 0
            ? $"{path}{separator}{Pick(names)}={Pick(values)}"
            : $"{path.Split('?')[0]}?{Pick(names)}={Pick(values)}";
    }

    private string BadToken(string token) =>
        _chance.Next(9) switch
        {
            0 => "",
            1 => "Bearer ",
            2 => $"Basic {token}",
            3 => $"Bearer {tokens.Expired}",
            4 => $"Bearer {token[.._chance.Next(token.Length)]}",
            5 => $"Bearer {token}{token}",
            6 => $"Bearer {Mutated(token, 33, 126)}",
            7 => "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbmEiLCJyb2xlIjoiYWRtaW4ifQ.",
            _ => $"Bearer {new string('A', _chance.Next(1, 9_000))}",
        };

    private byte[] BadBody(byte[] body) =>
        _chance.Next(8) switch
        {
            0 => body[.._chance.Next(body.Length + 1)],
            1 => Encoding.UTF8.GetBytes(Pick(Values)),
            2 => WithNoise(body),
            3 => Encoding.UTF8.GetBytes(new string('[', _chance.Next(1, 200))),
            4 => [0xEF, 0xBB, 0xBF, .. body],
            5 => [.. body, .. body],
            6 => WithLongText(body),
            _ => WithOtherValue(body),
        };

    private byte[] WithNoise(byte[] body)
    {
        byte[] noisy = body.Length == 0 ? [0] : [.. body];
        for (var changes = _chance.Next(1, 6); changes > 0; changes--)
        {
            noisy[_chance.Next(noisy.Length)] = (byte)_chance.Next(256);
        }
        return noisy;
    }

    private byte[] WithLongText(byte[] body) =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(body)
                .Replace("\"hi\"", $"\"{new string('x', _chance.Next(201, 90_000))}\"", StringComparison.Ordinal)
        );

    /// <summary>Replaces the value of one member, so that everything else about the body is right.</summary>
    private byte[] WithOtherValue(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        int[] colons = [.. text.Index().Where(static found => found.Item == ':').Select(static found => found.Index)];
        if (colons.Length == 0)
        {
            return Encoding.UTF8.GetBytes(Pick(Values));
        }
        var colon = Pick(colons);
        var end = text.IndexOfAny([',', '}'], colon);
        return Encoding.UTF8.GetBytes(end < 0 ? text : text[..(colon + 1)] + Pick(Values) + text[end..]);
    }

    private string Mutated(string text, int from, int to)
    {
        var letters = text.ToCharArray();
        letters[_chance.Next(letters.Length)] = (char)_chance.Next(from, to + 1);
        return new string(letters);
    }

    private string Noise(int length) =>
        string.Concat(
            Enumerable
                .Range(0, length)
                .Select(_ => "%" + _chance.Next(256).ToString("X2", CultureInfo.InvariantCulture))
        );

    private T Pick<T>(T[] from) => from[_chance.Next(from.Length)];
}
