using Microsoft.CodeAnalysis;

namespace Actors.Embedded.Generator;

/// <summary>How the grain API looks to a compiler.</summary>
internal static class GrainSymbols
{
    // The interfaces that only mark others as grain interfaces.
    private static readonly string[] Markers =
    [
        "Orleans.IGrain",
        "Orleans.IGrainWithStringKey",
        "Orleans.IGrainWithGuidKey",
        "Orleans.IGrainWithIntegerKey",
        "Orleans.IGrainObserver",
    ];

    public static bool IsGrainInterface(INamedTypeSymbol symbol) =>
        symbol.TypeKind == TypeKind.Interface
        && !Markers.Contains(symbol.ToDisplayString())
        && symbol.AllInterfaces.Any(static x => x.ToDisplayString() == "Orleans.Runtime.IAddressable");

    public static bool HasAttribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().Any(x => x.AttributeClass?.ToDisplayString() == name);

    public static string? ResponseTimeoutOf(ISymbol symbol) =>
        symbol
            .GetAttributes()
            .FirstOrDefault(static x => x.AttributeClass?.ToDisplayString() == "Orleans.ResponseTimeoutAttribute")
            ?.ConstructorArguments.FirstOrDefault()
            .Value as string;
}
