using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Actors.Embedded.Generator;

/// <summary>What is written depends on these values alone, so that an edit elsewhere writes nothing anew.</summary>
internal sealed record InterfaceModel(
    string FullName,
    string ReferenceName,
    Rows<MethodModel> Methods,
    Rows<Complaint> Complaints
)
{
    public bool IsServed => Complaints.Count == 0;
}

internal enum ReturnKind
{
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
    Stream,
}

/// <summary>
/// A method of an interface, or of a base of it, the owner. The result is the type of the stream's items for streams;
/// texts are empty where there is nothing to say.
/// </summary>
internal sealed record MethodModel(
    string Owner,
    string OwnerName,
    string Name,
    string ReturnType,
    ReturnKind Kind,
    string Result,
    Rows<ParameterModel> Parameters,
    string Cancellation,
    string Options,
    string Timeout
);

internal sealed record ParameterModel(string Type, string Name);

/// <summary>An error in the user's interface.</summary>
internal sealed record Complaint(string Message, string Path, TextSpan Span, LinePositionSpan Lines)
{
    private static readonly DiagnosticDescriptor Rule = new(
        "GRAIN001",
        "A grain interface cannot be served",
        "{0}",
        "Grains",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true
    );

    public static Complaint About(ISymbol symbol, string message)
    {
        var location = symbol.Locations.FirstOrDefault(static x => x.IsInSource);
        return location is null
            ? new Complaint(message, "", default, default)
            : new Complaint(message, location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span);
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rule, Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), Message);
}

/// <summary>An array that is compared by its elements.</summary>
internal readonly struct Rows<T>(ImmutableArray<T> items) : IEquatable<Rows<T>>
    where T : IEquatable<T>
{
    public ImmutableArray<T> Items => items.IsDefault ? ImmutableArray<T>.Empty : items;

    public int Count => Items.Length;

    public ImmutableArray<T>.Enumerator GetEnumerator() => Items.GetEnumerator();

    public bool Equals(Rows<T> other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is Rows<T> other && Equals(other);

    public override int GetHashCode() =>
        Items.Aggregate(17, static (hash, x) => unchecked((hash * 31) + x.GetHashCode()));
}
