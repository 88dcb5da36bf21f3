using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

public enum ClusterStorage
{
    Blob,
    Table,
}

/// <summary>How silos and API hosts find each other and where grains are stored.</summary>
[Settings("Cluster")]
public sealed record ClusterSettings : IValidatableObject
{
    public const int DefaultSiloPort = 11111;
    public const int DefaultGatewayPort = 30000;

    public const string StorageName = $"Cluster:{nameof(AzureStorage)}";

    /// <summary>Without it there is no cluster.</summary>
    [Setting(
        "Where a cluster stores everything: a connection string, or the address of an account's blobs.",
        Otherwise = "one machine and a directory",
        IsSecret = true
    )]
    public string AzureStorage { get; init; } = "";

    public StorageAccount Account
    {
        get => field ?? new StorageAccount(AzureStorage);
        init;
    }

    [Setting("Names the stored data and so never changes.")]
    [MaxLength(40, ErrorMessage = ServiceIdForm)]
    [RegularExpression("[a-z0-9]+(-[a-z0-9]+)*", ErrorMessage = ServiceIdForm)]
    public string ServiceId { get; init; } = "actors";

    /// <summary>Names rows of a table, which takes no slash and no hash.</summary>
    [Setting("Names the running cluster; may change with every deployment.")]
    [RegularExpression("[A-Za-z0-9_.-]{1,100}", ErrorMessage = ClusterIdForm)]
    public string ClusterId { get; init; } = "actors";

    [Setting("Port for other silos."), Range(1, 65535)]
    public int SiloPort { get; init; } = DefaultSiloPort;

    [Setting("Port for API hosts."), Range(1, 65535)]
    public int GatewayPort { get; init; } = DefaultGatewayPort;

    [Setting("Address under which others reach this silo.", Otherwise = "the first one of the machine's name")]
    public string? AdvertisedAddress { get; init; }

    public IPAddress? Advertised => AdvertisedAddress is { } text ? IPAddress.Parse(text) : null;

    [Setting("What keeps the journal: Blob or Table.")]
    public ClusterStorage Storage { get; init; }

    /// <summary>32 bytes from which the journal's keys are derived; empty leaves records readable in storage.</summary>
    public ReadOnlyMemory<byte> JournalKey { get; init; }

    private const string ServiceIdForm = "is 1 to 40 lower-case letters, digits and single hyphens in between";

    private const string ClusterIdForm = "is 1 to 100 letters, digits, hyphens, underscores and dots";

    /// <summary>Null without a storage account: then everything runs on one machine.</summary>
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static ClusterSettings? From(IConfiguration configuration) =>
        configuration[StorageName] is { Length: > 0 }
            ? SettingsReader.Read<ClusterSettings>(configuration) with
            {
                JournalKey = JournalSettings.KeyFrom(configuration) ?? [],
            }
            : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!StorageAccount.TryParse(AzureStorage, out _))
        {
            yield return new ValidationResult(
                "is a connection string, or the address of an account's blobs such as https://NAME.blob.core.windows.net.",
                [nameof(AzureStorage)]
            );
        }
        if (AdvertisedAddress is { } address && !IPAddress.TryParse(address, out _))
        {
            yield return new ValidationResult($"is an IP address, not '{address}'.", [nameof(AdvertisedAddress)]);
        }
        if (SiloPort == GatewayPort)
        {
            yield return new ValidationResult($"is not the port of Cluster:{nameof(SiloPort)}.", [nameof(GatewayPort)]);
        }
    }
}
