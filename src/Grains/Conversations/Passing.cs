using Actors.GrainInterfaces.Conversations;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Conversations;

/// <summary>
/// What a conversation tells the live connections of its sides and writes nowhere. Nobody waits for it, and one that is lost is
/// lost.
/// </summary>
internal sealed partial class Passing(ConversationId id, Func<IGrainFactory> grains, TimeProvider time, ILogger logger)
{
    /// <summary>Who writes on says so again before this is over.</summary>
    private static readonly TimeSpan TypingFor = TimeSpan.FromSeconds(6);

    /// <summary>What is said again within this time is not told again.</summary>
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StandingFor = TimeSpan.FromSeconds(30);

    private readonly DateTimeOffset[] _typed = new DateTimeOffset[2];

    public void Typing(Side by)
    {
        var now = time.GetUtcNow();
        if (now - _typed[(int)by] >= TypingEvery || now < _typed[(int)by])
        {
            _typed[(int)by] = now;
            Tell(ConversationFold.Other(by), PassingKind.Typing, TypingFor);
        }
    }

    /// <summary>Both see now, or see no more, whether the other is there.</summary>
    public void Standing()
    {
        Tell(Side.User, PassingKind.Standing, StandingFor);
        Tell(Side.Peer, PassingKind.Standing, StandingFor);
    }

    private void Tell(Side side, PassingKind kind, TimeSpan lasts)
    {
        // A pet has no connections.
        if (side == Side.User || id.Kind == PeerKind.Model)
        {
            var now = time.GetUtcNow();
            _ = TellAsync(side == Side.User ? id.UserId : id.PeerId, new PassingSignal(id, kind, now, now + lasts));
        }
    }

    private async Task TellAsync(string person, PassingSignal signal)
    {
        try
        {
            await grains().GetGrain<IPresenceGrain>(person).Tell(signal);
        }
        catch (Exception fault)
        {
            LogLost(logger, fault, signal.Kind);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A passing {Kind} was lost")]
    private static partial void LogLost(ILogger logger, Exception fault, PassingKind kind);
}
