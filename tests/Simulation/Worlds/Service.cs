using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Hosting;
using Actors.Journal;
using Actors.Simulation.Tests.Clients;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>The way from clients to whichever process runs.</summary>
internal sealed class Service(
    Scenario scenario,
    Machine machine,
    Observations observations,
    FaultPlan faults,
    Report report
) : IService
{
    public Task WhenUpAsync() => machine.WhenUpAsync();

    public Task AskAsync<TResult>(
        Operation operation,
        Func<IGrainFactory, ConversationFiles, Task<Outcome<TResult>>> call
    ) => AskProcessAsync(operation, process => call(process.Grains, process.Files));

    public Task AskAsync<TResult>(Operation operation, Func<IGrainFactory, Task<Outcome<TResult>>> call) =>
        AskProcessAsync(operation, process => call(process.Grains));

    private async Task AskProcessAsync<TResult>(
        Operation operation,
        Func<SimulatedProcess, Task<Outcome<TResult>>> call
    )
    {
        if (machine.Process is not { } process)
        {
            return;
        }
        try
        {
            await process.Front.RunAsync(async () =>
            {
                var outcome = await call(process);
                observations.Tell(operation, outcome.Value, outcome.Refusal);
                faults.OnAnswer();
            });
        }
        catch (DomainDiedException)
        {
            // Nobody will ever answer.
        }
        catch (Exception exception)
        {
            observations.Fail(operation, exception);
            if (!IsExpected(exception))
            {
                report.Violation($"{operation} failed with {Report.Brief(exception)}");
            }
        }
    }

    /// <summary>Infrastructure may fail when a fault has been injected, and only in the ways that callers are told of.</summary>
    private bool IsExpected(Exception exception) =>
        (scenario.IsCramped && exception is OutcomeUnknownException or StorageAwayException)
        || (
            faults.Happened.Count > 0
            && exception
                is OutcomeUnknownException
                    or StorageAwayException
                    or StorageFullException
                    or TimeoutException
                    or SiloUnavailableException
                    or JournalUncertainException
                    or IOException
        );
}
