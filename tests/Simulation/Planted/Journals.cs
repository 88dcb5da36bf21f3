using System.Text.Json.Nodes;
using Actors.Journal;

namespace Actors.Simulation.Tests.Planted;

/// <summary>Says that a commit is durable as soon as it has been asked for.</summary>
internal sealed class EagerJournal(IJournal inner) : JournalDecorator(inner)
{
    public override ValueTask AppendAsync(Commit commit)
    {
        var durable = Inner.AppendAsync(commit).AsTask();
        return durable.IsFaulted ? new ValueTask(durable) : ValueTask.CompletedTask;
    }
}

/// <summary>Takes a write whose outcome is unknown for done.</summary>
internal sealed class GuessingJournal(IJournal inner) : JournalDecorator(inner)
{
    public override async ValueTask AppendAsync(Commit commit)
    {
        try
        {
            await Inner.AppendAsync(commit);
        }
        catch (JournalUncertainException)
        {
            // The bug: it will have been written.
        }
    }
}

/// <summary>Says of events of one type that they are durable, and writes nothing.</summary>
internal sealed class LosingJournal(IJournal inner, string type) : JournalDecorator(inner)
{
    public override ValueTask AppendAsync(Commit commit) =>
        commit.Events.Any(json => (string?)JsonNode.Parse(json.Span)!["type"] == type)
            ? ValueTask.CompletedTask
            : Inner.AppendAsync(commit);
}

/// <summary>Does not write down when a stream must be looked at again.</summary>
internal sealed class SleepyJournal(IJournal inner) : JournalDecorator(inner)
{
    public override ValueTask AppendAsync(Commit commit) => Inner.AppendAsync(commit with { WakeAt = null });
}

/// <summary>Writes behind whatever is there, whoever else has written it.</summary>
internal sealed class UnfencedJournal(IJournal inner) : JournalDecorator(inner)
{
    public override async ValueTask AppendAsync(Commit commit)
    {
        // The caller may use its buffers again as soon as this returns.
        var copy = commit with
        {
            Events = [.. commit.Events.Select(static json => (ReadOnlyMemory<byte>)json.ToArray())],
            Mark = commit.Mark.ToArray(),
        };
        while (true)
        {
            try
            {
                await Inner.AppendAsync(copy);
                return;
            }
            catch (JournalConflictException)
            {
                // The bug: what was decided without knowing of it is written all the same.
                var head = await ReadHeadAsync(commit.Stream);
                copy = copy with { AfterSequence = head.Sequence, AfterVersion = head.Version };
            }
        }
    }
}

/// <summary>Gets the bookkeeping of outboxes wrong.</summary>
/// <param name="part">"sent" notes every effect as sent before it is; "received" does not note what was received.</param>
internal sealed class ForgetfulJournal(IJournal inner, string part) : JournalDecorator(inner)
{
    private const int EffectsPerEvent = 256;

    public override ValueTask AppendAsync(Commit commit)
    {
        var mark = commit.Mark.IsEmpty ? [] : JsonNode.Parse(commit.Mark.Span)!.AsObject();
        if (part == "received")
        {
            mark.Remove(part);
        }
        else
        {
            var sent = Enumerable.Range(1, commit.Events.Count).Select(index => commit.AfterVersion + index);
            mark[part] = new JsonArray([.. sent.Select(version => (JsonNode)(version * EffectsPerEvent))]);
        }
        var json = System.Text.Encoding.UTF8.GetBytes(mark.ToJsonString());
        return Inner.AppendAsync(commit with { Mark = json });
    }
}
