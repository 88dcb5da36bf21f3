using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.Grains.Tests.Attachments;
using Actors.TestKit;

namespace Actors.Contract.Tests.Conversations;

[Trait("Spec", "CH-4")]
public sealed class AttachmentContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Theory]
    [InlineData("jpeg", "image/jpeg", "jpg")]
    [InlineData("ogg", "audio/ogg", "ogg")]
    public async Task What_one_side_sends_both_may_save_and_nobody_is_told_where_it_was_made(
        string sample,
        string type,
        string extension
    )
    {
        var model = await _server.Model($"file-{sample}-m");
        var user = await _server.User($"file-{sample}-u");
        // What the sender says it is does not count.
        var uploaded = await UploadAsync(user, $"file-{sample}-m", Samples.All[sample].File, "text/html");
        Assert.Equal(["id", "type", "size"], uploaded.ShouldBe(201).Members);
        Assert.Equal(type, uploaded["type"]);

        var sent = (await SendAsync(user, $"file-{sample}-m", uploaded["id"]!)).ShouldBe(201);

        var shown = sent.Json.GetProperty("attachments")[0];
        Assert.Equal(uploaded.Text, shown.GetRawText());
        Assert.Equal("", sent["content"]);
        var seen = (await model.Get($"/api/v1/conversations/file-{sample}-u/messages")).ShouldBe(200);
        Assert.Equal(
            uploaded["id"],
            seen.Json.GetProperty("messages")
                .EnumerateArray()
                .Single(one => one.GetProperty("id").GetString() == sent["id"])
                .GetProperty("attachments")[0]
                .GetProperty("id")
                .GetString()
        );
        foreach (var (role, own, peer) in new[] { ("user", "u", "m"), ("model", "m", "u") })
        {
            using var got = await GetAsync(
                _server.Token(role, $"file-{sample}-{own}"),
                $"file-{sample}-{peer}",
                uploaded["id"]!
            );
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
            var bytes = await got.Content.ReadAsByteArrayAsync();
            Assert.Equal(uploaded["size"], $"{bytes.Length}");
            Assert.DoesNotContain(Samples.Planted, Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
            Assert.Contains(Samples.Content, Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
            Assert.Equal(type, got.Content.Headers.ContentType!.ToString());
            Assert.Equal(
                $"attachment; filename=\"{uploaded["id"]}.{extension}\"",
                got.Content.Headers.ContentDisposition!.ToString()
            );
            Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains(
                "sandbox",
                got.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
            Assert.True(got.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task Any_part_of_it_is_given_out_by_itself()
    {
        var (path, token, whole) = await SentAsync("range");
        var last = whole.Length - 1;
        foreach (
            var (range, from, to) in new (string, int, int)[]
            {
                ("bytes=0-0", 0, 0),
                ("bytes=5-", 5, last),
                ("bytes=-7", last - 6, last),
                ("bytes=2-999999999", 2, last),
                ("bytes=-999999999", 0, last),
                ($"bytes={last}-{last}", last, last),
            }
        )
        {
            using var part = await AskAsync(token, path, range);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(whole[from..(to + 1)], await part.Content.ReadAsByteArrayAsync());
            Assert.Equal($"bytes {from}-{to}/{whole.Length}", part.Content.Headers.ContentRange!.ToString());
        }
    }

    [Theory]
    [InlineData("bytes=0-1,4-5")]
    [InlineData("bytes=")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=0-99999999999999999999999")]
    [InlineData("lines=0-1")]
    [InlineData("0-1")]
    public async Task A_range_that_is_none_is_passed_over(string range)
    {
        var (path, token, whole) = await SentAsync("junk-range");

        using var answer = await AskAsync(token, path, range);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(whole, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_that_it_does_not_have_is_refused_with_its_length()
    {
        var (path, token, whole) = await SentAsync("beyond");
        foreach (var range in new[] { $"bytes={whole.Length}-", "bytes=-0" })
        {
            using var answer = await AskAsync(token, path, range);
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
            Assert.Equal($"bytes */{whole.Length}", answer.Content.Headers.ContentRange!.ToString());
            Assert.Contains(
                "RANGE_NOT_SATISFIABLE",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_range_of_another_file_is_answered_with_all_of_this_one()
    {
        var (path, token, whole) = await SentAsync("if-range");
        using var first = await AskAsync(token, path, "bytes=0-1");
        var tag = first.Headers.ETag!.ToString();

        using var same = await AskAsync(token, path, "bytes=0-1", tag);
        using var other = await AskAsync(token, path, "bytes=0-1", "\"other\"");

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(whole.Length, other.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Its_head_tells_what_it_is_and_has_no_body()
    {
        var (path, token, whole) = await SentAsync("head");

        using var head = await AskAsync(token, path, null, method: HttpMethod.Head);

        Assert.Equal((HttpStatusCode.OK, (long?)whole.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal("bytes", head.Headers.AcceptRanges.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var none = await AskAsync(token, path[..^1] + "x", null, method: HttpMethod.Head);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Nobody_but_the_two_finds_it_whatever_is_asked_for()
    {
        var (path, _, _) = await SentAsync("private");
        var id = path.Split('/')[^1];
        await _server.Model("private-other-m");
        var mallory = await _server.User("private-mallory");
        var user = _server.As("user", "private-u");

        (await mallory.Get(path)).ShouldRefuse(404, "ATTACHMENT_NOT_FOUND");
        // The right file under the wrong peer.
        (await user.Get($"/api/v1/conversations/private-other-m/attachments/{id}")).ShouldRefuse(
            404,
            "ATTACHMENT_NOT_FOUND"
        );
        (
            await _server.As("model", "private-other-m").Get($"/api/v1/conversations/private-u/attachments/{id}")
        ).ShouldRefuse(404, "ATTACHMENT_NOT_FOUND");
        foreach (
            var junk in new[]
            {
                id.ToUpperInvariant(),
                id + "0",
                "..%2F" + id,
                id[..^1],
                id[..^1] + "*",
                "keys%2F" + id,
                $"attachment:model.private-m.private-u:{id}",
            }
        )
        {
            Assert.Equal(404, (await user.Get($"/api/v1/conversations/private-m/attachments/{junk}")).Status);
        }
        (await SendAsync(mallory, "private-m", id)).ShouldRefuse(404, "ATTACHMENT_NOT_FOUND");
    }

    [Fact]
    public async Task What_is_no_picture_and_no_voice_is_refused()
    {
        await _server.Model("unfit-m");
        var user = await _server.User("unfit-u");

        (await UploadAsync(user, "unfit-m", "<svg onload=alert(1)>"u8.ToArray(), "image/png")).ShouldRefuse(
            415,
            "UNSUPPORTED_ATTACHMENT"
        );
        (await UploadAsync(user, "unfit-m", [], "image/png")).ShouldRefuse(415, "UNSUPPORTED_ATTACHMENT");
        (await UploadAsync(user, "unfit-m", Samples.Png()[..60])).ShouldRefuse(400, "INVALID_ATTACHMENT");
        (await UploadAsync(user, "nobody-at-all", Samples.Png())).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await SendAsync(user, "unfit-m", "not an id")).ShouldRefuse(404, "ATTACHMENT_NOT_FOUND");
        var twice = (await UploadAsync(user, "unfit-m", Samples.Png()))["id"];
        (await SendAsync(user, "unfit-m", twice!, twice!)).ShouldRefuse(400, "INVALID_MESSAGE");
        (await SendAsync(user, "unfit-m", [.. Enumerable.Range(10, 11).Select(n => $"{twice![2..]}{n}")])).ShouldRefuse(
            400,
            "INVALID_MESSAGE"
        );
    }

    [Fact]
    public async Task What_follows_the_end_of_a_picture_is_not_given_out()
    {
        await _server.Model("poly-m");
        var user = await _server.User("poly-u");
        var html = "<html><script>alert(1)</script></html>"u8.ToArray();
        var uploaded = await UploadAsync(user, "poly-m", [.. Samples.Gif(), .. html]);
        await SendAsync(user, "poly-m", uploaded.ShouldBe(201)["id"]!);

        using var got = await GetAsync(_server.Token("user", "poly-u"), "poly-m", uploaded["id"]!);

        var text = Encoding.ASCII.GetString(await got.Content.ReadAsByteArrayAsync());
        Assert.DoesNotContain("script", text, StringComparison.Ordinal);
        Assert.Equal("image/gif", got.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task With_its_message_it_is_gone()
    {
        var (path, token, _) = await SentAsync("gone");
        var user = _server.As("user", "gone-u");
        var messages = (await user.Get("/api/v1/conversations/gone-m/messages")).ShouldBe(200).Json;
        var id = messages
            .GetProperty("messages")
            .EnumerateArray()
            .First(static one => one.GetProperty("attachments").GetArrayLength() > 0)
            .GetProperty("id")
            .GetString();

        (await user.Send(HttpMethod.Delete, $"/api/v1/conversations/gone-m/messages?messageId={id}")).ShouldBe(200);

        (await user.Get(path)).ShouldRefuse(404, "ATTACHMENT_NOT_FOUND");
        using var range = await AskAsync(token, path, "bytes=0-0");
        Assert.Equal(HttpStatusCode.NotFound, range.StatusCode);
    }

    [Fact]
    public async Task What_is_too_large_or_too_much_is_refused_and_a_deleted_message_makes_room()
    {
        await using var server = await ApiServer.Start([
            "--Attachments:MaxImageMegabytes=1",
            "--Attachments:MaxVoiceMegabytes=1",
            "--Attachments:PersonMegabytes=1",
        ]);
        await server.Model("quota-m");
        var user = await server.User("quota-u");
        var tooLarge = (await UploadAsync(user, "quota-m", new byte[(1 << 20) + 1])).ShouldRefuse(
            413,
            "ATTACHMENT_TOO_LARGE"
        );
        // Its body was not read: whoever sent a next request behind it would get no answer.
        Assert.Equal("close", tooLarge.Headers.GetValueOrDefault("Connection"));
        (await UploadAsync(user, "quota-m", new byte[(1 << 20) + 1], chunked: true)).ShouldRefuse(
            413,
            "ATTACHMENT_TOO_LARGE"
        );
        var picture = Samples.Jpeg(scan: new byte[300_000]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => UploadAsync(user, "quota-m", picture)));

        var taken = answers.Where(static one => one.Status == 201).Select(static one => one["id"]!).ToList();
        Assert.All(answers, static one => Assert.True(one.Status is 201 or 409 or 503, one.Text));
        Assert.InRange(taken.Count, 1, 3);
        while (taken.Count < 3)
        {
            taken.Add((await UploadAsync(user, "quota-m", picture)).ShouldBe(201)["id"]!);
        }
        (await UploadAsync(user, "quota-m", picture)).ShouldRefuse(409, "ATTACHMENT_QUOTA_EXCEEDED");
        var sent = (await SendAsync(user, "quota-m", [.. taken])).ShouldBe(201)["id"];
        (await user.Send(HttpMethod.Delete, $"/api/v1/conversations/quota-m/messages?messageId={sent}")).ShouldBe(200);
        await Eventually.TrueAsync(async () => (await UploadAsync(user, "quota-m", picture)).Status == 201);
    }

    /// <summary>A message with a picture from <c>{name}-u</c> to <c>{name}-m</c>.</summary>
    private async Task<(string Path, string Token, byte[] Whole)> SentAsync(string name)
    {
        await _server.Model($"{name}-m");
        var user = await _server.User($"{name}-u");
        var id = (await UploadAsync(user, $"{name}-m", Samples.Png())).ShouldBe(201)["id"]!;
        (await SendAsync(user, $"{name}-m", id)).ShouldBe(201);
        var token = _server.Token("user", $"{name}-u");
        using var whole = await GetAsync(token, $"{name}-m", id);
        return ($"/api/v1/conversations/{name}-m/attachments/{id}", token, await whole.Content.ReadAsByteArrayAsync());
    }

    private static Task<Answer> UploadAsync(
        ApiClient client,
        string peer,
        byte[] file,
        string contentType = "application/octet-stream",
        bool chunked = false
    ) =>
        client.Send(
            HttpMethod.Post,
            $"/api/v1/conversations/{peer}/attachments",
            change: request =>
            {
                request.Content = new ByteArrayContent(file);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
                request.Headers.TransferEncodingChunked = chunked;
            }
        );

    private static Task<Answer> SendAsync(ApiClient client, string peer, params string[] attachments) =>
        client.Post(
            $"/api/v1/conversations/{peer}/messages",
            JsonSerializer.Serialize(new { content = "", attachments })
        );

    private Task<HttpResponseMessage> GetAsync(string token, string peer, string id) =>
        AskAsync(token, $"/api/v1/conversations/{peer}/attachments/{id}", null);

    private async Task<HttpResponseMessage> AskAsync(
        string token,
        string path,
        string? range,
        string? ifRange = null,
        HttpMethod? method = null
    )
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }
        if (ifRange is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Range", ifRange);
        }
        return await _server.Http.SendAsync(request);
    }
}
