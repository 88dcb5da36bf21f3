#pragma warning disable RS0030 // These break the rules on purpose.
#pragma warning disable IDE0130, CA1812, CA1823

namespace Actors.Samples.Moods
{
    internal sealed class Mood
    {
        public Common.Between Between { get; } = new();
    }
}

namespace Actors.Samples.ContentPolicy
{
    internal sealed class Censor
    {
        public static int Judge(Moods.Mood mood) => mood.GetHashCode();
    }
}

namespace Actors.Samples.Common
{
    internal sealed class Between
    {
        public static object Look() => new Wallets.Purse();
    }
}

namespace Actors.Samples.Wallets
{
    internal sealed class Purse;

    internal sealed class Discount
    {
        public static int For(Moods.Mood mood) => mood.GetHashCode();
    }

    internal sealed class Till
    {
        public static int Add(Purchases.Bill bill) => bill.GetHashCode();
    }
}

namespace Actors.Samples.Purchases
{
    internal sealed class Bill
    {
        public Wallets.Purse Purse { get; } = new();
    }
}

namespace Actors.Samples.Rules
{
    internal static class ClockRules
    {
        public static bool IsLate(DateTimeOffset due) => DateTimeOffset.UtcNow > due;
    }

    internal static class TimeRules
    {
        public static bool IsLate(DateTimeOffset due, TimeProvider time) => time.GetUtcNow() > due;
    }

    internal static class FileRules
    {
        public static string Decide() => File.ReadAllText("rules.txt");
    }

    internal static class GrainRules
    {
        public static bool Decide(IGrainFactory grains) => grains is not null;
    }

    internal static class LambdaRules
    {
        public static IEnumerable<string> Decide(string[] names) => names.Select(static name => File.ReadAllText(name));
    }
}

namespace Actors.Grains.Samples.Sealing
{
    internal sealed class Lock
    {
        public static string Name => typeof(Moods.MoodGrain).Name;
    }
}

namespace Actors.Samples.Tellers
{
    internal sealed class Teller
    {
        public static object Tell() =>
            new GrainInterfaces.Notifications.Notification("hello", "Hello!", DateTimeOffset.UnixEpoch);
    }
}

namespace Actors.Samples.Http
{
    internal sealed class Shortcut
    {
        public static string Name => typeof(Grains.Moods.MoodGrain).Name;
    }
}
