using Actors.Embedded.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Actors.Embedded.Tests;

public sealed class GeneratorTests
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(x =>
                Path.GetFileName(x) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "Actors.Embedded.dll"
            )
            .Select(x => MetadataReference.CreateFromFile(x)),
    ];

    [Theory]
    [InlineData("int Get();", "Get: a grain's method returns Task")]
    [InlineData("void Get();", "Get: a grain's method returns Task")]
    [InlineData("Task<T> Get<T>();", "Get: a grain's method must not be generic")]
    [InlineData("Task Get(out int x);", "Get: a grain's method takes its arguments by value")]
    [InlineData("int Size { get; }", "Size: a grain interface may have methods only")]
    [InlineData("event Action Changed;", "Changed: a grain interface may have methods only")]
    public void What_cannot_be_sent_is_an_error_at_its_place(string member, string message)
    {
        var (errors, _) = Generate($"public interface IBad : IGrainWithStringKey {{ {member} }}");
        var error = Assert.Single(errors);
        Assert.StartsWith(message, error.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("GRAIN001", error.Id);
        Assert.Equal(4, error.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("public interface IBad<T> : IGrainWithStringKey { Task Get(); }", "must not be generic")]
    [InlineData(
        "class X { private interface IBad : IGrainWithStringKey { Task Get(); } }",
        "must be public or internal"
    )]
    [InlineData("file interface IBad : IGrainWithStringKey { Task Get(); }", "must be public or internal")]
    public void An_interface_that_cannot_be_served_is_an_error(string source, string message)
    {
        var (errors, _) = Generate(source);
        Assert.EndsWith(message, Assert.Single(errors).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_can_be_sent_compiles()
    {
        var (errors, output) = Generate(
            """
            public record Message(int X);
            public interface IOne : IGrainWithStringKey
            {
                Task A(int @class, string? text = null, params int[] rest);
                Task<Dictionary<string, Message?>?> B(Message message, CancellationToken @event);
                ValueTask C();
                ValueTask<(int X, string? Y)> D(Func<int, Task> f);
                IAsyncEnumerable<Message?> E(CancellationToken token = default);
                [Orleans.Concurrency.ReadOnly, Orleans.ResponseTimeout("00:00:01")] Task A(long overload);
                static int Constant => 1;
                Task WithBody() => Task.CompletedTask;
            }
            public interface ITwo : IOne { new Task C(); }
            public class Outer { internal interface IThree : IGrainObserver { Task Hear(); } }
            public partial interface IFour : IGrainWithIntegerKey { Task X(); }
            public partial interface IFour { Task Y(); }
            public interface INotGrain { int Size { get; } }
            """
        );
        Assert.Empty(errors);
        Assert.Empty(output.GetDiagnostics().Where(x => x.Severity >= DiagnosticSeverity.Warning));
        Assert.Equal(5, output.SyntaxTrees.Count() - 1);
    }

    [Fact]
    public void An_edit_that_touches_no_grain_interface_generates_nothing_anew()
    {
        var compilation = Compile("public interface IOne : IGrainWithStringKey { Task A(); }");
        var options = new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None,
            trackIncrementalGeneratorSteps: true
        );
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new GrainInterfaceGenerator().AsSourceGenerator()],
            driverOptions: options
        );
        driver = driver.RunGenerators(compilation);
        var edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { int _x; }"));
        var result = driver.RunGenerators(edited).GetRunResult().Results.Single();
        Assert.All(
            result.TrackedOutputSteps.SelectMany(x => x.Value).SelectMany(x => x.Outputs),
            x => Assert.Equal(IncrementalStepRunReason.Cached, x.Reason)
        );
    }

    private static (IReadOnlyList<Diagnostic> Errors, Compilation Output) Generate(string source)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new GrainInterfaceGenerator());
        driver.RunGeneratorsAndUpdateCompilation(Compile(source), out var output, out var errors);
        return (errors, output);
    }

    private static CSharpCompilation Compile(string source)
    {
        var text = $"""
            #nullable enable
            using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;
            using Orleans;

            {source}
            """;
        return CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(text, path: "Sample.cs")],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
    }
}
