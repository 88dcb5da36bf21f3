using System.Text.Json.Nodes;
using Actors.Grains.Hosting;
using Actors.Grains.Transactions;
using Actors.Grains.Transactions.Nodes;
using Actors.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using static Actors.Grains.Tests.Transactions.Chain;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class JsonRpcNodeTests : IAsyncLifetime
{
    private static readonly string Receipt = $$"""
        {"transactionHash":"{{Hash(1)}}","status":"0x1","blockNumber":"0x64","from":"{{Ana.ToChecksummed()}}",
         "to":null,"gasUsed":"0x5208","effectiveGasPrice":"0x3b9aca00","l1Fee":"0x1","logs":[{"topics":[]}]}
        """;

    private HookServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HookServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_newest_block_is_asked_for_before_the_receipt_and_costs_are_in_the_networks_coin()
    {
        Answers("\"0x6e\"", Receipt);

        var look = await LookAsync();

        Assert.Equal(new ReceiptLook(110, new ChainReceipt(true, 100, Ana, "21000", "0.000021000000000001")), look);
        Assert.Equal(
            ["eth_blockNumber []", $"eth_getTransactionReceipt [\"{Hash(1)}\"]"],
            _server
                .Requests.Select(static request => JsonNode.Parse(request.Body)!)
                .Select(static call => $"{call["method"]} {call["params"]!.ToJsonString()}")
        );
    }

    [Fact]
    public async Task No_receipt_is_an_answer_and_a_failed_one_too()
    {
        Answers("\"0x6e\"", "null");
        Assert.Equal(new ReceiptLook(110, null), await LookAsync());

        Answers("\"0x6e\"", Receipt.Replace("\"0x1\",\"block", "\"0x0\",\"block", StringComparison.Ordinal));
        Assert.False((await LookAsync())!.Receipt!.HasSucceeded);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"latest\"")]
    [InlineData("110")]
    [InlineData("\"0xffffffffffffffffff\"")]
    [InlineData("\"0x\"")]
    [InlineData("{}")]
    public async Task A_block_that_is_none_is_no_answer(string block)
    {
        Answers(block, Receipt);
        Assert.Null(await LookAsync());
    }

    [Theory]
    [InlineData("status\":\"0x1", "status\":\"0x2")]
    [InlineData("status\":\"0x1\",", "")]
    [InlineData("0x64", "0x-4")]
    [InlineData("0x5208", "21000")]
    [InlineData("0x3b9aca00", "1 gwei")]
    [InlineData("000000000000001", "000000000000002")]
    [InlineData("\"0x5208\"", "[]")]
    public async Task A_receipt_that_says_what_none_says_is_no_answer(string part, string instead)
    {
        Answers("\"0x6e\"", Receipt.Replace(part, instead, StringComparison.Ordinal));
        Assert.Null(await LookAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":"0x6e"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"rate limited"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32005},"result":"0x6e"}""")]
    public async Task Junk_and_errors_are_no_answer(string body)
    {
        _server.Answer = (_, http) => http.Response.WriteAsync(body);
        Assert.Null(await LookAsync());
    }

    [Fact]
    public async Task A_refusal_a_redirect_an_endless_answer_and_a_dead_node_are_no_answer()
    {
        _server.Answer = static (_, http) => HookServer.Status(http, 429);
        Assert.Null(await LookAsync());
        _server.Answer = (_, http) =>
        {
            http.Response.Headers.Location = _server.Url.ToString();
            return HookServer.Status(http, 307);
        };
        Assert.Null(await LookAsync());
        _server.Answer = static async (_, http) =>
        {
            for (var part = 0; part < 64; part++)
            {
                await http.Response.WriteAsync(new string(' ', 64 * 1024));
            }
        };
        Assert.Null(await LookAsync());
        using var dead = Node(new Uri("http://127.0.0.1:1/"));
        Assert.Null(await dead.LookAsync("base-sepolia", Hash(1)));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_given_up()
    {
        var held = new TaskCompletionSource();
        _server.Answer = (_, http) => held.Task.WaitAsync(http.RequestAborted);
        using var node = Node(_server.Url, timeoutSeconds: 0.2);

        Assert.Null(await node.LookAsync("base-sepolia", Hash(1)));
        held.SetResult();
    }

    [Fact]
    public void A_network_is_known_when_the_settings_name_its_node()
    {
        using var node = Node(_server.Url);
        Assert.True(node.Knows("base-sepolia"));
        Assert.False(node.Knows("base"));
    }

    [Theory]
    [InlineData("no-network")]
    [InlineData("base=ftp://node.example")]
    [InlineData("base=node.example")]
    [InlineData("base=https://a.example,base=https://b.example")]
    [InlineData("=https://a.example/secret")]
    public void Nodes_that_make_no_sense_stop_the_start_and_are_not_shown(string nodes)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Transactions:Nodes", nodes)])
            .Build();

        var fault = Assert.Throws<SettingException>(() => SettingsReader.Read<TransactionOptions>(configuration));

        Assert.Equal("Transactions:Nodes", fault.Name);
        Assert.DoesNotContain(nodes, fault.Message, StringComparison.Ordinal);
    }

    private async Task<ReceiptLook?> LookAsync()
    {
        using var node = Node(_server.Url);
        return await node.LookAsync("base-sepolia", Hash(1));
    }

    private static JsonRpcNode Node(Uri address, double timeoutSeconds = 10) =>
        new(
            new TransactionOptions { Nodes = $"base-sepolia={address}", TimeoutSeconds = timeoutSeconds },
            TimeProvider.System,
            NullLogger<JsonRpcNode>.Instance
        );

    private void Answers(string block, string receipt) =>
        _server.Answer = (request, http) =>
        {
            var result = request.Body.Contains("eth_blockNumber", StringComparison.Ordinal) ? block : receipt;
            return http.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":1,"result":{{result}}}""");
        };
}
