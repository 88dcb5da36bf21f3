using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Transactions;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Transactions.Nodes;

/// <summary>Asks the nodes that the settings name, by JSON-RPC.</summary>
public sealed partial class JsonRpcNode : IChainNode, IDisposable
{
    private const int MaxAnswerBytes = 1 << 20;
    private const int AtOnce = 8;

    private readonly FrozenDictionary<string, Uri> _nodes;
    private readonly TransactionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<JsonRpcNode> _logger;
    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = AtOnce,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }
    )
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    public JsonRpcNode(TransactionOptions options, TimeProvider time, ILogger<JsonRpcNode> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _nodes = NodeAddresses.TryParse(options.Nodes) ?? FrozenDictionary<string, Uri>.Empty;
    }

    public bool Knows(string network) => _nodes.ContainsKey(network);

    public async Task<ReceiptLook?> LookAsync(string network, TransactionHash hash)
    {
        if (!_nodes.TryGetValue(network, out var node))
        {
            return null;
        }
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        try
        {
            // The block first: one that comes in between makes too few confirmations of it, never too many.
            var newest = await AskAsync(node, "eth_blockNumber", [], JsonRpcJson.Default.String, timeout.Token);
            if (Quantity.ReadLong(newest) is not { } block)
            {
                throw new JsonException("The node has named no block.");
            }
            var found = await AskAsync(
                node,
                "eth_getTransactionReceipt",
                [hash.Value],
                JsonRpcJson.Default.JsonRpcReceipt,
                timeout.Token
            );
            if (found is null)
            {
                return new ReceiptLook(block, null);
            }
            return found.Read(hash) is { } receipt
                ? new ReceiptLook(block, receipt)
                : throw new JsonException("The receipt cannot be understood.");
        }
        catch (Exception fault)
            when (fault is OperationCanceledException or HttpRequestException or IOException or JsonException)
        {
            // Never the address: it may hold a key.
            LogFailed(network, fault.GetType().Name);
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null when the node has answered with nothing.</summary>
    private async Task<T?> AskAsync<T>(
        Uri node,
        string method,
        string[] parameters,
        JsonTypeInfo<T> contract,
        CancellationToken cancellation
    )
        where T : class
    {
        var request = new JsonRpcRequest("2.0", 1, method, parameters);
        using var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(request, JsonRpcJson.Default.JsonRpcRequest)
        );
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(node, content, cancellation);
        response.EnsureSuccessStatusCode();
        var json = await response.Content.ReadAsByteArrayAsync(cancellation);
        var answer = JsonSerializer.Deserialize(json, JsonRpcJson.Default.JsonRpcAnswer);
        return answer switch
        {
            { Id: 1, Error: null or { ValueKind: JsonValueKind.Null } } => answer.Result?.Deserialize(contract),
            _ => throw new JsonException("The node has answered with an error."),
        };
    }

    [LoggerMessage(LogLevel.Warning, "The node of {Network} could not be asked: {Fault}; it is asked again")]
    private partial void LogFailed(string network, string fault);
}
