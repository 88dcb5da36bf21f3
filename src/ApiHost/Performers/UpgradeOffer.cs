using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Performers;

/// <summary>What somebody who is not PRIME is offered instead of a call.</summary>
/// <param name="CallToAction">What to say on the button that leads to the upgrade.</param>
internal sealed record UpgradeOffer(IReadOnlyList<string> Benefits, string CallToAction)
{
    private static readonly UpgradeOffer English = new(
        [
            "Private one-to-one video and audio calls with the performers",
            "Times that suit you, shown in your own time zone",
            "Your money back when a performer does not come",
        ],
        "Become PRIME"
    );

    private static readonly UpgradeOffer Spanish = new(
        [
            "Llamadas privadas de vídeo y audio, a solas con quien tú elijas",
            "Horarios que te convienen, en tu propia zona horaria",
            "Tu dinero de vuelta si la otra persona no se presenta",
        ],
        "Hazte PRIME"
    );

    public static UpgradeOffer For(UserProfile user) => user.Language == "es" ? Spanish : English;
}
