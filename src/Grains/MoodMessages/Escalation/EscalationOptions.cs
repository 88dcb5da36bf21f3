using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.MoodMessages.Escalation;

[Settings("Escalation")]
public sealed record EscalationOptions
{
    public const int MostMessages = 10;

    [
        Setting(
            "So many messages of a user in a row that sound angry, sad or anxious are acted upon; 0 listens to nobody."
        ),
        Range(0, MostMessages)
    ]
    public int Messages { get; init; } = 3;

    [Setting("How sure that must be of each of them, in percent."), Range(1, 100)]
    public int Confidence { get; init; } = 60;

    internal bool IsOn => Messages > 0;
}
