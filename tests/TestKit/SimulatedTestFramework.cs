using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Actors.TestKit;

/// <summary>Runs the tests of an assembly on one <see cref="TestThread"/>, interleaved wherever they wait.</summary>
public sealed class SimulatedTestFramework : XunitTestFramework
{
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new Executor(new XunitTestAssembly(assembly, null, assembly.GetName().Version));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken cancellationToken
        ) =>
            await TestThread.RunAsync(() =>
                base.RunTestCases(testCases, executionMessageSink, executionOptions, cancellationToken).AsTask()
            );
    }
}
