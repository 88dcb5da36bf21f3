using System.Text;

namespace Actors.Contract.Tests.Errors;

/// <summary>Requests that range from nearly right to nonsense; the same seed makes the same ones.</summary>
internal sealed class BadRequestGenerator(int seed, string[] authorizations)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "X", ""];

    private static readonly string[] Paths =
    [
        "/api/v1/mood/ana",
        "/api/v1/mood/update",
        "/api/v1/mood/ana/history?limit=5",
        "/api/v1/admin/mood/ana/update",
        "/api/v1/admin/mood/ana/history?offset=1",
        "/api/v1/admin/users/bo",
        "/api/v1/admin/models/ana",
        "/api/v1/mood/template?modelId=ana&templateType=greeting",
        "/api/v1/mood/template/render",
        "/api/v1/mood/template/neutral-greeting/outcome",
        "/api/v1/admin/mood/template",
        "/api/v1/admin/mood/template/neutral-greeting",
        "/api/v1/admin/mood/template/neutral-greeting/rollback",
        "/api/v1/admin/mood/template/neutral-greeting/versions?limit=3",
        "/api/v1/admin/mood/templates?active=true",
        "/queue/ana",
        "/queue/ana/pause",
        "/queue/ana/00000000-0005-4000-8000-000400000000/complete",
        "/queue/ana/00000000-0005-4000-8000-000400000000/reject",
        "/api/v1/admin/features",
        "/api/v1/admin/features/moods",
        "/api/v1/me",
        "/api/v1/me/mood-terms",
        "/menu",
        "/menu/507f1f77bcf86cd799439011",
        "/menu/507f1f77bcf86cd799439011/items",
        "/menu/507f1f77bcf86cd799439011/items/507f1f77bcf86cd799439012",
        "/menu/model/ana",
        "/menu/from-template/quick-fun",
        "/api/v1/admin/subscriptions",
        "/errors/FORBIDDEN",
        "/livez",
        "/openapi/v2.json",
        "/docs/nothing",
    ];

    private static readonly string[] Bodies =
    [
        """{"moodState":"positive","customMessage":"hi","autoRespond":true,"responseDelay":30,"expiresAt":"2099-01-01T00:00:00Z"}""",
        """{"moodState":"neutral","reason":"because"}""",
        """{"displayName":"Bo","language":"en","timeZone":"Europe/Paris","loyaltyTier":"gold","membership":"vip","prime":true}""",
        """{"enabled":true}""",
        """{"moodState":"positive","templateType":"greeting","tierLevel":"gold","content":"Hi {{userName}}","tags":["a"],"variants":[{"name":"a","content":"A","weight":100}]}""",
        """{"modelId":"ana","templateType":"greeting","userTier":"gold","userId":"bo","variables":{"userName":"Bo","amount":5.50}}""",
        """{"variant":null,"success":true,"version":1}""",
        """{"name":"Fun","description":null,"queue_mode":"OFF","visibility":"private","whitelist_users":["bo"],"model_id":"ana","idempotency_key":"k"}""",
        """{"name":"Song","token_value":50,"lovense_activation":{"timing_offset":0,"duration":5,"intensity":9,"pattern":null},"is_active":true,"icon_url":"https://x.example/a"}""",
        """{"userId":"bo","modelId":"ana","until":"2099-01-01T00:00:00Z"}""",
        """{"deliver_percent":50,"reason":"because","idempotency_key":"k"}""",
        """{"a":[1,2,{"b":null}],"c":1e308,"d":"\u0000\ud83d\ude00"}""",
        "",
    ];

    private static readonly string[] Types =
    [
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "application/json; charset=latin1",
        "multipart/form-data; boundary=x",
        "",
        "/",
        ";;;",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A request that the server must answer and then go on; the body's length is told truly.</summary>
    public byte[] WellFramed()
    {
        var body = Mangled(Encoding.UTF8.GetBytes(Pick(Bodies)));
        var head =
            $"{Pick(Methods[..6])} {Target()} HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n"
            + $"Content-Type: {Pick(Types)}\r\n{Authorization()}\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    /// <summary>Bytes that may be no HTTP at all, after which the server is free to hang up.</summary>
    public byte[] Nonsense()
    {
        var request = WellFramed();
        return _random.Next(5) switch
        {
            0 => Encoding.Latin1.GetBytes(
                $"{Pick(Methods)} {Target()} HTTP/{_random.Next(4)}.{_random.Next(4)}\r\n\r\n"
            ),
            1 => Random(_random.Next(200)),
            2 => Flipped(request),
            3 => Encoding.Latin1.GetBytes($"{Pick(Methods)} * HTTP/1.1\r\nHost: {Text(_random.Next(30_000))}\r\n\r\n"),
            _ => Encoding.Latin1.GetBytes(
                $"POST {Target()} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n"
            ),
        };
    }

    private string Authorization() =>
        _random.Next(6) switch
        {
            0 => "",
            1 => $"Authorization: Bearer {Text(_random.Next(60))}\r\n",
            _ => $"Authorization: Bearer {Pick(authorizations)}\r\n",
        };

    private string Target()
    {
        var path = Pick(Paths);
        return _random.Next(6) switch
        {
            0 => "/" + Text(_random.Next(40)),
            1 => path + "?" + Text(_random.Next(40)),
            2 => path.Replace("ana", "%" + _random.Next(256).ToString("X2", null), StringComparison.Ordinal),
            3 => path.Insert(_random.Next(1, path.Length), Text(2)),
            _ => path,
        };
    }

    private byte[] Mangled(byte[] body)
    {
        switch (_random.Next(5))
        {
            case 0:
                return Flipped(body);
            case 1:
                return body[.._random.Next(body.Length + 1)];
            case 2:
                return Random(_random.Next(300));
            case 3:
                var at = _random.Next(body.Length + 1);
                return [.. body[..at], .. "[{\"\\u0000,:null1e9"u8[_random.Next(18)..], .. body[at..]];
            default:
                return body;
        }
    }

    private byte[] Flipped(byte[] bytes)
    {
        var copy = (byte[])bytes.Clone();
        for (var edits = _random.Next(1, 5); edits > 0 && copy.Length > 0; edits--)
        {
            copy[_random.Next(copy.Length)] = (byte)_random.Next(256);
        }
        return copy;
    }

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Printable, so that it keeps the frame of a request intact.</summary>
    private string Text(int length) =>
        string.Create(
            length,
            _random,
            static (text, random) =>
            {
                foreach (ref var letter in text)
                {
                    letter = (char)random.Next(0x21, 0x7f);
                }
            }
        );

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
