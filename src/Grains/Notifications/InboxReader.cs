using Actors.GrainInterfaces.Identity;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Notifications;

/// <summary>
/// How the person of one inbox reads. Asked for again with every list, and for those who follow at most every
/// <see cref="Kept"/>: a feed of many notifications costs no call for each.
/// </summary>
internal sealed partial class InboxReader(string person, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>To be told in the language that was known last, or in English, is worth more than to wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Reader _known = Reader.Default;
    private long? _askedAt;
    private PersonKind? _kind;

    public ValueTask<Reader> LatelyAsync() =>
        _askedAt is { } asked && time.GetElapsedTime(asked) < Kept ? new(_known) : NowAsync();

    public async ValueTask<Reader> NowAsync()
    {
        // Admins and services are no persons with a profile.
        if (!Identifier.IsValid(person))
        {
            return _known;
        }
        // Also when no answer comes: who cannot be reached is not asked for every notification.
        _askedAt = time.GetTimestamp();
        try
        {
            _known = await AskAsync().WaitAsync(Patience, time);
        }
        catch (Exception fault)
        {
            LogUnreachable(logger, fault);
        }
        return _known;
    }

    private async Task<Reader> AskAsync()
    {
        _kind ??= await grains.GetGrain<IPersonGrain>(person).Find();
        switch (_kind)
        {
            case PersonKind.User:
                var user = await grains.GetGrain<IUserProfileGrain>(person).Get();
                return new Reader(user.Language, user.TimeZone);
            case PersonKind.Model:
                var found = await grains.GetGrain<IModelProfileGrain>(person).Get();
                return found.Value is { } model ? new Reader(model.Language, model.TimeZone) : Reader.Default;
            default:
                return Reader.Default;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The reader's profile did not come; notifications are in the language known last")]
    private static partial void LogUnreachable(ILogger logger, Exception fault);
}
