using System.Collections.Frozen;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Texts;

namespace Actors.Grains.Notifications;

/// <summary>Something that people are told of, with how it is said in each language.</summary>
/// <param name="name">Its stable name.</param>
public sealed class NotificationKind(string name, FrozenDictionary<string, Wording> wordings)
{
    public string Name => name;

    /// <summary>By language.</summary>
    public FrozenDictionary<string, Wording> Wordings => wordings;

    /// <summary>What happened, as it is sent to an inbox.</summary>
    public Notification Told(DateTimeOffset at, NotificationFacts? facts = null) =>
        new(name, null, at, facts ?? new NotificationFacts());

    public string Say(NotificationFacts facts, Reader reader) =>
        (wordings.GetValueOrDefault(reader.Language) ?? wordings[Languages.English]).Say(facts, reader);
}
