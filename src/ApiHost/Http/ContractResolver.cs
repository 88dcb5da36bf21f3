using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.ApiHost.Http;

/// <summary>
/// Describes a contract under the names that it is read and written with. The OpenAPI document is made with options of its
/// own, which would otherwise name every member its own way.
/// </summary>
internal sealed record ContractResolver(IJsonTypeInfoResolver Declared, JsonSerializerOptions Options)
    : IJsonTypeInfoResolver
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        var described = Declared.GetTypeInfo(type, options);
        if (described is not { Kind: JsonTypeInfoKind.Object })
        {
            return described;
        }
        var properties = Options.GetTypeInfo(type).Properties;
        for (var index = 0; index < properties.Count; index++)
        {
            described.Properties[index].Name = properties[index].Name;
        }
        return described;
    }
}
