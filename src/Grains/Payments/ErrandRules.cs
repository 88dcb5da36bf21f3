using System.Collections.Immutable;

namespace Actors.Grains.Payments;

/// <summary>When a provider is asked, and asked again. Pure: knows no grain, no clock, no I/O.</summary>
public static class ErrandRules
{
    /// <summary>The call that began with the payment has come to an end by then.</summary>
    public static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(20);

    /// <summary>Its messages come sooner when all is well.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromMinutes(5);

    /// <summary>What is still pending is looked up every day.</summary>
    public static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    /// <summary>Nobody pays a session after so long: providers keep them for a day.</summary>
    public static readonly TimeSpan AskFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>What is to be done now.</summary>
    public static ImmutableArray<PaymentEvent> DecideDue(Payment payment, DateTimeOffset now) =>
        [.. payment.Errands.Where(errand => errand.DueAt <= now).Select(errand => Begin(payment, errand, now))];

    /// <summary>How long nothing is done after the so many-th time.</summary>
    public static TimeSpan PauseAfter(ErrandKind kind, int tries)
    {
        if (kind == ErrandKind.Ask)
        {
            return tries switch
            {
                0 => TimeSpan.FromMinutes(10),
                1 => TimeSpan.FromHours(1),
                _ => Daily,
            };
        }
        var pause = OpenAgainAfter * Math.Pow(2, Math.Min(tries, 16));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static PaymentEvent Begin(Payment payment, Errand errand, DateTimeOffset now) =>
        errand.Kind == ErrandKind.Ask && now - payment.StartedAt > AskFor
            ? new SessionEnded(now, payment.Order!, Ask: false)
            : new ErrandBegun(
                now,
                payment.Order!,
                errand.Kind,
                errand.Number,
                now + PauseAfter(errand.Kind, errand.Tries)
            );
}
