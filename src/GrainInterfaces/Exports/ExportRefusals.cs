using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Exports;

public static class ExportRefusals
{
    public const string ExportNotFoundCode = "EXPORT_NOT_FOUND";
    public const string ExportNotReadyCode = "EXPORT_NOT_READY";
    public const string TooManyExportsCode = "TOO_MANY_EXPORTS";

    public static readonly Refusal ExportNotFound = new(
        ExportNotFoundCode,
        "There is no export: none was asked for, or it is gone again."
    );

    public static readonly Refusal ExportNotReady = new(
        ExportNotReadyCode,
        "The export is still being made: ask how far it is."
    );

    public static Refusal TooManyExports(DateTimeOffset resetTime) =>
        new(TooManyExportsCode, $"At most {IExportGrain.PerDay} exports in any 24 hours.", resetTime);
}
