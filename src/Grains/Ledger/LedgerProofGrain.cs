using System.Globalization;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Ledger;

/// <summary>Adds up the ledger when asked, one proof after the other.</summary>
[GrainType("ledger-proof")]
public sealed class LedgerProofGrain(IGrainContext context, TimeProvider time) : Grain(context), ILedgerProofGrain
{
    private const int Attempts = 3;
    private const int Kept = 8;

    /// <summary>Much shorter than a call may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Queue<(string Name, Task<Outcome<LedgerProof>> Result)> _proofs = new();
    private Task _newest = Task.CompletedTask;
    private long _names;

    public Task<string> Begin(int positions)
    {
        var name = NextName();
        var proof = RunAsync(_newest, positions);
        _newest = proof;
        _proofs.Enqueue((name, proof));
        if (_proofs.Count > Kept)
        {
            _proofs.Dequeue();
        }
        return Task.FromResult(name);
    }

    public async Task<Outcome<LedgerProof>?> Result(string proof)
    {
        if (_proofs.FirstOrDefault(one => one.Name == proof).Result is not { } result)
        {
            // Begun by an activation that is gone, or so long ago that others have taken its place.
            return LedgerRefusals.ProofUnavailable;
        }
        await Task.WhenAny(result, Task.Delay(Patience, time));
        return result.IsCompleted ? await result : null;
    }

    private async Task<Outcome<LedgerProof>> RunAsync(Task before, int positions)
    {
        await before.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        var began = time.GetTimestamp();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                if (await new LedgerCount(GrainFactory, NextName()).RunAsync(positions) is { } proof)
                {
                    return proof with { Took = time.GetElapsedTime(began) };
                }
            }
            catch (OutcomeUnknownException)
            {
                // An activation found that it did not know all, and is gone: the next attempt reaches one that does.
            }
        }
        return LedgerRefusals.ProofUnavailable;
    }

    /// <summary>Never the name of an earlier one, also of an activation before this.</summary>
    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcTicks}/{_names++}");
}
