using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Devices;

public static class DeviceRefusals
{
    public const string PairingRefusedCode = "DEVICE_PAIRING_REFUSED";
    public const string DeviceServiceUnavailableCode = "DEVICE_SERVICE_UNAVAILABLE";

    public static readonly Refusal PairingRefused = new(PairingRefusedCode, "This pairing is not known.");

    public static readonly Refusal DeviceServiceUnavailable = new(
        DeviceServiceUnavailableCode,
        "The device service did not answer; try again."
    );
}
