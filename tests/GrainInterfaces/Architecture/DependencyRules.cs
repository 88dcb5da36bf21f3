using System.Reflection;

namespace Actors.GrainInterfaces.Tests.Architecture;

/// <summary>Who may know whom, as sentences about those who know too much.</summary>
internal static class DependencyRules
{
    private static readonly HashSet<string> MoodFeatures = ["Moods", "Templates"];

    private static readonly HashSet<string> MoneyFeatures =
    [
        "Wallets",
        "Ledger",
        "Menus",
        "Purchases",
        "Queues",
        "Devices",
        "Payments",
        "Transactions",
    ];

    private static readonly HashSet<string> SealedFoundations = ["Sealing", "Attachments"];
    private static readonly HashSet<string> PolicyKnows = ["ContentPolicy", "Durability", "Outcomes", "Texts"];

    private static readonly string[] OutsideWorld =
    [
        "Actors.Journal",
        "Actors.Grains.Durability",
        "Orleans",
        "System.IO",
        "System.Net",
        "System.Threading",
        "Microsoft.Extensions",
    ];

    /// <summary>Neither moods nor templates reach anything of money, over however many steps; nor the other way round.</summary>
    public static IEnumerable<string> MoodsAndMoney(IReadOnlyCollection<Type> types)
    {
        var own = types.Select(static type => type.Assembly).ToHashSet();
        foreach (var mood in types.Where(static type => IsOf(type, MoodFeatures)))
        {
            foreach (var money in Reachable(mood, own).Where(IsMoney))
            {
                yield return $"{mood} reaches {money}";
            }
        }
        foreach (var money in types.Where(IsMoney))
        {
            foreach (var mood in TypeUses.Of(money).Where(static type => IsOf(type, MoodFeatures)))
            {
                yield return $"{money} uses {mood}";
            }
        }
    }

    /// <summary>What is bought is paid with balances and wallets; those know nothing of buying.</summary>
    public static IEnumerable<string> WalletsAndPurchases(IEnumerable<Type> types) =>
        from wallet in types
        where IsOf(wallet, ["Wallets"])
        from used in TypeUses.Of(wallet)
        where IsOf(used, ["Purchases"])
        select $"{wallet} uses {used}";

    /// <summary>Features seal with keys and attach files; neither keys nor files know a feature.</summary>
    public static IEnumerable<string> Sealing(IEnumerable<Type> types) =>
        from type in types
        where IsOf(type, SealedFoundations)
        from used in TypeUses.Of(type)
        where IsBelow(used, ["Actors.Grains", "Actors.GrainInterfaces"])
        where !IsOf(used, SealedFoundations) && !IsBelow(used, ["Actors.GrainInterfaces.Outcomes"])
        select $"{type} uses {used}";

    /// <summary>The content policy is for every feature, so it knows none; of identity it knows who made a change.</summary>
    public static IEnumerable<string> ContentPolicyAndFeatures(IEnumerable<Type> types) =>
        from policy in types
        where IsOf(policy, ["ContentPolicy"])
        from used in TypeUses.Of(policy)
        where IsBelow(used, ["Actors"]) && !IsOf(used, PolicyKnows) && used.Name is not ("Actor" or "ActorRole")
        select $"{policy} uses {used}";

    /// <summary>Notifications are made by the catalogue of their kinds, which has a text in every language for each.</summary>
    public static IEnumerable<string> Notifications(IEnumerable<Type> types) =>
        from type in types
        where !IsOf(type, ["Notifications"]) || type.Name == "NotificationKinds"
        from member in TypeUses.MembersOf(type)
        where member is ConstructorInfo && member.DeclaringType == typeof(Notifications.Notification)
        select $"{type} makes a notification without a kind";

    /// <summary>Rules decide from what they are given: no grain, no clock, no input or output.</summary>
    public static IEnumerable<string> Rules(IEnumerable<Type> types)
    {
        foreach (var rules in types.Where(static type => type.Name.EndsWith("Rules", StringComparison.Ordinal)))
        {
            foreach (var used in TypeUses.Of(rules).Where(static type => IsBelow(type, OutsideWorld) || IsClock(type)))
            {
                yield return $"{rules} uses {used}";
            }
            foreach (var member in TypeUses.MembersOf(rules).Where(ReadsTheClock))
            {
                yield return $"{rules} reads {member.DeclaringType}.{member.Name}";
            }
        }
    }

    /// <summary>HTTP code talks to grains through their interfaces; the only thing it takes from Grains is the hosting.</summary>
    public static IEnumerable<string> Api(IEnumerable<Type> types) =>
        from type in types
        from used in TypeUses.Of(type)
        where IsBelow(used, ["Actors.Grains"]) && !IsBelow(used, ["Actors.Grains.Hosting"])
        select $"{type} uses {used}";

    public static IEnumerable<string> References(Assembly assembly, params string[] forbidden) =>
        from reference in assembly.GetReferencedAssemblies()
        where forbidden.Any(name => IsBelow(reference.Name, name))
        select $"{assembly.GetName().Name} references {reference.Name}";

    private static HashSet<Type> Reachable(Type from, HashSet<Assembly> own)
    {
        HashSet<Type> reached = [from];
        Queue<Type> waiting = new([from]);
        while (waiting.TryDequeue(out var type))
        {
            foreach (var used in TypeUses.Of(type).Where(used => own.Contains(used.Assembly) && reached.Add(used)))
            {
                waiting.Enqueue(used);
            }
        }
        reached.Remove(from);
        return reached;
    }

    private static bool IsMoney(Type type) => IsOf(type, MoneyFeatures) || type.Name == "Tokens";

    private static bool IsOf(Type type, HashSet<string> features) =>
        type.Namespace is { } name
        && name.StartsWith("Actors.", StringComparison.Ordinal)
        && name.Split('.').Any(features.Contains);

    private static bool IsBelow(Type type, string[] namespaces) =>
        namespaces.Any(name => IsBelow(type.Namespace, name));

    private static bool IsBelow(string? name, string root) =>
        name == root || name?.StartsWith(root + ".", StringComparison.Ordinal) == true;

    private static bool IsClock(Type type) => type == typeof(TimeProvider) || type == typeof(Environment);

    private static bool ReadsTheClock(MemberInfo member) =>
        (member.DeclaringType == typeof(DateTime) || member.DeclaringType == typeof(DateTimeOffset))
        && member.Name is "get_Now" or "get_UtcNow" or "get_Today";
}
