using Actors.GrainInterfaces.Menus;

namespace Actors.Simulation.Tests.Clients.Money;

/// <summary>What is for sale: each model has one menu whose items are sold at once and one whose items are queued.</summary>
internal static class Market
{
    public const int Items = 3;

    private const int MostModels = 4;

    private static readonly Dictionary<string, string> Models = Enumerable
        .Range(1, MostModels)
        .Select(static number => $"model{number}")
        .SelectMany(static model => new[] { (Menu: Menu(model, false), model), (Menu: Menu(model, true), model) })
        .ToDictionary(static made => made.Menu, static made => made.model);

    public static string Menu(string model, bool queued) => MenuIdentifier.From(queued ? "queued" : "at once", model);

    public static string Item(string menu, int number) => MenuIdentifier.From("item", menu, $"{number}");

    public static string ModelOf(string menu) => Models[menu];

    public static IEnumerable<string> MenusOf(string model) => [Menu(model, false), Menu(model, true)];
}
