using Actors.ApiHost.Errors;

namespace Actors.ApiHost.Live;

/// <summary>
/// Turns a person's streams into one, for one connection. It keeps nothing but how far the client has come; the next page
/// is read only when the one before has been written, so a slow client costs no memory.
/// </summary>
internal sealed partial class LiveFeed(TimeProvider time, ILogger logger)
{
    public const int PageSize = 50;

    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);

    /// <summary>Between two questions to a stream that has nothing to tell or does not answer.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly List<Strand> _strands = [];
    private LiveCursor _cursor = LiveCursor.Empty;
    private volatile string _id = "";

    /// <summary>How far the client has come.</summary>
    public string Id => _id;

    /// <summary>Where the client begins; false when it says to have come further than anything has.</summary>
    /// <param name="passing">What has no place in the client's cursor.</param>
    public async Task<bool> OpenAsync(
        IReadOnlyDictionary<char, ILiveSource> sources,
        IReadOnlyList<ILiveSource> passing,
        LiveCursor resumed
    )
    {
        if (resumed.Positions.Keys.Any(letter => !sources.ContainsKey(letter)))
        {
            return false;
        }
        foreach (var (letter, source) in sources)
        {
            var start = await source.StartAsync();
            var position = resumed.Find(letter) ?? new LivePosition(start.Version);
            if (position.Version > start.Newest)
            {
                return false;
            }
            _strands.Add(new Strand(letter, source) { Position = position });
            _cursor = _cursor.With(letter, position);
        }
        _id = _cursor.ToString();
        foreach (var source in passing)
        {
            await source.StartAsync();
            _strands.Add(new Strand(null, source));
        }
        return true;
    }

    /// <summary>Runs until it is stopped, by an <see cref="OperationCanceledException"/>, or is no longer wanted.</summary>
    public async Task RunAsync(ILiveClient client, Func<bool> isWanted, CancellationToken stop)
    {
        await client.SendAsync(_id, LiveMessages.Ready(time.GetUtcNow()), stop);
        using var beats = new PeriodicTimer(BeatEvery, time);
        var beat = beats.WaitForNextTickAsync(CancellationToken.None).AsTask();
        try
        {
            foreach (var strand in _strands)
            {
                strand.Waiting = AskAsync(strand, TimeSpan.Zero);
            }
            while (isWanted())
            {
                await Task.WhenAny([.. _strands.Select(static strand => strand.Waiting), beat]).WaitAsync(stop);
                foreach (var strand in _strands.Where(static strand => strand.Waiting.IsCompleted))
                {
                    await ServeAsync(client, strand, stop);
                }
                if (beat.IsCompleted)
                {
                    await client.BeatAsync(stop);
                    beat = beats.WaitForNextTickAsync(CancellationToken.None).AsTask();
                }
            }
        }
        finally
        {
            _strands.ForEach(static strand => Forget(strand.Waiting));
        }
    }

    private async Task ServeAsync(ILiveClient client, Strand strand, CancellationToken stop)
    {
        var sent = false;
        var more = false;
        try
        {
            if (await strand.Waiting)
            {
                var page = await strand.Source.ReadAsync(strand.Position.Version, PageSize).WaitAsync(stop);
                sent = await (
                    strand.Letter is { } letter
                        ? SendAsync(client, strand, letter, page, stop)
                        : PassAsync(client, strand, page, stop)
                );
                more = page.More;
            }
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            // The client misses nothing: the stream is asked again from where it was.
            LogUnavailable(fault, strand.Letter ?? '-');
        }
        var rest = sent ? TimeSpan.Zero : AskAgainAfter - time.GetElapsedTime(strand.AskedAt);
        strand.Waiting = more ? Task.FromResult(true) : AskAsync(strand, rest);
    }

    private async Task<bool> AskAsync(Strand strand, TimeSpan rest)
    {
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time);
        }
        strand.AskedAt = time.GetTimestamp();
        return await strand.Source.ChangedAsync(strand.Position.Version);
    }

    /// <summary>Each envelope names where the client is once it has it, so that it can be cut off after any.</summary>
    private async Task<bool> SendAsync(
        ILiveClient client,
        Strand strand,
        char letter,
        LivePage page,
        CancellationToken stop
    )
    {
        var before = strand.Position;
        var seen = strand.Source.ShowsState ? 0 : before.Parts;
        var changes = page.Changes;
        var part = 0;
        var sent = false;
        for (var index = 0; index < changes.Count; index++)
        {
            var change = changes[index];
            var isLast = index + 1 == changes.Count || changes[index + 1].Position != change.Position;
            part++;
            if (part > seen)
            {
                Advance(
                    strand,
                    letter,
                    isLast ? new LivePosition(index + 1 == changes.Count ? page.UpTo : change.Position)
                        : strand.Source.ShowsState ? before
                        : new LivePosition(before.Version, part)
                );
                await client.SendAsync(_id, change, stop);
                sent = true;
            }
            if (isLast)
            {
                (before, part, seen) = (new LivePosition(change.Position), 0, 0);
            }
        }
        Advance(strand, letter, new LivePosition(page.UpTo));
        return sent;
    }

    /// <summary>The client is where it was.</summary>
    private static async Task<bool> PassAsync(ILiveClient client, Strand strand, LivePage page, CancellationToken stop)
    {
        foreach (var change in page.Changes)
        {
            await client.SendAsync(null, change, stop);
        }
        strand.Position = new LivePosition(page.UpTo);
        return page.Changes.Count > 0;
    }

    private void Advance(Strand strand, char letter, LivePosition position)
    {
        strand.Position = position;
        _cursor = _cursor.With(letter, position);
        _id = _cursor.ToString();
    }

    /// <summary>A question that is still open ends by itself; nobody is interested any more, not even in its failure.</summary>
    private static void Forget(Task abandoned) =>
        abandoned.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );

    [LoggerMessage(LogLevel.Warning, "The live stream {Letter} could not be read in time; it is asked again")]
    private partial void LogUnavailable(Exception fault, char letter);

    private sealed class Strand(char? letter, ILiveSource source)
    {
        public char? Letter { get; } = letter;

        public ILiveSource Source { get; } = source;

        public LivePosition Position { get; set; }

        public Task<bool> Waiting { get; set; } = Task.FromResult(false);

        public long AskedAt { get; set; }
    }
}
