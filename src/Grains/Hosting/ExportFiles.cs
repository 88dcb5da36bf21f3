using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Attachments;
using Actors.Grains.Exports;
using Actors.Grains.Sealing;

namespace Actors.Grains.Hosting;

/// <summary>Exports of persons, for a host of the API: the bytes come from the store, and a grain says whether they are there.</summary>
public sealed class ExportFiles(IGrainFactory grains, IAttachmentStore store, IErasableKeys keys)
{
    /// <param name="personId">Whose; nobody else's is found.</param>
    /// <param name="cancellation">Of whoever waits.</param>
    public async Task<Outcome<OpenExport>> OpenAsync(string personId, CancellationToken cancellation)
    {
        var found = await grains.GetGrain<IExportGrain>(personId).FindFile();
        if (found.Value is not { } file)
        {
            return found.Refusal!;
        }
        if (await keys.OpenAsync(ExportNames.KeyOf(personId, file.Number)) is not { } key)
        {
            return ExportRefusals.ExportNotFound;
        }
        var name = ExportNames.FileOf(personId, file.Number, file.Attempt);
        return await store.OpenAsync(name, key, cancellation) is { } bytes
            ? new OpenExport(file, bytes)
            : ExportRefusals.ExportNotFound;
    }
}

/// <param name="Content">To be disposed of by whoever has asked.</param>
public sealed record OpenExport(ExportFile File, Stream Content);
