using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Actors.Grains.Hosting;

/// <summary>
/// An Azure Storage account: a connection string, or the address of its blobs, such as
/// <c>https://NAME.blob.core.windows.net</c>; then this process' own identity opens it (a managed or workload identity, or
/// <c>AZURE_CLIENT_ID</c> and its companions).
/// </summary>
public sealed record StorageAccount(string Text)
{
    private const string BlobHost = ".blob.";
    private const string TableHost = ".table.";

    /// <summary>Who opens an account that is named by its address; by default this process' own identity.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>How the account is reached; by default over the network, as its address says.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    public static bool TryParse(string text, out StorageAccount account)
    {
        account = new StorageAccount(text);
        return account.Address is { } address
            ? address.Host.Contains(BlobHost, StringComparison.Ordinal)
            : IsConnectionString(text);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = (new BlobServiceClient(text), new TableServiceClient(text));
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    public BlobServiceClient Blobs()
    {
        var options = With(new BlobClientOptions());
        return Address is { } address
            ? new BlobServiceClient(address, Identity, options)
            : new BlobServiceClient(Text, options);
    }

    public TableServiceClient Tables()
    {
        var options = With(new TableClientOptions());
        return Address is { } address
            ? new TableServiceClient(TablesOf(address), Identity, options)
            : new TableServiceClient(Text, options);
    }

    private TokenCredential Identity => Credential ?? new DefaultAzureCredential();

    // A connection string is no absolute address: it holds '=' before any ':'.
    private Uri? Address => Uri.TryCreate(Text, UriKind.Absolute, out var address) ? address : null;

    private T With<T>(T options)
        where T : ClientOptions
    {
        if (Transport is { } transport)
        {
            options.Transport = transport;
        }
        return options;
    }

    private static Uri TablesOf(Uri blobs) =>
        new UriBuilder(blobs) { Host = blobs.Host.Replace(BlobHost, TableHost) }.Uri;

    /// <summary>Never the key that a connection string holds.</summary>
    public override string ToString() => Address?.Host ?? "a connection string";
}
