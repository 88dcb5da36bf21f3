using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Actors.Journal;

namespace Actors.Simulation.Tests.Planted;

/// <summary>Lets a grain that starts see its own events otherwise than they were written, as a fold with a bug would.</summary>
internal sealed class MisreadingJournal(IJournal inner, Action<JsonObject> misread) : JournalDecorator(inner)
{
    public override ValueTask<StreamSnapshot?> ReadSnapshotAsync(StreamId stream) => new((StreamSnapshot?)null);

    public override async IAsyncEnumerable<JournalRecord> ReadForwardAsync(
        StreamId stream,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await foreach (var record in Inner.ReadForwardAsync(stream, afterSequence, cancellation))
        {
            yield return record with
            {
                Events = [.. record.Events.Select(Misread)],
            };
        }
    }

    /// <summary>The key of a purchase or tip is another one.</summary>
    public static void ForgetKeys(JsonObject @event)
    {
        if (@event["key"] is { } key)
        {
            @event["key"] = $"{key} forgotten";
        }
    }

    /// <summary>That a message was an activity.</summary>
    public static void ForgetActivity(JsonObject @event) => @event.Remove("isActivity");

    /// <summary>What is held counts as free all the same.</summary>
    public static void CountNoHolds(JsonObject @event)
    {
        var after = @event["after"]!.AsObject();
        after["available"] = (long)after["available"]! + (long)after["held"]!;
    }

    /// <summary>A hold that was settled is still one.</summary>
    public static void ForgetSettlements(JsonObject @event)
    {
        if ((string)@event["type"]! == "purchase.settled.v1")
        {
            @event["type"] = "purchase.device-failed.v1";
            @event["failure"] = "";
        }
    }

    /// <summary>What a pet has answered by itself settles nothing.</summary>
    public static void ForgetAnswersOfPets(JsonObject @event)
    {
        if (@event["auto"] is JsonObject auto && (string?)auto["kind"] == "PetReply")
        {
            auto["kind"] = "Greeting";
        }
    }

    /// <summary>A feed that starts anew knows of nobody who listens.</summary>
    public static void ForgetSubscribers(JsonObject @event)
    {
        if ((string)@event["type"]! == "webhook-feed.subscribers-set.v1")
        {
            @event["subscribers"] = new JsonObject();
        }
    }

    /// <summary>Time that was confirmed is taken for a hold that lapsed at once.</summary>
    public static void ForgetConfirmations(JsonObject @event)
    {
        if ((string)@event["type"]! == "performer.time-taken.v1" && @event["time"]!["until"] is null)
        {
            @event["time"]!["until"] = @event["at"]!.DeepClone();
        }
    }

    /// <summary>A transaction that was confirmed or has failed is still pending.</summary>
    public static void ForgetEnds(JsonObject @event)
    {
        if ((string)@event["type"]! is "transaction.confirmed.v1" or "transaction.failed.v1")
        {
            @event["type"] = "transaction.look-begun.v1";
        }
    }

    private ReadOnlyMemory<byte> Misread(ReadOnlyMemory<byte> json)
    {
        var @event = JsonNode.Parse(json.Span)!.AsObject();
        misread(@event);
        return System.Text.Encoding.UTF8.GetBytes(@event.ToJsonString());
    }
}
