using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Limits;

public static class LimitRefusals
{
    public const string TooManyRequestsCode = "TOO_MANY_REQUESTS";

    public static Refusal TooManyRequests(DateTimeOffset resetTime) =>
        new(TooManyRequestsCode, "You have made too many requests; slow down.", resetTime);
}
