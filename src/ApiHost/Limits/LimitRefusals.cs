using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Limits;

public static class LimitRefusals
{
    public const string TooManyRequestsCode = "TOO_MANY_REQUESTS";

    public const string TooMuchWrittenCode = "TOO_MUCH_WRITTEN";

    public static Refusal TooMuchWritten(DateTimeOffset resetTime) =>
        new(TooMuchWrittenCode, "You have sent too much text within an hour.", resetTime);

    public static Refusal TooManyRequests(DateTimeOffset resetTime) =>
        new(TooManyRequestsCode, "You have made too many requests; slow down.", resetTime);
}
