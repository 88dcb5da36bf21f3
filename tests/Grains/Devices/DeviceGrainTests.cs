using System.Text;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Devices;
using Actors.Journal;
using Actors.TestKit;
using Actors.TestKit.Journals;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Devices.Orders;

namespace Actors.Grains.Tests.Devices;

[Trait("Spec", "PM-11")]
public sealed class DeviceGrainTests : IAsyncLifetime
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private readonly ScriptedDevice _device = new();
    private readonly ToldPurchasers _purchasers = new();
    private SimulatedGrainEngine _engine = null!;

    private IDeviceGrain Mia => _engine.Grains.GetGrain<IDeviceGrain>("mia");

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                GrainAssemblies = [typeof(DeviceGrainTests).Assembly],
                Configure = services =>
                    services.AddSingleton<IDevice>(_device).AddSingleton<IIncomingGrainCallFilter>(_purchasers),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task An_order_runs_once_however_often_it_arrives_also_after_a_crash()
    {
        await OrderAsync(1);
        await OrderAsync(1);
        await RecentAsync(1);
        await _engine.CrashAsync();
        await OrderAsync(1);
        await OrderAsync(2);

        var recent = await RecentAsync(2);
        Assert.Equal([Purchase(1), Purchase(2)], _device.Commands.Select(static command => command.PurchaseId));
        Assert.Equal([Purchase(2), Purchase(1)], recent.Select(static one => one.PurchaseId));
        Assert.All(recent, static one => Assert.Null(one.Failure));
        Assert.Empty(_purchasers.Told);
    }

    [Fact]
    public async Task The_buyer_does_not_wait_for_the_device()
    {
        var answer = Later();
        _device.Answer = _ => answer.Task;

        await OrderAsync(1);
        await _engine.EventuallyAsync(() => _device.Commands.Count == 1);
        await OrderAsync(2);
        Assert.Empty((await Mia.Get()).Recent);

        answer.SetResult(null);
        await RecentAsync(2);
    }

    [Fact]
    public async Task Two_purchases_run_in_the_order_in_which_they_were_made()
    {
        var first = Later();
        _device.Answer = command => command.PurchaseId == Purchase(1) ? first.Task : Task.FromResult<string?>(null);
        await OrderAsync(1);
        await OrderAsync(2);
        await _engine.EventuallyAsync(() => _device.Commands.Count == 1);

        first.SetResult("The app is offline.");

        var recent = await RecentAsync(2);
        Assert.Equal([null, "The app is offline."], recent.Select(static one => one.Failure));
        Assert.Equal([Purchase(1), Purchase(2)], _device.Commands.Select(static command => command.PurchaseId));
    }

    [Fact]
    public async Task An_offset_is_kept_through_a_crash_without_anybody_calling()
    {
        var at = _engine.Time.GetUtcNow();
        await OrderAsync(1, offset: 120);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(100));
        await _engine.CrashAsync();
        Assert.Empty(_device.Commands);

        await _engine.AdvanceAsync(at.AddSeconds(120) - _engine.Time.GetUtcNow());

        await _engine.EventuallyAsync(() => _device.Commands.Count == 1);
        Assert.InRange((await RecentAsync(1))[0].At, at.AddSeconds(120), at.AddSeconds(125));
    }

    [Fact]
    public async Task A_crash_between_sending_and_result_is_reported_as_unknown_and_nothing_is_sent_again()
    {
        _device.Answer = static _ => Later().Task;
        await OrderAsync(1);
        await _engine.EventuallyAsync(() => _device.Commands.Count == 1);

        await _engine.CrashAsync();
        _device.Answer = static _ => Task.FromResult<string?>(null);
        await _engine.AdvanceAsync(DeviceRules.LostAfter);

        Assert.Equal(DeviceRules.OutcomeUnknown, (await RecentAsync(1))[0].Failure);
        await _engine.EventuallyAsync(() => _purchasers.Told.Count == 1);
        await OrderAsync(1);
        await OrderAsync(2);
        await RecentAsync(2);
        Assert.Equal([Purchase(1), Purchase(2)], _device.Commands.Select(static command => command.PurchaseId));
    }

    [Fact]
    public async Task Nothing_goes_out_before_it_is_durable_that_it_does()
    {
        _engine.Journal.Fault = commit => Has(commit, "device.sending") ? AppendFault.BeforeWriting : AppendFault.None;
        await OrderAsync(1);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(_device.Commands);

        _engine.Journal.Fault = null;
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Null((await RecentAsync(1))[0].Failure);
        Assert.Single(_device.Commands);
    }

    [Fact]
    public async Task What_may_or_may_not_be_durable_does_not_go_out_at_all()
    {
        _engine.Journal.Fault = commit => Has(commit, "device.sending") ? AppendFault.AfterWriting : AppendFault.None;
        await OrderAsync(1);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        _engine.Journal.Fault = null;

        await _engine.AdvanceAsync(DeviceRules.LostAfter);
        Assert.Equal(DeviceRules.OutcomeUnknown, (await RecentAsync(1))[0].Failure);
        Assert.Empty(_device.Commands);
    }

    [Fact]
    public async Task A_result_that_could_not_be_written_down_is_unknown_and_the_command_is_not_repeated()
    {
        _engine.Journal.Fault = commit => Has(commit, "device.done") ? AppendFault.BeforeWriting : AppendFault.None;
        await OrderAsync(1);
        await _engine.EventuallyAsync(() => _device.Commands.Count == 1);
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        _engine.Journal.Fault = null;

        await _engine.AdvanceAsync(DeviceRules.LostAfter);
        Assert.Equal(DeviceRules.OutcomeUnknown, (await RecentAsync(1))[0].Failure);
        Assert.Single(_device.Commands);
    }

    [Fact]
    public async Task A_failure_is_told_to_the_buyers_purchase_once_it_can_be_reached_and_to_nobody_else()
    {
        _device.Answer = static _ => Task.FromResult<string?>("The app is offline.");
        _purchasers.IsUnreachable = true;
        await OrderAsync(1, user: "bo");
        await RecentAsync(1);
        await _engine.CrashAsync();
        _purchasers.IsUnreachable = false;

        await _engine.EventuallyAsync(() => _purchasers.Told.Count > 0);
        await OrderAsync(2, user: "cleo");
        await _engine.EventuallyAsync(() => _purchasers.Told.Count > 1);
        Assert.Equal(["bo", "cleo"], _purchasers.Told);
    }

    [Fact]
    public async Task An_adapter_that_breaks_holds_up_nothing_for_longer_than_the_time_of_a_command()
    {
        _device.Answer = static _ => throw new InvalidOperationException("a bug");
        await OrderAsync(1);
        await _engine.EventuallyAsync(() => _device.Commands.Count == 1);
        _device.Answer = static _ => Task.FromResult<string?>(null);
        await OrderAsync(2);

        await _engine.AdvanceAsync(DeviceRules.LostAfter);

        var recent = await RecentAsync(2);
        Assert.Equal([null, DeviceRules.OutcomeUnknown], recent.Select(static one => one.Failure));
    }

    [Fact]
    public async Task Only_a_registered_model_can_pair()
    {
        Assert.Equal(IdentityRefusals.ModelNotFound, (await Mia.StartPairing(Root)).Refusal);
        await _engine.Grains.GetGrain<IModelProfileGrain>("mia").Register(new RegisterModel(Root, "Mia"));

        Assert.Equal("https://qr.example/Mia", (await Mia.StartPairing(Root)).Value!.QrUrl);
    }

    [Fact]
    public async Task A_pairing_counts_only_with_the_token_that_was_given_out_for_this_model()
    {
        IReadOnlyList<PairedDevice> toys = [new("t1", "lush", true)];

        var forged = await Mia.CompletePairing(new PairedDevices("token of ana", toys));
        Assert.Equal(DeviceRefusals.PairingRefused, forged.Refusal);
        Assert.False((await Mia.Get()).Paired);

        Assert.Null((await Mia.CompletePairing(new PairedDevices("token of mia", toys))).Refusal);
        await _engine.CrashAsync();
        var view = await Mia.Get();
        Assert.True(view.Paired);
        Assert.Equal(toys, view.Devices);
        Assert.Equal(("mia", "scripted"), (view.ModelId, view.Service));
    }

    private Task OrderAsync(long number, int offset = 0, string user = "bo") =>
        Mia.Activate(new Delivery($"purchaser/{user}", number), Order(number, _engine.Time.GetUtcNow(), offset, user));

    private async Task<IReadOnlyList<DeviceCommandRecord>> RecentAsync(int count) =>
        await _engine.EventuallyAsync(async () => (await Mia.Get()).Recent, recent => recent.Count == count);

    private static bool Has(Commit commit, string name) =>
        commit.Events.Any(json => Encoding.UTF8.GetString(json.Span).Contains(name, StringComparison.Ordinal));

    private static TaskCompletionSource<string?> Later() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
