using Actors.Grains.Attachments;
using Actors.Grains.Sealing;

namespace Actors.Grains.Tests.Uploads;

/// <summary>A store and keys outside of the simulated process: they outlive its crashes, and fail when they are told to.</summary>
internal sealed class MemoryAttachments : IAttachmentStore, IErasableKeys
{
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Whether deleting fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Runs before a file is written.</summary>
    public Func<Task>? Before { get; set; }

    /// <summary>Runs once a file is written, before its writer hears of it.</summary>
    public Action? Written { get; set; }

    public async Task<long> WriteAsync(
        string name,
        SealingKey key,
        Stream content,
        CancellationToken cancellation = default
    )
    {
        await (Before?.Invoke() ?? Task.CompletedTask);
        using var all = new MemoryStream();
        await content.CopyToAsync(all, CancellationToken.None);
        Files[name] = all.ToArray();
        Written?.Invoke();
        return all.Length;
    }

    public Task<Stream?> OpenAsync(string name, SealingKey key, CancellationToken cancellation = default) =>
        Task.FromResult<Stream?>(Files.TryGetValue(name, out var file) ? new MemoryStream(file) : null);

    public Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        if (IsAway)
        {
            throw new IOException("away");
        }
        Files.Remove(name);
        return Task.CompletedTask;
    }

    public ValueTask<SealingKey?> OpenAsync(string name) => new(new SealingKey(new byte[SealingKey.Bytes]));

    public Task DestroyAsync(string name) => Task.CompletedTask;
}
