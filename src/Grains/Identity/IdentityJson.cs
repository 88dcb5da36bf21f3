using System.Text.Json.Serialization;

namespace Actors.Grains.Identity;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PersonEvent))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(ModelProfileEvent))]
[JsonSerializable(typeof(ModelAccount))]
[JsonSerializable(typeof(ModelDirectoryEvent))]
[JsonSerializable(typeof(ModelIndex))]
[JsonSerializable(typeof(UserProfileEvent))]
[JsonSerializable(typeof(UserAccount))]
[JsonSerializable(typeof(SubscriptionEvent))]
[JsonSerializable(typeof(SubscriptionBook))]
[JsonSerializable(typeof(RevocationEvent))]
[JsonSerializable(typeof(RevocationBook))]
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(SessionState))]
internal sealed partial class IdentityJson : JsonSerializerContext;
