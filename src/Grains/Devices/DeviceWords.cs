using System.Collections.Immutable;
using Actors.GrainInterfaces.Devices;
using Actors.Grains.Identity;
using Actors.Grains.Sealing;

namespace Actors.Grains.Devices;

/// <summary>What a model's devices are called, sealed with her key as it is written down.</summary>
internal static class DeviceWords
{
    public static DevicesPaired? Seal(DevicesPaired? paired, SealingKey key) =>
        paired is null
            ? null
            : paired with
            {
                Devices =
                [
                    .. paired.Devices.Select(one =>
                        one with
                        {
                            DeviceId = key.SealWords(one.DeviceId),
                            Name = key.SealWords(one.Name),
                        }
                    ),
                ],
            };

    /// <summary>Without those that were erased.</summary>
    public static ImmutableArray<PairedDevice> Open(ImmutableArray<PairedDevice> devices, SealingKey? key) =>
        [
            .. devices
                .Select(one => (key.OpenWords(one.DeviceId), key.OpenWords(one.Name), one.Online))
                .Where(static one => one is { Item1: not null, Item2: not null })
                .Select(static one => new PairedDevice(one.Item1!, one.Item2!, one.Online)),
        ];
}
