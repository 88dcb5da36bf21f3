using Actors.GrainInterfaces.Durability;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Contract.Tests.Server;

/// <summary>Grains of some kinds do not answer, as when their storage is gone; all others do.</summary>
internal sealed class UnreachableGrains(params string[] interfaces) : IIncomingGrainCallFilter
{
    /// <summary>What a call of such a grain ends with.</summary>
    public Func<Exception> Fault { get; init; } = static () => new OutcomeUnknownException();

    public void AddTo(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this);

    public Task Invoke(IIncomingGrainCallContext context) =>
        interfaces.Any(one => context.InterfaceName.EndsWith(one, StringComparison.Ordinal))
            ? Task.FromException(Fault())
            : context.Invoke();
}
