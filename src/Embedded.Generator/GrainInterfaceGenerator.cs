using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Actors.Embedded.Generator;

/// <summary>
/// For every grain interface that a compilation declares, writes the class of its references, and one list of them all.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainInterfaceGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context
            .SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (node, cancellation) => Find(node, cancellation)
            )
            .Where(static model => model is not null)
            .Select(static (model, _) => model!);

        context.RegisterSourceOutput(
            found,
            static (output, model) =>
            {
                foreach (var complaint in model.Complaints)
                {
                    output.ReportDiagnostic(complaint.ToDiagnostic());
                }
                if (model.IsServed)
                {
                    output.AddSource($"{model.ReferenceName}.g.cs", ReferenceWriter.Write(model));
                }
            }
        );
        context.RegisterSourceOutput(
            found.Where(static model => model.IsServed).Collect(),
            static (output, models) => WriteRegistry(output, models)
        );
    }

    private static InterfaceModel? Find(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var declaration = (InterfaceDeclarationSyntax)context.Node;
        return
            context.SemanticModel.GetDeclaredSymbol(declaration, cancellation) is INamedTypeSymbol symbol
            && GrainSymbols.IsGrainInterface(symbol)
            // One of the parts of a partial interface speaks for all.
            && symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation) == declaration
            ? InterfaceReader.Read(symbol)
            : null;
    }

    private static void WriteRegistry(SourceProductionContext output, ImmutableArray<InterfaceModel> models)
    {
        if (!models.IsEmpty)
        {
            var ordered = models.OrderBy(static x => x.ReferenceName, System.StringComparer.Ordinal);
            output.AddSource("GrainInterfaceRegistry.g.cs", RegistryWriter.Write(ordered));
        }
    }
}
