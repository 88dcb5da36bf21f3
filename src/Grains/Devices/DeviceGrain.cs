using System.Collections.Immutable;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.Grains.Durability;
using Actors.Grains.Identity;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Devices;

[GrainType("device")]
public sealed partial class DeviceGrain(
    IGrainContext context,
    DurableServices services,
    IDevice device,
    WebhookInterest interest,
    IErasableKeys keys,
    ILogger<DeviceGrain> logger
) : EventSourcedGrain<Device, DeviceEvent>(context, services, Definition), IDeviceGrain
{
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(5);

    private static readonly Aggregate<Device, DeviceEvent> Definition = new()
    {
        Initial = Device.None,
        Evolve = DeviceFold.Evolve,
        NextDue = static device => device.NextDue,
        EventJson = DeviceJson.Default.DeviceEvent,
        StateJson = DeviceJson.Default.Device,
    };

    private readonly TimeProvider _time = services.Time;
    private Task _sending = Task.CompletedTask;
    private bool _ended;

    /// <summary>Only takes the order in; the agenda performs it, so that the buyer's grain does not wait for a device.</summary>
    public Task Activate(Delivery delivery, DeviceOrder order) =>
        CommitOnce(delivery, () => Tellable(DeviceRules.Take(Current, order, Now)));

    public async Task<Outcome<DevicePairing>> StartPairing(Actor actor)
    {
        var profile = await GrainFactory.GetGrain<IModelProfileGrain>(Key).Get();
        return profile.Refusal is { } refusal ? refusal : await device.PairAsync(Key, profile.Value!.DisplayName);
    }

    public async Task<Outcome<Done>> CompletePairing(PairedDevices devices)
    {
        if (!device.IsOurs(Key, devices.Token))
        {
            return DeviceRefusals.PairingRefused;
        }
        if (await KeyAsync() is not { } key)
        {
            return DeviceRefusals.PairingRefused;
        }
        var known = Current with { Paired = DeviceWords.Open(Current.Paired, key) };
        var paired = DeviceWords.Seal(DeviceRules.Pair(known, devices, Now), key);
        await (paired is not null ? Commit(paired) : WhenDurable());
        return Done.It;
    }

    public async ValueTask<DeviceView> Get()
    {
        // Who only looks leaves no key behind.
        var key = Durable.Paired.IsEmpty ? null : await KeyAsync();
        var durable = Durable;
        return new DeviceView(
            Key,
            device.Service,
            device.IsAlwaysPaired || durable.PairedAt is not null,
            DeviceWords.Open(durable.Paired, key),
            [.. durable.Recent.Reverse()]
        );
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await _sending.WaitAsync(WaitAtMost, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Its result is lost; the next activation says so when its time is over.
        }
        _ended = true;
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task OnDueAsync(DateTimeOffset now)
    {
        var events = DeviceRules.DecideDue(Current, now);
        await CommitAsync(events);
        Send(events);
    }

    protected override IReadOnlyList<Effect> EffectsOf(DeviceEvent @event, long version) =>
        DeviceNews.FailureOf(@event) is not var (purchaseId, userId, failure) ? []
        : @event.Told == true
            ? [Tell(userId, purchaseId, failure), WebhookEffects.Tell(Key, DeviceNews.Of(Key, @event, version))]
        : [Tell(userId, purchaseId, failure)];

    /// <summary>Not kept: whoever erases the model does not know of this activation.</summary>
    private ValueTask<SealingKey?> KeyAsync() => keys.OpenOfAsync(Key);

    private Task CommitAsync(ImmutableArray<DeviceEvent> events) => Commit([.. events.Select(Tellable)]);

    private TEvent Tellable<TEvent>(TEvent @event)
        where TEvent : DeviceEvent => interest.Mark(@event, DeviceNews.TypeOf(@event));

    private static Effect Tell(string userId, PurchaseId purchaseId, string failure) =>
        Effect.To<IPurchaserGrain>(
            userId,
            (purchaser, delivery) => purchaser.DeviceFailed(delivery, purchaseId, failure)
        );

    /// <summary>Begins the command that has just become durable as being sent; nobody's turn waits for it.</summary>
    private void Send(ImmutableArray<DeviceEvent> events)
    {
        if (!_ended && events is [.., DeviceSending] && Durable.Sending is { } sending)
        {
            _sending = SendAsync(sending.Task);
        }
    }

    private async Task SendAsync(DeviceTask task)
    {
        try
        {
            var failure = await device.CommandAsync(new DeviceCommand(Key, task.PurchaseId, task.Activation));
            if (!_ended)
            {
                var events = DeviceRules.DecideResult(Current, task.Number, failure, Now);
                await CommitAsync(events);
                Send(events);
            }
        }
        catch (Exception fault) when (StorageFaults.IsFailedCommit(fault))
        {
            // The activation is dropped because storage failed; the next one reports the command as unknown.
        }
        catch (Exception exception)
        {
            // Whether it reached the device is not known: it stays under way until its time is over.
            LogBroken(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A device command ended without an answer")]
    private partial void LogBroken(Exception exception);
}
