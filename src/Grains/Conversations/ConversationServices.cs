using Actors.Grains.ContentPolicy;
using Actors.Grains.MoodMessages.Escalation;
using Actors.Grains.Moods;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Pets;
using Actors.Grains.Sealing;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Conversations;

/// <summary>What every conversation is given.</summary>
public sealed class ConversationServices(
    IErasableKeys keys,
    PolicyInForce policy,
    WebhookInterest interest,
    UserHearing hearing,
    QuietModels quiet,
    IPetVoice petVoice,
    PetOptions petOptions,
    ILoggerFactory loggers
)
{
    public IErasableKeys Keys => keys;

    public PolicyInForce Policy => policy;

    public WebhookInterest Interest => interest;

    public UserHearing Hearing => hearing;

    public QuietModels Quiet => quiet;

    public IPetVoice PetVoice => petVoice;

    public PetOptions PetOptions => petOptions;

    public ILogger<T> LoggerOf<T>() => loggers.CreateLogger<T>();
}
