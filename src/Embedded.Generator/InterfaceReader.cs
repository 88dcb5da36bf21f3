using System.Text;
using Microsoft.CodeAnalysis;

namespace Actors.Embedded.Generator;

/// <summary>Reads an interface, and says what stands against serving it.</summary>
internal static class InterfaceReader
{
    private const string Concurrency = "Orleans.Concurrency.";

    private static readonly SymbolDisplayFormat TypeFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
        );

    public static InterfaceModel Read(INamedTypeSymbol symbol)
    {
        var complaints = new List<Complaint>();
        var methods = new List<MethodModel>();
        CheckInterface(symbol, complaints);
        foreach (var member in symbol.AllInterfaces.Insert(0, symbol).SelectMany(static x => x.GetMembers()))
        {
            // A member with a body of its own needs no sending, and an accessor is spoken for by its property.
            if (member.IsAbstract && !member.IsStatic && !IsAccessor(member))
            {
                ReadMember(symbol, member, methods, complaints);
            }
        }
        return new InterfaceModel(
            symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            "Reference_" + NameFrom(symbol.ToDisplayString()),
            new Rows<MethodModel>([.. methods]),
            new Rows<Complaint>([.. complaints])
        );
    }

    private static bool IsAccessor(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };

    private static void CheckInterface(INamedTypeSymbol symbol, List<Complaint> complaints)
    {
        for (var type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
            {
                complaints.Add(Complaint.About(symbol, $"Grain interface {symbol.Name} must not be generic"));
            }
            if (type.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected || type.IsFileLocal)
            {
                complaints.Add(Complaint.About(symbol, $"Grain interface {symbol.Name} must be public or internal"));
            }
        }
    }

    private static void ReadMember(
        INamedTypeSymbol symbol,
        ISymbol member,
        List<MethodModel> methods,
        List<Complaint> complaints
    )
    {
        var about = member.ContainingAssembly.Equals(symbol.ContainingAssembly, SymbolEqualityComparer.Default)
            ? member
            : symbol;
        if (member is not IMethodSymbol method)
        {
            complaints.Add(Complaint.About(about, $"{member.Name}: a grain interface may have methods only"));
        }
        else if (method.IsGenericMethod)
        {
            complaints.Add(Complaint.About(about, $"{member.Name}: a grain's method must not be generic"));
        }
        else if (method.Parameters.Any(static x => x.RefKind != RefKind.None))
        {
            complaints.Add(Complaint.About(about, $"{member.Name}: a grain's method takes its arguments by value"));
        }
        else if (KindOf(method.ReturnType) is not { } kind)
        {
            complaints.Add(
                Complaint.About(
                    about,
                    $"{member.Name}: a grain's method returns Task, Task<T>, ValueTask, ValueTask<T> or IAsyncEnumerable<T>"
                )
            );
        }
        else
        {
            methods.Add(ReadMethod(method, kind));
        }
    }

    private static MethodModel ReadMethod(IMethodSymbol method, ReturnKind kind)
    {
        var result = ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault();
        var token = method.Parameters.LastOrDefault(static x =>
            x.Type.ToDisplayString() == "System.Threading.CancellationToken"
        );
        return new MethodModel(
            method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            method.ContainingType.ToDisplayString(),
            method.Name,
            method.ReturnType.ToDisplayString(TypeFormat),
            kind,
            result?.ToDisplayString(TypeFormat) ?? "",
            new Rows<ParameterModel>([
                .. method.Parameters.Select(static x => new ParameterModel(x.Type.ToDisplayString(TypeFormat), x.Name)),
            ]),
            token?.Name ?? "",
            OptionsOf(method, kind),
            kind == ReturnKind.Stream ? "-00:00:00.0010000" : GrainSymbols.ResponseTimeoutOf(method) ?? ""
        );
    }

    private static ReturnKind? KindOf(ITypeSymbol type) =>
        type.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" => ReturnKind.Task,
            "System.Threading.Tasks.Task<TResult>" => ReturnKind.TaskOfResult,
            "System.Threading.Tasks.ValueTask" => ReturnKind.ValueTask,
            "System.Threading.Tasks.ValueTask<TResult>" => ReturnKind.ValueTaskOfResult,
            "System.Collections.Generic.IAsyncEnumerable<T>" => ReturnKind.Stream,
            _ => null,
        };

    private static string OptionsOf(IMethodSymbol method, ReturnKind kind)
    {
        var options = new List<string>();
        foreach (var name in new[] { "ReadOnly", "AlwaysInterleave", "OneWay" })
        {
            var isImplied = kind == ReturnKind.Stream && name == "AlwaysInterleave";
            if (isImplied || GrainSymbols.HasAttribute(method, $"{Concurrency}{name}Attribute"))
            {
                options.Add(name);
            }
        }
        return options.Count == 0 ? "None" : string.Join(",", options);
    }

    private static string NameFrom(string name)
    {
        var builder = new StringBuilder();
        foreach (var letter in name)
        {
            // An underscore is doubled, so that no two names become one.
            builder.Append(
                letter == '_' ? "__"
                : char.IsLetterOrDigit(letter) ? letter.ToString()
                : "_"
            );
        }
        return builder.ToString();
    }
}
