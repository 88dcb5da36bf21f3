namespace Actors.Grains.Devices.Lovense;

/// <summary>Words of ours for what went wrong: the service's own might tell a buyer about the platform.</summary>
internal static class LovenseFailures
{
    public const string NoAnswer =
        "The device service did not answer in time; whether the device did this is not known.";
    public const string Malformed = "The device service gave an answer that cannot be understood.";

    private const string NotReached = "The device service could not be reached.";
    private const string Broken =
        "The connection to the device service broke; whether the device did this is not known.";

    public static string OfCode(int? code) =>
        code switch
        {
            400 => "The device service did not understand the command.",
            404 => "The device service did not accept a value of the command.",
            501 => "The device service did not accept the platform's token.",
            502 => "The platform may not use the device service.",
            503 => "The device service does not know this model: no device is paired.",
            507 => "The app that the device is connected to is offline.",
            null => Malformed,
            _ => $"The device service answered with code {code}.",
        };

    public static string OfStatus(int status) => $"The device service answered with HTTP status {status}.";

    public static string Of(Exception exception) =>
        exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Malformed,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
            } => NotReached,
            _ => Broken,
        };
}
