using Actors.Grains.Devices;
using Actors.Grains.Devices.Lovense;
using Actors.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Devices;

[Trait("Spec", "PM-11")]
public sealed class DeviceOptionsTests
{
    [Fact]
    public async Task Without_settings_there_is_the_sandbox_which_keeps_what_it_was_told()
    {
        var options = SettingsReader.Read<DeviceOptions>(Settings());

        Assert.Equal(DeviceService.Sandbox, options.Service);
        var device = Assert.IsType<SandboxDevice>(Resolve(options));
        Assert.True(device.IsAlwaysPaired);
        for (var number = 1; number <= 101; number++)
        {
            Assert.Null(await device.CommandAsync(new DeviceCommand("mia", Orders.Purchase(number), Orders.Gentle)));
        }
        Assert.Equal((100, Orders.Purchase(2)), (device.Commands.Count, device.Commands[0].PurchaseId));
    }

    [Fact]
    public void With_a_token_there_is_lovense()
    {
        var options = SettingsReader.Read<DeviceOptions>(
            Settings(
                ("Service", "lovense"),
                ("LovenseToken", "secret"),
                ("LovenseAddress", "http://127.0.0.1:8080"),
                ("LovenseFunctions", "Rotate,Pump"),
                ("PairingSecret", "0123456789abcdef"),
                ("TimeoutSeconds", "7")
            )
        );

        Assert.Equal(new Uri("http://127.0.0.1:8080/"), options.LovenseAddress);
        Assert.Equal(["Rotate", "Pump"], options.Functions.Select(static one => one.Name));
        Assert.Equal((TimeSpan.FromSeconds(7), "secret"), (options.Timeout, options.LovenseToken));
        Assert.IsType<LovenseDevice>(Resolve(options));
    }

    [Theory]
    [InlineData("Service", "toys")]
    [InlineData("LovenseAddress", "http://service.example")]
    [InlineData("LovenseAddress", "service.example")]
    [InlineData("LovenseFunctions", "Vibrate,Fly")]
    [InlineData("PairingSecret", "short")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("TimeoutSeconds", "21")]
    [InlineData("TimeoutSeconds", "a while")]
    public void A_bad_value_stops_the_start_with_its_name_and_is_not_shown(string name, string value)
    {
        var fault = Assert.Throws<SettingException>(() => SettingsReader.Read<DeviceOptions>(Settings((name, value))));

        Assert.Equal($"Devices:{name}", fault.Name);
        Assert.DoesNotContain($"'{value}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lovense_without_a_token_stops_the_start()
    {
        var fault = Assert.Throws<SettingException>(() =>
            SettingsReader.Read<DeviceOptions>(Settings(("Service", "lovense")))
        );
        Assert.Equal("Devices:LovenseToken", fault.Name);
    }

    private static IDevice Resolve(DeviceOptions options) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddSingleton(options)
            .AddDevices()
            .BuildServiceProvider()
            .GetRequiredService<IDevice>();

    private static IConfiguration Settings(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                values.Select(static one => KeyValuePair.Create($"Devices:{one.Name}", (string?)one.Value))
            )
            .Build();
}
