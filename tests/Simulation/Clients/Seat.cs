using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Hosting;
using Actors.Simulation.Tests.Worlds;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Clients;

/// <summary>What every client needs: chance and time of its own, the service, and somebody who writes down what happens.</summary>
internal sealed record Seat(
    Chance Chance,
    TimeProvider Time,
    Scenario Scenario,
    Observations Observations,
    IService Service
)
{
    /// <summary>Asks once; the operation knows afterwards what came back, if anything did.</summary>
    /// <param name="command">Made from the operation's number, which it carries.</param>
    public async Task<Operation> AskAsync<TCommand, TResult>(
        string stream,
        Func<int, TCommand> command,
        Func<IGrainFactory, TCommand, Task<Outcome<TResult>>> call
    )
        where TCommand : class
    {
        var operation = Observations.Ask(stream, number => command(number));
        await Service.AskAsync(operation, grains => call(grains, (TCommand)operation.Command));
        return operation;
    }

    /// <summary>The same where a host of the API does more than to call a grain.</summary>
    public async Task<Operation> AskAsync<TCommand, TResult>(
        string stream,
        Func<int, TCommand> command,
        Func<IGrainFactory, ConversationFiles, TCommand, Task<Outcome<TResult>>> call
    )
        where TCommand : class
    {
        var operation = Observations.Ask(stream, number => command(number));
        await Service.AskAsync(operation, (grains, files) => call(grains, files, (TCommand)operation.Command));
        return operation;
    }

    public Task PauseAsync()
    {
        var pause = Chance.OneIn(3) ? TimeSpan.Zero : Chance.Between(TimeSpan.FromTicks(1_000), Scenario.LongestPause);
        return Task.Delay(pause, Time);
    }

    public string AnyModel() => $"model{Chance.Between(1, Scenario.Models)}";

    public string AnyUser() => $"user{Chance.Between(1, Scenario.Users)}";
}

/// <summary>The product as clients see it: up or not, and never trusted.</summary>
internal interface IService
{
    Task WhenUpAsync();

    /// <summary>Completes when an answer has come or none will; the answer is written into the operation.</summary>
    Task AskAsync<TResult>(Operation operation, Func<IGrainFactory, Task<Outcome<TResult>>> call);

    /// <inheritdoc cref="AskAsync{TResult}(Operation, Func{IGrainFactory, Task{Outcome{TResult}}})"/>
    Task AskAsync<TResult>(Operation operation, Func<IGrainFactory, ConversationFiles, Task<Outcome<TResult>>> call);
}

/// <summary>What clients do with one feature.</summary>
internal interface IWorkload
{
    /// <summary>How often, compared with the others, a client turns to this feature.</summary>
    int Weight { get; }

    Task ActAsync(Seat seat);

    /// <summary>Reads everything at the end of a run, when nothing fails any more.</summary>
    Task ReadAllAsync(Seat seat);
}
