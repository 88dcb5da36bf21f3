using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Erasure;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ErasureBegun), "erasure.begun.v1")]
[JsonDerivedType(typeof(ConversationsErased), "erasure.conversations-erased.v1")]
[JsonDerivedType(typeof(MenusErased), "erasure.menus-erased.v1")]
[JsonDerivedType(typeof(ErasurePutOff), "erasure.put-off.v1")]
[JsonDerivedType(typeof(ErasureEnded), "erasure.ended.v1")]
[JsonDerivedType(typeof(ErasureClosed), "erasure.closed.v1")]
public abstract record ErasureEvent(DateTimeOffset At);

/// <param name="By">Who wanted it: the person, or an admin. Nothing else of the request is kept.</param>
/// <param name="ById">Null for the person.</param>
/// <param name="Kind">Null, as in older events, for a user.</param>
public sealed record ErasureBegun(DateTimeOffset At, ActorRole By, string? ById, PersonKind? Kind = null)
    : ErasureEvent(At);

/// <param name="UpTo">The newest change in the person's list that was looked at.</param>
public sealed record ConversationsErased(DateTimeOffset At, long UpTo, int Conversations) : ErasureEvent(At);

/// <param name="UpTo">The newest change of the model's shelf that was looked at.</param>
public sealed record MenusErased(DateTimeOffset At, long UpTo) : ErasureEvent(At);

/// <summary>Something did not answer; the same is tried again.</summary>
public sealed record ErasurePutOff(DateTimeOffset At) : ErasureEvent(At);

/// <summary>Every part is erased.</summary>
public sealed record ErasureEnded(DateTimeOffset At) : ErasureEvent(At);

/// <summary>Nor has anything come since that was on its way then.</summary>
public sealed record ErasureClosed(DateTimeOffset At) : ErasureEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ErasureEvent))]
[JsonSerializable(typeof(PersonErasure))]
internal sealed partial class ErasureJson : JsonSerializerContext;
