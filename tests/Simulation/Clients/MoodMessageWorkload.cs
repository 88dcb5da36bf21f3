using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Mood messages of users of every membership and of models, each under a key that is used again until an answer comes.</summary>
internal sealed class MoodMessageWorkload : IWorkload
{
    /// <summary>How the last messages of a run begin, which are sent when nothing fails any more.</summary>
    public const string Last = "last";

    // Sad ones often enough for the system to act now and then.
    private static readonly string[] Texts =
    [
        "I am so happy today!",
        "I am so sad and lonely",
        "I feel so alone, so sad",
    ];

    public int Weight => 5;

    public Task ActAsync(Seat seat) =>
        seat.Chance.Below(10) switch
        {
            < 6 => SendAsync(seat, AnyMessage(seat)),
            < 8 => ReadAsync(seat),
            8 => TakeBackAsync(seat),
            _ => LookAsync(seat),
        };

    public async Task ReadAllAsync(Seat seat)
    {
        foreach (var stream in Known(seat))
        {
            await LookAsync(seat, stream, new Actor(ActorRole.Admin, "admin1"));
        }
    }

    /// <summary>One message of every user.</summary>
    public static async Task SendLastAsync(Seat seat)
    {
        for (var user = 1; user <= seat.Scenario.Users; user++)
        {
            var message = Message(seat.AnyModel(), $"user{user}", $"{Last} {user}");
            await AskAsync(seat, message, $"{Last} {user}");
        }
    }

    public static string StreamOf(string id) => $"mood-message/{id}";

    /// <summary>The key that a command was sent under, which is also what it says.</summary>
    public static string IdOf(SendMoodMessage command, string key) =>
        MoodMessageIds.Of(
            command.Sender,
            command.Sender == MoodMessageSender.User ? command.UserId!.Value.Value : command.ModelId.Value,
            key
        );

    private static async Task SendAsync(Seat seat, SendMoodMessage message)
    {
        var key = $"letter {seat.Observations.Operations.Count + 1}";
        var operation = await AskAsync(seat, message, key);
        while (operation.Answer == Answer.Unknown && !seat.Chance.OneIn(20))
        {
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            operation = await AskAsync(seat, message, key);
        }
        if (seat.Chance.OneIn(4))
        {
            // An app that does not know of its own success.
            await seat.PauseAsync();
            await seat.Service.WhenUpAsync();
            await AskAsync(seat, message, key);
        }
    }

    private static Task<Operation> AskAsync(Seat seat, SendMoodMessage message, string key)
    {
        var id = IdOf(message, key);
        return seat.AskAsync(
            StreamOf(id),
            _ => message,
            (grains, asked) => grains.GetGrain<IMoodMessageGrain>(id).Send(asked)
        );
    }

    private static Task ReadAsync(Seat seat)
    {
        if (AnyKnown(seat) is not { } known)
        {
            return Task.CompletedTask;
        }
        var (id, message) = known;
        var reader =
            message.Sender == MoodMessageSender.Model && message.UserId is { } user
                ? new Actor(ActorRole.User, user.Value)
                : new Actor(ActorRole.Model, message.ModelId.Value);
        return seat.AskAsync(
            StreamOf(id),
            _ => new ReadMoodMessage(reader),
            (grains, asked) => grains.GetGrain<IMoodMessageGrain>(id).MarkRead(asked.Reader)
        );
    }

    private static Task TakeBackAsync(Seat seat)
    {
        if (AnyKnown(seat) is not { } known)
        {
            return Task.CompletedTask;
        }
        var (id, message) = known;
        return seat.AskAsync(
            StreamOf(id),
            _ => new TakeMoodMessageBack(new Actor(ActorRole.Model, message.ModelId.Value)),
            (grains, asked) => grains.GetGrain<IMoodMessageGrain>(id).TakeBack(asked.By)
        );
    }

    private static Task LookAsync(Seat seat) =>
        AnyKnown(seat) is var (id, message)
            ? LookAsync(
                seat,
                StreamOf(id),
                message.UserId is { } user
                    ? new Actor(ActorRole.User, user.Value)
                    : new Actor(ActorRole.Model, message.ModelId.Value)
            )
            : Task.CompletedTask;

    private static Task<Operation> LookAsync(Seat seat, string stream, Actor reader) =>
        seat.AskAsync(
            stream,
            _ => new LookAtMoodMessage(reader),
            (grains, asked) => grains.GetGrain<IMoodMessageGrain>(stream["mood-message/".Length..]).Find(asked.Reader)
        );

    private static (string Id, SendMoodMessage Message)? AnyKnown(Seat seat)
    {
        var sent = seat.Observations.Operations.Where(static one => one.Command is SendMoodMessage).ToArray();
        if (sent.Length == 0)
        {
            return null;
        }
        var one = seat.Chance.Pick(sent);
        return (one.Stream["mood-message/".Length..], (SendMoodMessage)one.Command);
    }

    private static string[] Known(Seat seat) =>
        [
            .. seat
                .Observations.Operations.Where(static one => one.Command is SendMoodMessage)
                .Select(static one => one.Stream)
                .Distinct(),
        ];

    private static SendMoodMessage AnyMessage(Seat seat)
    {
        var message = Message(seat.AnyModel(), seat.AnyUser(), seat.Chance.Pick(Texts));
        return seat.Chance.Below(6) switch
        {
            < 4 => message,
            4 => message with { Sender = MoodMessageSender.Model },
            _ => message with { Sender = MoodMessageSender.Model, Type = MoodMessageType.PublicMicro, UserId = null },
        };
    }

    private static SendMoodMessage Message(string model, string user, string text) =>
        new(MoodMessageSender.User, MoodMessageType.PrivateCustom, ModelId.Parse(model), UserId.Parse(user), text);
}

internal sealed record ReadMoodMessage(Actor Reader);

internal sealed record LookAtMoodMessage(Actor Reader);

internal sealed record TakeMoodMessageBack(Actor By);
