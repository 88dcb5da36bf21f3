using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Devices;

public static class DeviceMapping
{
    public static void MapDevices(this IEndpointRouteBuilder routes) => routes.MapFeature<DeviceEndpoints>();
}

internal sealed class DeviceEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/api/v1/devices").WithTags("Devices").Switchable(Features.Devices);
        devices
            .Get("", Own, DeviceJson.Default.DeviceResponse)
            .For(Roles.Model)
            .WithSummary("The model's own device: what is paired, and the newest 50 commands with what became of them");
        devices
            .Post("/pairing", Pair, DeviceJson.Default.DevicePairingResponse)
            .For(Roles.Model)
            .WithSummary("A code to scan with the app of the device service; the sandbox needs none")
            .Refuses(IdentityRefusals.ModelNotFoundCode, DeviceRefusals.DeviceServiceUnavailableCode);
        devices
            .Post(
                "/lovense/callback",
                TakeCallback,
                DeviceJson.Default.LovenseCallbackRequest,
                DeviceJson.Default.ReceivedResponse
            )
            .Public()
            .WithSummary("For Lovense's app, which says what a model has paired; known by the token that we gave it")
            .WithExample(
                """{ "uid": "mia", "utoken": "…", "toys": { "f1": { "id": "f1", "name": "lush", "status": 1 } } }"""
            )
            .Refuses(DeviceRefusals.PairingRefusedCode);
        routes
            .MapGroup("/api/v1/admin/devices")
            .WithTags("Devices")
            .For(Roles.Admin)
            .Switchable(Features.Devices)
            .Get("/{modelId}", Any, DeviceJson.Default.DeviceResponse)
            .WithSummary("Any model's device")
            .Refuses(IdentityRefusals.ModelNotFoundCode);
    }

    private async ValueTask<Outcome<DeviceResponse>> Own(Call call) =>
        DeviceResponse.From(await Device(call.Caller.Id).Get());

    private async ValueTask<Outcome<DevicePairingResponse>> Pair(Call call) =>
        (await Device(call.Caller.Id).StartPairing(call.Actor())).Map(DevicePairingResponse.From);

    /// <summary>An id that cannot exist has no pairing, like one that does not.</summary>
    private async ValueTask<Outcome<ReceivedResponse>> TakeCallback(Call call, LovenseCallbackRequest body) =>
        ModelId.TryParse(body.Uid, out var model)
            ? (await Device(model.Value).CompletePairing(body.ToDevices())).Map(static _ => new ReceivedResponse(true))
            : DeviceRefusals.PairingRefused;

    private async ValueTask<Outcome<DeviceResponse>> Any(Call call)
    {
        var model = call.Model();
        if (model.Refusal is { } unknown)
        {
            return unknown;
        }
        var profile = await grains.GetGrain<IModelProfileGrain>(model.Value.Value).Get();
        return profile.Refusal is { } refusal ? refusal : DeviceResponse.From(await Device(model.Value.Value).Get());
    }

    private IDeviceGrain Device(string modelId) => grains.GetGrain<IDeviceGrain>(modelId);
}
