using System.Security.Cryptography;
using Actors.GrainInterfaces.Conversations;

namespace Actors.ApiHost.Live.Presence;

/// <summary>
/// Who is connected at this host, and who is looked at from here. For each person there is one open question to her grain, however
/// many connections she has or look at her: what a hot model does costs a message for each host, not for each of those who look.
/// </summary>
internal sealed partial class LivePresence(
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LivePresence> logger
)
{
    /// <summary>Whoever comes back within this time, as from one page to the next, was never away.</summary>
    public static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Stay> _here = [];
    private readonly Dictionary<string, Look> _looks = [];
    private readonly string _host = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _stays;

    /// <summary>The person has one connection more, until it is disposed of; from now on nothing passes unheard.</summary>
    /// <param name="hear">Called on any thread with what passes; must not wait.</param>
    public async Task<IDisposable> EnterAsync(string person, Action<PassingSignal> hear)
    {
        var (stay, leaving) = Enter(person, hear);
        await stay.Begun.Task;
        return leaving;
    }

    private (Stay Stay, IDisposable Leaving) Enter(string person, Action<PassingSignal> hear)
    {
        lock (_gate)
        {
            if (!_here.TryGetValue(person, out var stay))
            {
                stay = new Stay($"{_host}-{++_stays}", grains.GetGrain<IPresenceGrain>(person));
                _here.Add(person, stay);
                // The questions are nobody's who happens to be the first.
                using var apart = ExecutionContext.SuppressFlow();
                _ = ListenAsync(stay);
            }
            stay.Ears.Add(hear);
            return (stay, new Leaving(() => Leave(person, stay, hear)));
        }
    }

    /// <summary>Somebody looks at the person, until it is disposed of.</summary>
    /// <param name="changed">Called on any thread when she comes or goes; must not wait.</param>
    public ILooking Watch(string person, Action changed)
    {
        lock (_gate)
        {
            if (!_looks.TryGetValue(person, out var look))
            {
                look = new Look(person, grains.GetGrain<IPresenceGrain>(person));
                _looks.Add(person, look);
                using var apart = ExecutionContext.SuppressFlow();
                _ = WatchAsync(look);
            }
            var eye = new Eye(this, look, changed);
            look.Eyes.Add(eye);
            return eye;
        }
    }

    private void Leave(string person, Stay stay, Action<PassingSignal> hear)
    {
        lock (_gate)
        {
            stay.Ears.Remove(hear);
            if (stay.Ears.Count > 0)
            {
                return;
            }
        }
        _ = EndAsync(person, stay);
    }

    private async Task EndAsync(string person, Stay stay)
    {
        await Task.Delay(AwayAfter, time);
        lock (_gate)
        {
            if (stay.Ears.Count > 0 || stay.IsOver)
            {
                return;
            }
            stay.IsOver = true;
            _here.Remove(person);
        }
        await SayGoodbyeAsync(stay);
    }

    private async Task ListenAsync(Stay stay)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var after = -1L;
        while (!stay.IsOver && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            try
            {
                var page = await stay.Grain.Listen(stay.Name, after);
                after = page.UpTo;
                stay.Begun.TrySetResult();
                foreach (var signal in page.Signals)
                {
                    Hear(stay, signal);
                }
            }
            catch (Exception fault)
            {
                LogUnanswered(fault);
                stay.Begun.TrySetResult();
                await Task.Delay(AskAgainAfter, time);
            }
        }
        stay.Begun.TrySetResult();
        // Once more: the last question may have come after the first goodbye.
        await SayGoodbyeAsync(stay);
    }

    private void Hear(Stay stay, PassingSignal signal)
    {
        lock (_gate)
        {
            stay.Ears.ForEach(hear => hear(signal));
        }
    }

    private async Task SayGoodbyeAsync(Stay stay)
    {
        try
        {
            await stay.Grain.Leave(stay.Name);
        }
        catch (Exception fault)
        {
            // She counts as there until her lease is over.
            LogUnanswered(fault);
        }
    }

    private async Task WatchAsync(Look look)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (IsWatched(look) && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            try
            {
                var online = await look.Grain.Watch(look.IsOnline);
                if (online != look.IsOnline)
                {
                    See(look, online);
                }
            }
            catch (Exception fault)
            {
                LogUnanswered(fault);
                await Task.Delay(AskAgainAfter, time);
            }
        }
    }

    /// <summary>A question that nobody is interested in any more is not asked again; until then it serves whoever looks anew.</summary>
    private bool IsWatched(Look look)
    {
        lock (_gate)
        {
            if (look.Eyes.Count > 0)
            {
                return true;
            }
            _looks.Remove(look.Person);
            return false;
        }
    }

    private void See(Look look, bool online)
    {
        lock (_gate)
        {
            look.IsOnline = online;
            foreach (var eye in look.Eyes)
            {
                eye.Changed();
            }
        }
    }

    private void LookAway(Eye eye)
    {
        lock (_gate)
        {
            eye.Look.Eyes.Remove(eye);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A question about who is there was not answered; it is asked again")]
    private partial void LogUnanswered(Exception fault);

    private sealed class Stay(string name, IPresenceGrain grain)
    {
        public string Name => name;

        public IPresenceGrain Grain => grain;

        public List<Action<PassingSignal>> Ears { get; } = [];

        /// <summary>The first question was answered, or was not: no connection waits for more.</summary>
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsOver;
    }

    private sealed class Look(string person, IPresenceGrain grain)
    {
        public string Person => person;

        public IPresenceGrain Grain => grain;

        public HashSet<Eye> Eyes { get; } = [];

        public volatile bool IsOnline;
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }

    private sealed class Eye(LivePresence presence, Look look, Action changed) : ILooking
    {
        public Look Look => look;

        public Action Changed => changed;

        public bool IsOnline => look.IsOnline;

        public void Dispose() => presence.LookAway(this);
    }
}

/// <summary>One look at a person.</summary>
internal interface ILooking : IDisposable
{
    bool IsOnline { get; }
}
