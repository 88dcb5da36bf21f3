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
    private const string ServiceIdForm = "1 to 40 lower-case letters, digits and single hyphens in between";

    public const int DefaultSiloPort = 11111;
    public const int DefaultGatewayPort = 30000;

    /// <summary>Everything on this machine and in memory; for trying out, nothing is durable. False by default.</summary>
    public bool Local { get; init; }

    /// <summary>Connection string of the Azure Storage account (or Azurite). Required unless <see cref="Local"/>.</summary>
    public string AzureStorage { get; init; } = "";

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

    public static ClusterSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Cluster");
        var defaults = new ClusterSettings();
        var settings = new ClusterSettings
        {
            Local = Read(section, nameof(Local), defaults.Local, bool.TryParse, "true or false"),
            AzureStorage = section[nameof(AzureStorage)] ?? defaults.AzureStorage,
            ServiceId = Read<string>(section, nameof(ServiceId), defaults.ServiceId, TryServiceId, ServiceIdForm),
            ClusterId = section[nameof(ClusterId)] ?? defaults.ClusterId,
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
            JournalKey = Read<byte[]>(configuration.GetSection("Journal"), "Key", [], TryKey, "32 bytes in base64"),
        };
        return settings.Local || settings.AzureStorage.Length > 0
            ? settings
            : throw new InvalidOperationException(
                "Cluster:AzureStorage is required (or Cluster:Local=true to try out)."
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
            : throw new InvalidOperationException($"{section.Path}:{name} must be {expected}.");
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

    private static bool TryPort(string text, out int port) => int.TryParse(text, out port) && port is >= 1 and <= 65535;

    private static bool TryStorage(string text, out ClusterStorage storage) =>
        Enum.TryParse(text, ignoreCase: true, out storage) && Enum.IsDefined(storage);

    private static bool TryKey(string text, out byte[] key)
    {
        key = new byte[32];
        return Convert.TryFromBase64String(text, key, out var written) && written == key.Length;
    }
}
