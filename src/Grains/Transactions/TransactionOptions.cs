using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;
using Actors.Grains.Transactions.Nodes;

namespace Actors.Grains.Transactions;

[Settings("Transactions")]
public sealed record TransactionOptions : IValidatableObject
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    [Setting(
        "Where the receipts of a network are looked up, such as base-sepolia=https://node.example; with commas between.",
        Otherwise = "none, and nothing is looked up",
        IsSecret = true
    )]
    public string Nodes { get; init; } = "";

    [Setting("Seconds until a receipt is looked up; the pauses after it double up to half an hour."), Range(1, 3_600)]
    public int LookSeconds { get; init; } = 15;

    [Setting("Blocks, its own included, after which a receipt is believed."), Range(1, 10_000)]
    public int Confirmations { get; init; } = 10;

    [Setting("Seconds that a node may take to answer."), Range(0.1, 60.0)]
    public double TimeoutSeconds { get; init; } = 10;

    [Setting("Hours after which a pending transaction is no longer looked up."), Range(1, 720)]
    public int WatchHours { get; init; } = 24;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    internal TimeSpan Watch => TimeSpan.FromHours(WatchHours);

    /// <summary>How long nothing is asked after the so many-th time; before the first it is 0.</summary>
    internal TimeSpan PauseAfter(int looks)
    {
        var pause = TimeSpan.FromSeconds(LookSeconds) * Math.Pow(2, Math.Min(looks, 16));
        return pause < LongestPause ? pause : LongestPause;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NodeAddresses.TryParse(Nodes) is null)
        {
            yield return new ValidationResult(
                "is networks and http or https addresses: base-sepolia=https://node.example,base=https://…",
                [nameof(Nodes)]
            );
        }
    }
}
