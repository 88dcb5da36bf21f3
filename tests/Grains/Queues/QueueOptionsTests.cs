using Actors.Grains.Hosting;
using Actors.Grains.Queues;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Tests.Queues;

public sealed class QueueOptionsTests
{
    [Fact]
    public void Whatever_is_left_out_has_its_default()
    {
        var options = From(("Other", "1"), ("Queues:MaxLength", ""));

        Assert.Equal(
            (7, 200, 15, 30),
            (options.EntryTimeoutDays, options.MaxLength, options.UsualMinutes, options.UsualMinutesAtMost)
        );
    }

    [Fact]
    public void Every_setting_is_read() =>
        Assert.Equal(
            new QueueOptions
            {
                EntryTimeoutDays = 90,
                MaxLength = 1_000,
                UsualMinutes = 1,
                UsualMinutesAtMost = 1_440,
            },
            From(
                ("Queues:EntryTimeoutDays", "90"),
                ("Queues:MaxLength", "1000"),
                ("Queues:UsualMinutes", "1"),
                ("Queues:UsualMinutesAtMost", "1440")
            )
        );

    [Fact]
    public void A_usual_time_above_the_usual_most_moves_it_along() =>
        Assert.Equal(45, From(("Queues:UsualMinutes", "45")).UsualMinutesAtMost);

    [Theory]
    [InlineData("Queues:EntryTimeoutDays", "0")]
    [InlineData("Queues:EntryTimeoutDays", "91")]
    [InlineData("Queues:EntryTimeoutDays", "1.5")]
    [InlineData("Queues:MaxLength", "0")]
    [InlineData("Queues:MaxLength", "1001")]
    [InlineData("Queues:UsualMinutes", "0")]
    [InlineData("Queues:UsualMinutes", "1441")]
    [InlineData("Queues:UsualMinutesAtMost", "14")]
    [InlineData("Queues:UsualMinutesAtMost", "long")]
    public void A_bad_value_is_named(string name, string value)
    {
        var fault = Assert.Throws<SettingException>(() => From((name, value)));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private static QueueOptions From(params (string Name, string Value)[] settings) =>
        SettingsReader.Read<QueueOptions>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.ToDictionary(static one => one.Name, static one => (string?)one.Value))
                .Build()
        );
}
