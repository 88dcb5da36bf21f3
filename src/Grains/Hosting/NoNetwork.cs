using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Hosting;

/// <summary>A silo that talks to nobody binds no port, so that any number of processes can run side by side.</summary>
internal static class NoNetwork
{
    public static void ListenNowhere(this IServiceCollection services)
    {
        // Orleans registers one factory for silos and one for clients, under keys that only the descriptors tell.
        var listeners = services
            .Where(static service =>
                service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)
            )
            .ToArray();
        foreach (var listener in listeners)
        {
            services.Remove(listener);
            services.AddKeyedSingleton<IConnectionListenerFactory, DeafFactory>(listener.ServiceKey);
        }
    }

    private sealed class DeafFactory : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(
            EndPoint endpoint,
            CancellationToken cancellationToken = default
        ) => new(new DeafListener(endpoint));
    }

    /// <summary>Accepts nobody until it is unbound.</summary>
    private sealed class DeafListener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _unbound = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await _unbound.Task.WaitAsync(cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
