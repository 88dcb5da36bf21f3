[assembly: AssemblyFixture(typeof(Actors.Contract.Tests.Server.SharedServer))]

namespace Actors.Contract.Tests.Server;

/// <summary>One server for all tests that leave no trace but under ids of their own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public ApiServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ApiServer.Start();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
