using Actors.Grains.Texts;

namespace Actors.Grains.MoodMessages.Escalation;

/// <summary>What the system says to a user who sounds distressed.</summary>
internal static class EscalationText
{
    private const string English =
        "It sounds as if you are having a hard time. Somebody has been told, and you will hear from us here.";

    private const string Spanish =
        "Parece que estás pasando un mal momento. Ya hemos avisado, y tendrás noticias aquí.";

    public static string In(string language) => language == Languages.Spanish ? Spanish : English;
}
