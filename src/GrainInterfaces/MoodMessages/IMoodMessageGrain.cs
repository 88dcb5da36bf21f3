using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.MoodMessages;

/// <summary>One mood message on its way; the key is its id. It is delivered once, or has failed with a reason.</summary>
[Alias("IMoodMessageGrain")]
public interface IMoodMessageGrain : IGrainWithStringKey
{
    /// <summary>Characters of a public message.</summary>
    const int MaxMicroLength = 140;

    /// <summary>So often its delivery is tried.</summary>
    const int MaxAttempts = 8;

    /// <summary>Takes it in, to be delivered when it is due. The same again is answered the same; anything else is refused.</summary>
    [ResponseTimeout("00:00:30")]
    Task<Outcome<MoodMessageView>> Send(SendMoodMessage command);

    /// <summary>As the reader may see it: its sender, whom it was delivered to, or an admin.</summary>
    [ReadOnly]
    Task<Outcome<MoodMessageView>> Find(Actor reader);

    /// <summary>Only by whom it is for; reading again changes nothing.</summary>
    Task<Outcome<MoodMessageView>> MarkRead(Actor reader);

    /// <summary>A public message that has gone out is no longer shown: by its model or an admin. Again it changes nothing.</summary>
    Task<Outcome<MoodMessageView>> TakeBack(Actor by);

    /// <summary>As everybody sees it; null for what is private, has not gone out or was taken back.</summary>
    [ReadOnly]
    Task<MoodMessageView?> Show();
}
