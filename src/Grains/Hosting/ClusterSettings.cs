using System.Net;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

public enum ClusterStorage
{
    Blob,
    Table,
}

/// <summary>Section <c>Cluster</c> of the settings: how silos and API hosts find each other and where grains are stored.</summary>
public sealed record ClusterSettings
{
    private const string AccountForm =
        "is a connection string, or the address of an account's blobs such as https://NAME.blob.core.windows.net.";

    private const string ClusterIdForm = "1 to 100 letters, digits, hyphens, underscores and dots";

    private const string ServiceIdForm = "1 to 40 lower-case letters, digits and single hyphens in between";

    public const int DefaultSiloPort = 11111;
    public const int DefaultGatewayPort = 30000;

    public const string StorageName = "Cluster:AzureStorage";

    /// <summary>Where everything is stored; setting <c>Cluster:AzureStorage</c>. Without it there is no cluster.</summary>
    public required StorageAccount Account { get; init; }

    /// <summary>
    /// Names the stored data and so never changes: 1–40 lower-case letters, digits and single hyphens in between.
    /// <c>actors</c> by default.
    /// </summary>
    public string ServiceId { get; init; } = "actors";

    /// <summary>Names the running cluster; may change with every deployment. <c>actors</c> by default.</summary>
    public string ClusterId { get; init; } = "actors";

    /// <summary>Port for other silos, 1–65535; 11111 by default.</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary>Port for API hosts, 1–65535; 30000 by default.</summary>
    public int GatewayPort { get; init; } = DefaultGatewayPort;

    /// <summary>Address under which others reach this silo; by default the first one of the machine's name.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>What keeps the journal: <c>Blob</c> (default) or <c>Table</c>.</summary>
    public ClusterStorage Storage { get; init; }

    /// <summary>32 bytes from which the journal's keys are derived; empty leaves records readable in storage.</summary>
    public ReadOnlyMemory<byte> JournalKey { get; init; }

    /// <summary>Null without a storage account: then everything runs on one machine.</summary>
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static ClusterSettings? From(IConfiguration configuration)
    {
        if (configuration[StorageName] is not { Length: > 0 } storage)
        {
            return null;
        }
        var section = configuration.GetSection("Cluster");
        var account = StorageAccount.TryParse(storage, out var parsed)
            ? parsed
            : throw new SettingException(StorageName, AccountForm);
        var defaults = new ClusterSettings { Account = account };
        var settings = new ClusterSettings
        {
            Account = account,
            ServiceId = Read<string>(section, nameof(ServiceId), defaults.ServiceId, TryServiceId, ServiceIdForm),
            ClusterId = Read<string>(section, nameof(ClusterId), defaults.ClusterId, TryClusterId, ClusterIdForm),
            SiloPort = Read<int>(section, nameof(SiloPort), defaults.SiloPort, TryPort, "a port from 1 to 65535"),
            GatewayPort = Read<int>(
                section,
                nameof(GatewayPort),
                defaults.GatewayPort,
                TryPort,
                "a port from 1 to 65535"
            ),
            AdvertisedAddress = Read<IPAddress?>(
                section,
                nameof(AdvertisedAddress),
                null,
                IPAddress.TryParse,
                "an IP address"
            ),
            Storage = Read<ClusterStorage>(section, nameof(Storage), defaults.Storage, TryStorage, "Blob or Table"),
            JournalKey = JournalSettings.KeyFrom(configuration) ?? [],
        };
        return settings.SiloPort != settings.GatewayPort
            ? settings
            : throw new SettingException(
                $"{section.Path}:{nameof(GatewayPort)}",
                "is not the port of Cluster:SiloPort."
            );
    }

    private delegate bool Parser<T>(string text, out T value);

    private static T Read<T>(IConfigurationSection section, string name, T otherwise, Parser<T> parse, string expected)
    {
        if (section[name] is not { Length: > 0 } text)
        {
            return otherwise;
        }
        return parse(text, out var value)
            ? value
            : throw new SettingException($"{section.Path}:{name}", $"is {expected}, not '{text}'.");
    }

    private static bool TryServiceId(string text, out string serviceId)
    {
        serviceId = text;
        var parts = text.Split('-');
        return text.Length <= 40
            && parts.All(static part =>
                part.Length > 0 && part.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            );
    }

    // Names rows of a table, which takes no slash and no hash.
    private static bool TryClusterId(string text, out string clusterId)
    {
        clusterId = text;
        return text.Length <= 100 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
    }

    private static bool TryPort(string text, out int port) => int.TryParse(text, out port) && port is >= 1 and <= 65535;

    private static bool TryStorage(string text, out ClusterStorage storage) =>
        Enum.TryParse(text, ignoreCase: true, out storage) && Enum.IsDefined(storage);
}
