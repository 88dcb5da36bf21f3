using System.Text.Json.Serialization;

namespace Actors.GrainInterfaces.Templates;

/// <summary>The occasion that a message is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TemplateType>))]
public enum TemplateType
{
    [JsonStringEnumMemberName("greeting")]
    Greeting,

    [JsonStringEnumMemberName("farewell")]
    Farewell,

    [JsonStringEnumMemberName("auto_response")]
    AutoResponse,

    [JsonStringEnumMemberName("tip_thank_you")]
    TipThankYou,
}
