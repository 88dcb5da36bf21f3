using Actors.Grains.Attachments;
using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Cluster.Tests;

/// <summary>Attachments in blobs, as silos and API hosts open them.</summary>
public sealed class AttachmentsTests(Azurite azurite) : AttachmentStoreContract
{
    private static int _count;

    private readonly string _service =
        $"files{Interlocked.Increment(ref _count)}-{Environment.ProcessId}-{Environment.TickCount64}";

    protected override ValueTask<IAttachmentStore> OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddAttachments(new ClusterSettings { AzureStorage = azurite.ConnectionString, ServiceId = _service });
        return new(services.BuildServiceProvider().GetRequiredService<IAttachmentStore>());
    }

    protected override SealingKey KeyOf(byte value)
    {
        var bytes = new byte[SealingKey.Bytes];
        Array.Fill(bytes, value);
        return new(bytes);
    }
}
