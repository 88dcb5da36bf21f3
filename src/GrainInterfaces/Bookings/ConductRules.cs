namespace Actors.GrainInterfaces.Bookings;

/// <summary>
/// How people behave in a call. Whoever books accepts one version of it by its number; a new text is a new version, and
/// what was accepted before stays in its bookings.
/// </summary>
public static class ConductRules
{
    public const int CurrentVersion = 1;

    private static readonly IReadOnlyList<string> English =
    [
        "Everybody in the call is an adult and is there of their own will.",
        "Nobody records the call, takes pictures of it or lets others watch.",
        "Either side may end the call at any time, and report what must not go on.",
        "The platform provides the room and never listens; you answer for what you do in it.",
        "Whoever breaks these rules loses access.",
    ];

    private static readonly IReadOnlyList<string> Spanish =
    [
        "Todas las personas en la llamada son adultas y participan por voluntad propia.",
        "Nadie graba la llamada, toma fotos de ella ni deja que otras personas la vean.",
        "Cualquiera de las dos partes puede terminar la llamada en todo momento y reportar lo que no debe ocurrir.",
        "La plataforma ofrece la sala y nunca escucha; cada quien responde por lo que hace en ella.",
        "Quien no cumple estas reglas pierde el acceso.",
    ];

    /// <param name="language">"en" or "es"; anything else reads English.</param>
    public static IReadOnlyList<string> In(string language) => language == "es" ? Spanish : English;
}
