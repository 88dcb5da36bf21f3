using Actors.Grains.Attachments;
using Actors.Grains.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Exports;

/// <summary>The store and the keys of the simulated process that runs now, which fail and stand still when they are told to.</summary>
internal sealed class WatchedStore : IAttachmentStore, IErasableKeys
{
    private IAttachmentStore _store = null!;
    private IErasableKeys _keys = null!;

    /// <summary>Whether files of exports cannot be written.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether files of exports cannot be deleted.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether whoever has written an export's file never hears of it.</summary>
    public bool StandsStill { get; set; }

    /// <summary>How often a file of an export was begun to be written.</summary>
    public int Begun { get; private set; }

    /// <summary>How often one was written.</summary>
    public int Written { get; private set; }

    /// <summary>In place of those that are registered; asks them.</summary>
    public void Register(IServiceCollection services)
    {
        var store = services.Last(static one => one.ServiceType == typeof(IAttachmentStore)).ImplementationFactory!;
        var keys = services.Last(static one => one.ServiceType == typeof(IErasableKeys)).ImplementationFactory!;
        services.AddSingleton<IAttachmentStore>(provider =>
        {
            _store = (IAttachmentStore)store(provider);
            return this;
        });
        services.AddSingleton<IErasableKeys>(provider =>
        {
            _keys = (IErasableKeys)keys(provider);
            return this;
        });
    }

    public async Task<long> WriteAsync(
        string name,
        SealingKey key,
        Stream content,
        CancellationToken cancellation = default
    )
    {
        if (!IsOfExport(name))
        {
            return await _store.WriteAsync(name, key, content, cancellation);
        }
        Begun++;
        if (IsFull)
        {
            throw new IOException("full");
        }
        var length = await _store.WriteAsync(name, key, content, cancellation);
        Written++;
        if (StandsStill)
        {
            await new TaskCompletionSource().Task;
        }
        return length;
    }

    public Task<Stream?> OpenAsync(string name, SealingKey key, CancellationToken cancellation = default) =>
        _store.OpenAsync(name, key, cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation = default) =>
        IsAway && IsOfExport(name) ? throw new IOException("away") : _store.DeleteAsync(name, cancellation);

    public ValueTask<SealingKey?> OpenAsync(string name) => _keys.OpenAsync(name);

    public Task DestroyAsync(string name) => _keys.DestroyAsync(name);

    private static bool IsOfExport(string name) => name.StartsWith("export:", StringComparison.Ordinal);
}
