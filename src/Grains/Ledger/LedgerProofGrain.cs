using System.Globalization;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Ledger;

/// <summary>Adds up the ledger when asked, one proof after the other.</summary>
[GrainType("ledger-proof")]
public sealed class LedgerProofGrain(IGrainContext context, TimeProvider time) : Grain(context), ILedgerProofGrain
{
    private const int Attempts = 3;

    private long _proofs;

    public async Task<Outcome<LedgerProof>> Prove(int positions)
    {
        var began = time.GetTimestamp();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Never the name of an earlier one, also of an activation before this.
            var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcTicks}/{_proofs++}");
            if (await new LedgerCount(GrainFactory, name).RunAsync(positions) is { } proof)
            {
                return proof with { Took = time.GetElapsedTime(began) };
            }
        }
        return LedgerRefusals.ProofUnavailable;
    }
}
