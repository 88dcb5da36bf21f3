using System.Collections.Concurrent;
using Actors.GrainInterfaces.Purchases;

namespace Actors.Grains.Tests.Devices;

/// <summary>Counts whom devices told of a failure, and keeps it from the purchases, which these tests do not make.</summary>
internal sealed class ToldPurchasers : IIncomingGrainCallFilter
{
    private readonly ConcurrentQueue<string> _told = new();

    /// <summary>Set while the purchases cannot be reached.</summary>
    public bool IsUnreachable { get; set; }

    public IReadOnlyList<string> Told => [.. _told];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName != nameof(IPurchaserGrain.DeviceFailed))
        {
            await context.Invoke();
            return;
        }
        if (IsUnreachable)
        {
            throw new TimeoutException();
        }
        _told.Enqueue(context.TargetId.ToString().Split('/')[1]);
    }
}
