using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Ledger;

/// <summary>How a held purchase ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SettlementKind>))]
public enum SettlementKind
{
    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("rejected")]
    Rejected,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("timed_out")]
    TimedOut,
}
