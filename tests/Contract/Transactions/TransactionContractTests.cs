using System.Globalization;
using System.Text.Json;
using Actors.Contract.Tests.Purchases;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class TransactionContractTests(SharedServer shared)
{
    private const string Path = "/api/transactions";
    private const string From = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private const string To = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";

    private readonly ApiServer _server = shared.Server;

    private ApiClient Service => _server.As("service", "indexer");

    [Fact]
    public async Task A_transaction_is_recorded_found_confirmed_and_summed_up()
    {
        var user = await _server.User("txc-bo");
        var made = (
            await user.Post(Path, Body("txc", 1, "0.25", """,{"token":"eth","metadata":{"hat":[1,{"a":"ñ"}]}}"""))
        ).ShouldBe(201);

        Assert.Equal(
            [
                "transactionHash",
                "from",
                "to",
                "amount",
                "token",
                "network",
                "type",
                "status",
                "blockNumber",
                "gasUsed",
                "gasFee",
                "error",
                "timestamp",
                "userId",
                "petId",
                "metadata",
                "ledger",
            ],
            made.Members
        );
        Assert.Equal(
            (From.ToLowerInvariant(), To.ToLowerInvariant(), "0.25", "ETH", "base-sepolia", "transfer", "pending"),
            (made["from"], made["to"], made["amount"], made["token"], made["network"], made["type"], made["status"])
        );
        var metadata = JsonDocument.Parse("""{"hat":[1,{"a":"ñ"}]}""").RootElement;
        Assert.True(JsonElement.DeepEquals(metadata, made.Json.GetProperty("metadata")));
        Assert.Equal("txc-bo", made["userId"]);

        var confirmed = (await Service.Put(Path, Confirmation("txc", 1))).ShouldBe(200);
        Assert.Equal(
            ("confirmed", "123456", "21000", "0.000021"),
            (confirmed["status"], confirmed["blockNumber"], confirmed["gasUsed"], confirmed["gasFee"])
        );
        var found = (await user.Get($"{Path}?hash={Hash("txc", 1)}")).ShouldBe(200);
        Assert.Equal(["transactions", "summary", "pagination"], found.Members);
        Assert.Equal(confirmed.Text, found.Json.GetProperty("transactions")[0].GetRawText());

        var list = await EventuallyAsync(user, "", static list => Count(list, "byStatus", "confirmed") == 1);
        Assert.Equal(1, Count(list, "byType", "transfer"));
        Assert.Equal(0, Count(list, "byType", "gift"));
        var total = Assert.Single(list.Json.GetProperty("summary").GetProperty("tokens").EnumerateArray());
        Assert.Equal("""{"token":"ETH","count":1,"confirmed":"0.25","pending":"0"}""", total.GetRawText());
        Assert.Equal(
            """{"total":1,"totalIsExact":true,"limit":50,"offset":0,"hasMore":false,"next":null}""",
            list["pagination"]!.Replace(" ", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_same_again_answers_the_same_and_other_content_is_a_conflict()
    {
        var user = await _server.User("txc-again");
        var other = await _server.User("txc-other");
        var first = (await user.Post(Path, Body("again", 1))).ShouldBe(201);
        (await Service.Put(Path, Confirmation("again", 1))).ShouldBe(200);

        Assert.Equal(first.Text, (await user.Post(Path, Body("again", 1))).ShouldBe(201).Text);
        (await user.Post(Path, Body("again", 1, "2"))).ShouldRefuse(409, "TRANSACTION_EXISTS");
        (await other.Post(Path, Body("again", 1))).ShouldRefuse(409, "TRANSACTION_EXISTS");
        var end = (await Service.Put(Path, Confirmation("again", 1))).ShouldBe(200);
        Assert.Equal("confirmed", end["status"]);
        (await Service.Put(Path, Confirmation("again", 1, block: 7))).ShouldRefuse(409, "TRANSACTION_SETTLED");
        (await Service.Put(Path, Failure("again", 1))).ShouldRefuse(409, "TRANSACTION_SETTLED");
    }

    [Fact]
    public async Task A_transaction_fails_with_its_reason()
    {
        var user = await _server.User("txc-fails");
        (await user.Post(Path, Body("fails", 1))).ShouldBe(201);
        var failed = (await _server.As("admin", "root").Put(Path, Failure("fails", 1))).ShouldBe(200);
        Assert.Equal(("failed", "out of gas"), (failed["status"], failed["error"]));
        (await Service.Put(Path, Failure("fails", 2))).ShouldRefuse(404, "TRANSACTION_NOT_FOUND");
    }

    [Fact]
    public async Task People_record_and_see_their_own_and_admins_and_services_any()
    {
        var user = await _server.User("txc-own");
        var model = await _server.Model("txc-model");
        var other = await _server.User("txc-spy");
        (await user.Post(Path, Body("own", 1))).ShouldBe(201);
        (await model.Post(Path, Body("own", 2))).ShouldBe(201);

        (await other.Get($"{Path}?hash={Hash("own", 1)}")).ShouldRefuse(404, "TRANSACTION_NOT_FOUND");
        (await other.Get($"{Path}?userId=txc-own")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Post(Path, Body("own", 3, more: ""","userId":"txc-own" """))).ShouldRefuse(403, "FORBIDDEN");
        (await user.Put(Path, Confirmation("own", 1))).ShouldRefuse(403, "FORBIDDEN");
        (await model.Put(Path, Confirmation("own", 2))).ShouldRefuse(403, "FORBIDDEN");
        foreach (var role in new[] { "admin", "service" })
        {
            var any = _server.As(role, "txc-any");
            (await any.Get($"{Path}?hash={Hash("own", 1)}")).ShouldBe(200);
            (await any.Get(Path)).ShouldRefuse(400, "INVALID_TRANSACTION_QUERY");
            await EventuallyAsync(any, "?userId=txc-own", static list => Total(list) == 1);
            (await any.Get($"{Path}?userId=txc-unknown")).ShouldRefuse(404, "USER_NOT_FOUND");
            (await any.Post(Path, Body("own", 4))).ShouldRefuse(404, "USER_NOT_FOUND");
            (await any.Post(Path, Body("own", 4, more: ""","userId":"txc-unknown" """))).ShouldRefuse(
                404,
                "USER_NOT_FOUND"
            );
        }
        (await Service.Post(Path, Body("own", 5, more: ""","userId":"txc-own" """))).ShouldBe(201);
    }

    [Fact]
    public async Task An_address_shows_people_their_own_only()
    {
        var address = "0x" + Digits("address", 40);
        var (one, another) = (await _server.User("txc-a1"), await _server.User("txc-a2"));
        (await one.Post(Path, Body("addr", 1, from: address))).ShouldBe(201);
        (await another.Post(Path, Body("addr", 2, from: To, to: address))).ShouldBe(201);

        var mine = await EventuallyAsync(one, $"?address={address}", static list => Total(list) == 1);
        Assert.Equal([Hash("addr", 1)], Hashes(mine));
        Assert.Equal(1, mine.Json.GetProperty("summary").GetProperty("count").GetInt64());
        var all = await EventuallyAsync(Service, $"?address={address}", static list => Total(list) == 2);
        Assert.Equal([Hash("addr", 2), Hash("addr", 1)], Hashes(all));
        var hers = await EventuallyAsync(Service, $"?address={address}&userId=txc-a2", static list => Total(list) == 1);
        Assert.Equal([Hash("addr", 2)], Hashes(hers));
        (await one.Get($"{Path}?address={address}&userId=txc-a2")).ShouldRefuse(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Purchases_and_tips_are_among_them_and_lead_to_the_statement()
    {
        var shop = await ShopScene.Open(_server, "txc-shop");
        (await shop.User.Post(Path, Body("shop", 1))).ShouldBe(201);
        (await shop.Buy("b1")).ShouldBe(200);
        var tip = """{"modelId":"txc-shop-m","tokens":5,"message":"Thanks","idempotency_key":"t1"}""";
        (await shop.User.Post("/api/v1/tips", tip)).ShouldBe(200);

        var list = await EventuallyAsync(shop.User, "", static list => Total(list) == 4);

        var rows = list.Json.GetProperty("transactions").EnumerateArray().ToArray();
        Assert.Equal(
            ["tip", "menu_purchase", "transfer", "credit"],
            rows.Select(static row => row.GetProperty("type").GetString())
        );
        Assert.All(rows, static row => Assert.NotEqual("failed", row.GetProperty("status").GetString()));
        var ledger = rows[0].GetProperty("ledger");
        var statement = (await shop.User.Get(ledger.GetProperty("statement").GetString()!)).ShouldBe(200);
        var movement = Assert.Single(statement.Json.GetProperty("movements").EnumerateArray());
        Assert.Equal(
            (ledger.GetProperty("transfer").GetString(), ledger.GetProperty("position").GetInt64(), "tip"),
            (
                movement.GetProperty("transfer").GetString(),
                movement.GetProperty("position").GetInt64(),
                movement.GetProperty("kind").GetString()
            )
        );
        var admins = (await shop.Admin.Get($"{Path}?userId={shop.UserId}&type=tip")).ShouldBe(200);
        var link = admins.Json.GetProperty("transactions")[0].GetProperty("ledger").GetProperty("statement");
        (await shop.Admin.Get(link.GetString()!)).ShouldBe(200);
        Assert.Equal(
            ["5"],
            Amounts(await EventuallyAsync(shop.Model, "?type=tip", static list => Amounts(list).Length == 1))
        );
    }

    [Fact]
    public async Task Pages_follow_by_cursor_or_by_offset_through_both_sources()
    {
        var shop = await ShopScene.Open(_server, "txc-pages", tokens: 500);
        for (var number = 1; number <= 4; number++)
        {
            (await shop.User.Post(Path, Body("pages", number))).ShouldBe(201);
            (await shop.Buy($"b{number}")).ShouldBe(200);
        }
        var whole = await EventuallyAsync(shop.User, "", static list => Total(list) == 9);
        var all = Rows(whole);

        List<string> found = [];
        for (var cursor = ""; cursor is not null; )
        {
            var page = (await shop.User.Get($"{Path}?limit=2{cursor}")).ShouldBe(200);
            found.AddRange(Rows(page));
            var next = page.Json.GetProperty("pagination").GetProperty("next").GetString();
            Assert.Equal(next is not null, page.Json.GetProperty("pagination").GetProperty("hasMore").GetBoolean());
            cursor = next is null ? null : $"&cursor={next}";
        }

        Assert.Equal(all, found);
        Assert.Equal(all[3..6], Rows(await shop.User.Get($"{Path}?limit=3&offset=3")));
        Assert.Equal(4, Total(await shop.User.Get($"{Path}?type=transfer&status=pending")));
    }

    [Theory]
    [InlineData("transactionHash", "\"0x1\"", "INVALID_TRANSACTION_HASH")]
    [InlineData("transactionHash", "null", "INVALID_TRANSACTION_HASH")]
    [InlineData("transactionHash", "7", "INVALID_TRANSACTION_HASH")]
    [InlineData("from", "\"0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"", "INVALID_ADDRESS")]
    [InlineData("to", "null", "INVALID_ADDRESS")]
    [InlineData("amount", "1.5", "INVALID_AMOUNT")]
    [InlineData("amount", "\"0\"", "INVALID_AMOUNT")]
    [InlineData("amount", "null", "INVALID_AMOUNT")]
    [InlineData("token", "null", "INVALID_TOKEN")]
    [InlineData("token", "\"a b\"", "INVALID_TOKEN")]
    [InlineData("network", "\"BASE\"", "INVALID_NETWORK")]
    [InlineData("type", "\"loan\"", "INVALID_TRANSACTION_TYPE")]
    [InlineData("type", "\"tip\"", "INVALID_TRANSACTION_TYPE")]
    [InlineData("type", "null", "INVALID_TRANSACTION_TYPE")]
    [InlineData("petId", "\"no pet\"", "INVALID_PET_ID")]
    [InlineData("metadata", "[]", "INVALID_METADATA")]
    [InlineData("metadata", "\"{}\"", "INVALID_METADATA")]
    [InlineData("metadata", "{\"a\":\"\\udc00\"}", "INVALID_METADATA")]
    [InlineData("metadata", "{\"a\\ud800\":1}", "INVALID_REQUEST")]
    [InlineData("colour", "1", "INVALID_REQUEST")]
    [InlineData("timestamp", "\"2026-01-01T00:00:00Z\"", "INVALID_REQUEST")]
    [InlineData("status", "\"confirmed\"", "INVALID_REQUEST")]
    public async Task A_member_that_is_missing_wrong_or_unknown_is_refused(string member, string value, string code)
    {
        var body = JsonDocument.Parse(Body("bad", 1)).RootElement.EnumerateObject();
        var others = body.Where(one => one.Name != member)
            .Select(static one => $"\"{one.Name}\":{one.Value.GetRawText()}");
        var changed = $"{{{string.Join(',', others.Append($"\"{member}\":{value}"))}}}";

        (await (await _server.User("txc-bad")).Post(Path, changed)).ShouldRefuse(400, code);
    }

    [Theory]
    [InlineData("""{"status":"confirmed","blockNumber":1,"gasUsed":"1","gasFee":"1"}""", "INVALID_TRANSACTION_HASH")]
    [InlineData("""{"transactionHash":"$","status":"pending"}""", "INVALID_SETTLEMENT")]
    [InlineData("""{"transactionHash":"$","status":"confirmed"}""", "INVALID_SETTLEMENT")]
    [InlineData("""{"transactionHash":"$","status":"lost","error":"x"}""", "INVALID_SETTLEMENT")]
    [InlineData("""{"transactionHash":"$","status":"failed"}""", "INVALID_SETTLEMENT")]
    [InlineData("""{"transactionHash":"$","error":"x"}""", "INVALID_SETTLEMENT")]
    [InlineData("""{"transactionHash":"$","status":"confirmed","blockNumber":"1"}""", "INVALID_SETTLEMENT")]
    [InlineData("""{"transactionHash":"$","status":"failed","error":"x","by":"me"}""", "INVALID_REQUEST")]
    public async Task An_end_that_makes_no_sense_is_refused(string body, string code) =>
        (await Service.Put(Path, body.Replace("$", Hash("none", 1), StringComparison.Ordinal))).ShouldRefuse(400, code);

    [Theory]
    [InlineData("?hash=0x12", "INVALID_TRANSACTION_HASH")]
    [InlineData("?address=0x12", "INVALID_ADDRESS")]
    [InlineData("?type=loan", "INVALID_TRANSACTION_TYPE")]
    [InlineData("?status=lost", "INVALID_TRANSACTION_QUERY")]
    [InlineData("?cursor=1", "INVALID_TRANSACTION_QUERY")]
    [InlineData("?cursor=1.2&offset=3", "INVALID_TRANSACTION_QUERY")]
    [InlineData("?offset=1001", "INVALID_TRANSACTION_QUERY")]
    [InlineData("?limit=101", "INVALID_PAGE")]
    [InlineData("?limit=0", "INVALID_PAGE")]
    [InlineData(
        "?hash=0x0000000000000000000000000000000000000000000000000000000000000001&type=gift",
        "INVALID_TRANSACTION_QUERY"
    )]
    public async Task A_question_that_makes_no_sense_is_refused(string query, string code) =>
        (await (await _server.User("txc-asks")).Get(Path + query)).ShouldRefuse(400, code);

    [Fact]
    public async Task The_feature_can_be_switched_off()
    {
        await using var server = await ApiServer.Start();
        var user = await server.User("bo");
        (await user.Post(Path, Body("off", 1))).ShouldBe(201);
        var switches = "/api/v1/admin/features/transactions";
        (await server.As("admin", "root").Put(switches, """{"enabled":false}""")).ShouldBe(200);

        (await user.Get(Path)).ShouldRefuse(404, "FEATURE_DISABLED");
        (await user.Post(Path, Body("off", 2))).ShouldRefuse(404, "FEATURE_DISABLED");
    }

    private async Task<Answer> EventuallyAsync(ApiClient client, string query, Func<Answer, bool> isThere) =>
        await Eventually.GetAsync(async () => (await client.Get(Path + query)).ShouldBe(200), isThere);

    private static long? Total(Answer list) =>
        list.Json.GetProperty("pagination").GetProperty("total") is { ValueKind: JsonValueKind.Number } total
            ? total.GetInt64()
            : null;

    private static long Count(Answer list, string by, string name) =>
        list.Json.GetProperty("summary").GetProperty(by).GetProperty(name).GetInt64();

    private static string[] Hashes(Answer list) =>
        [
            .. list
                .Json.GetProperty("transactions")
                .EnumerateArray()
                .Select(static row => row.GetProperty("transactionHash").GetString()!),
        ];

    private static string[] Amounts(Answer list) =>
        [
            .. list
                .Json.GetProperty("transactions")
                .EnumerateArray()
                .Select(static row => row.GetProperty("amount").GetString()!),
        ];

    private static string[] Rows(Answer list) =>
        [.. list.Json.GetProperty("transactions").EnumerateArray().Select(static row => row.GetRawText())];

    private static string Body(
        string scene,
        int number,
        string amount = "1",
        string more = "",
        string from = From,
        string to = To
    )
    {
        // What a test sets itself comes instead.
        var rest = more.StartsWith(",{", StringComparison.Ordinal) ? "," + more[2..^1] : more;
        var token = rest.Contains("\"token\"", StringComparison.Ordinal) ? "" : ""","token":"ETH" """;
        return $$"""
            {"transactionHash":"{{Hash(scene, number)}}","from":"{{from}}","to":"{{to}}","amount":"{{amount}}",
             "type":"transfer"{{token}}{{rest}}}
            """;
    }

    private static string Confirmation(string scene, int number, long block = 123456) =>
        $$"""{"transactionHash":"{{Hash(scene, number)}}","status":"confirmed","blockNumber":{{block}},"gasUsed":"21000","gasFee":"0.000021"}""";

    private static string Failure(string scene, int number) =>
        $$"""{"transactionHash":"{{Hash(scene, number)}}","status":"failed","error":"out of gas"}""";

    private static string Hash(string scene, int number) =>
        "0x" + Digits(scene, 56) + number.ToString("x8", CultureInfo.InvariantCulture);

    private static string Digits(string scene, int count) =>
        Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(scene)).PadRight(count, '0');
}
