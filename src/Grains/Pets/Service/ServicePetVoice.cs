using System.ClientModel;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.ContentPolicy;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace Actors.Grains.Pets.Service;

/// <summary>
/// Asks a language service, within the user's budget. Whatever comes instead of an answer, or nothing in time, is stood in for by
/// what is built in.
/// </summary>
internal sealed partial class ServicePetVoice(
    IChatClient service,
    PetOptions options,
    IGrainFactory grains,
    PolicyInForce policy,
    ILogger<ServicePetVoice> logger
) : IPetVoice
{
    // For the budget, which is asked before and after, and the policy.
    private static readonly TimeSpan Besides = TimeSpan.FromSeconds(30);

    public TimeSpan? Patience => options.Timeout + Besides;

    public async Task<PetWords> AnswerAsync(PetTalk talk)
    {
        try
        {
            if (await AskAsync(talk) is { } answer)
            {
                return new PetWords(answer, Degraded: false);
            }
        }
        catch (Exception fault)
        {
            // Never the message: it may quote what people say.
            LogFailed(fault.GetType().Name);
        }
        return new PetWords(BuiltInPetVoice.TextOf(talk), Degraded: true);
    }

    private async Task<string?> AskAsync(PetTalk talk)
    {
        var prompt = PetPromptRules.Of(talk);
        var budget = grains.GetGrain<IPetBudgetGrain>(talk.UserId);
        if (await budget.Reserve(PetPromptRules.MostTokens(prompt) + options.ReplyTokens) is not { } reservation)
        {
            LogOverBudget(talk.UserId);
            return null;
        }
        var response = await AskAsync(prompt, budget, reservation);
        if (response.Usage?.TotalTokenCount is { } used)
        {
            await budget.Settle(reservation, used);
        }
        var answer = PetPromptRules.ReadAnswer(response.Text);
        if (answer is null || (await policy.GetAsync()).IsIn(answer))
        {
            LogOfNoUse();
            return null;
        }
        return answer;
    }

    private async Task<ChatResponse> AskAsync(
        IReadOnlyList<PromptLine> prompt,
        IPetBudgetGrain budget,
        long reservation
    )
    {
        try
        {
            return await service.GetResponseAsync(
                prompt.Select(static line => new ChatMessage(RoleOf(line.Role), line.Text)),
                new ChatOptions { MaxOutputTokens = options.ReplyTokens }
            );
        }
        catch (Exception fault) when (HasTakenNothing(fault))
        {
            await budget.Settle(reservation, used: 0);
            throw;
        }
    }

    /// <summary>The service was not asked, or has refused. What was under way for too long it may have worked for.</summary>
    private static bool HasTakenNothing(Exception fault) =>
        fault switch
        {
            BrokenCircuitException => true,
            ClientResultException { Status: >= 400 } => true,
            _ => fault.GetBaseException()
                is System.Net.Sockets.SocketException
                {
                    SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused
                        or System.Net.Sockets.SocketError.HostNotFound
                },
        };

    private static ChatRole RoleOf(PromptRole role) =>
        role switch
        {
            PromptRole.System => ChatRole.System,
            PromptRole.Pet => ChatRole.Assistant,
            _ => ChatRole.User,
        };

    [LoggerMessage(LogLevel.Warning, "The pets' service was of no use: {Fault}")]
    private partial void LogFailed(string fault);

    [LoggerMessage(LogLevel.Warning, "The pets' service has answered with nothing that can be shown")]
    private partial void LogOfNoUse();

    [LoggerMessage(LogLevel.Information, "The pets of {UserId} have used up the day's tokens")]
    private partial void LogOverBudget(string userId);
}
