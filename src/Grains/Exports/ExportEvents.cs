using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Exports;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExportRequested), "export.requested.v1")]
[JsonDerivedType(typeof(ExportBegun), "export.begun.v1")]
[JsonDerivedType(typeof(ExportWentOn), "export.went-on.v1")]
[JsonDerivedType(typeof(ExportPutOff), "export.put-off.v1")]
[JsonDerivedType(typeof(ExportReady), "export.ready.v1")]
[JsonDerivedType(typeof(ExportFailed), "export.failed.v1")]
[JsonDerivedType(typeof(ExportExpired), "export.expired.v1")]
[JsonDerivedType(typeof(ExportErased), "export.erased.v1")]
[JsonDerivedType(typeof(ExportsDeleted), "export.deleted.v1")]
[JsonDerivedType(typeof(DeletionPutOff), "export.deletion-put-off.v1")]
public abstract record ExportEvent(DateTimeOffset At);

/// <param name="Number">Names it; no other one of the person ever has it, also not after a backup was brought back.</param>
/// <param name="Kind">What the person is, which decides about what there is of her.</param>
public sealed record ExportRequested(DateTimeOffset At, long Number, PersonKind Kind) : ExportEvent(At);

/// <summary>It is being made: once more, when it was begun before.</summary>
public sealed record ExportBegun(DateTimeOffset At) : ExportEvent(At);

/// <summary>Whoever makes it still lives.</summary>
public sealed record ExportWentOn(DateTimeOffset At) : ExportEvent(At);

/// <summary>Something did not answer, or there was no place; it is begun again.</summary>
public sealed record ExportPutOff(DateTimeOffset At) : ExportEvent(At);

public sealed record ExportReady(DateTimeOffset At, long Bytes) : ExportEvent(At);

/// <summary>It was tried often enough.</summary>
public sealed record ExportFailed(DateTimeOffset At) : ExportEvent(At);

public sealed record ExportExpired(DateTimeOffset At) : ExportEvent(At);

/// <summary>The person is erased.</summary>
public sealed record ExportErased(DateTimeOffset At) : ExportEvent(At);

/// <summary>Their keys are destroyed and their files are gone.</summary>
public sealed record ExportsDeleted(DateTimeOffset At, ImmutableArray<long> Numbers) : ExportEvent(At);

/// <summary>The storage could not delete what is to be deleted.</summary>
public sealed record DeletionPutOff(DateTimeOffset At) : ExportEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ExportEvent))]
[JsonSerializable(typeof(PersonsExports))]
internal sealed partial class ExportJson : JsonSerializerContext;
