using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Hosting;

namespace Actors.Simulation.Tests.Clients;

/// <summary>Pictures that are uploaded, sent or forgotten, sent again, and deleted with their message.</summary>
internal sealed class FileWorkload : IWorkload
{
    public int Weight => 4;

    public Task ActAsync(Seat seat)
    {
        var id = ConversationWorkload.Id(
            seat.AnyModel(),
            seat.Chance.OneIn(2) ? seat.AnyUser() : seat.Chance.Pick(Leavers.All)
        );
        return seat.Chance.Below(8) switch
        {
            < 5 => UploadAsync(seat, id, seat.Chance.OneIn(3) ? Side.Peer : Side.User),
            5 when AnySent(seat) is { } sent => SendAsync(seat, sent.Id, sent.Side, sent.File),
            _ when AnySent(seat) is { } sent => DeleteAsync(seat, sent.Id, sent.Side, sent.Number),
            _ => Task.CompletedTask,
        };
    }

    public async Task ReadAllAsync(Seat seat)
    {
        foreach (var stored in Stored(seat.Observations.Operations).ToList())
        {
            var (command, file) = stored;
            await seat.AskAsync(
                StreamOf(command.Sender),
                _ => new ReadFile(file.Id),
                (_, files, asked) => SeeAsync(files, command.Conversation, asked.Id)
            );
        }
        var people = Enumerable
            .Range(1, seat.Scenario.Models)
            .Select(static number => $"model{number}")
            .Concat(Enumerable.Range(1, seat.Scenario.Users).Select(static number => $"user{number}"))
            .Concat(Leavers.All);
        foreach (var person in people)
        {
            await seat.AskAsync(
                StreamOf(person),
                static _ => new ReadRoom(),
                async (grains, _) => (Outcome<UploadRoom>)await grains.GetGrain<IUploadsGrain>(person).GetRoom()
            );
        }
    }

    public static string StreamOf(string person) => $"uploads/{person}";

    /// <summary>Files of which anybody was told that they are stored.</summary>
    public static IEnumerable<(StoreFile Command, AttachedFile File)> Stored(IEnumerable<Operation> operations) =>
        operations
            .Where(static one => one is { Command: StoreFile, Value: AttachedFile })
            .Select(static one => ((StoreFile)one.Command, (AttachedFile)one.Value!));

    private static async Task UploadAsync(Seat seat, ConversationId id, Side side)
    {
        var stored = await seat.AskAsync(
            StreamOf(side == Side.User ? id.UserId : id.PeerId),
            _ => new StoreFile(id, side, seat.Chance.Between(1, 5)),
            (grains, files, asked) =>
                Leavers.AdmitAsync(
                    grains,
                    asked.Sender,
                    () => files.StoreAsync(id, side, Picture(asked.Frames), CancellationToken.None)
                )
        );
        if (stored.Value is not AttachedFile file || seat.Chance.OneIn(6))
        {
            return;
        }
        await seat.PauseAsync();
        await seat.Service.WhenUpAsync();
        await SendAsync(seat, id, side, file.Id);
    }

    private static Task<Operation> SendAsync(Seat seat, ConversationId id, Side side, AttachmentId file)
    {
        var number = seat.Observations.Operations.Count + 1;
        var command = new SendMessage(
            side == Side.User ? MessageSender.User : MessageSender.Model,
            $"text {number}",
            Key: $"message {number}",
            Attachments: [file]
        );
        return Leavers.UntilToldAsync(
            seat,
            () => AskAsync(seat, id, side, command, static (one, asked) => one.Send(asked))
        );
    }

    private static Task<Operation> DeleteAsync(Seat seat, ConversationId id, Side side, long number) =>
        AskAsync(seat, id, side, new DeleteMessages(side, number), static (one, asked) => one.Delete(asked));

    private static Task<Operation> AskAsync<TCommand, TAnswer>(
        Seat seat,
        ConversationId id,
        Side side,
        TCommand command,
        Func<IConversationGrain, TCommand, Task<Outcome<TAnswer>>> call
    )
        where TCommand : class =>
        seat.AskAsync(
            ConversationWorkload.StreamOf(id),
            _ => command,
            (grains, asked) =>
                Leavers.AdmitAsync(
                    grains,
                    side == Side.User ? id.UserId : id.PeerId,
                    () => call(grains.GetGrain<IConversationGrain>(id.ToString()), asked)
                )
        );

    private static async Task<Outcome<FileSeen>> SeeAsync(
        ConversationFiles files,
        ConversationId conversation,
        AttachmentId id
    )
    {
        await using var content = await files.OpenAsync(conversation, id, CancellationToken.None);
        if (content is null)
        {
            return new FileSeen(id, null);
        }
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return new FileSeen(id, bytes.Length);
    }

    private static (ConversationId Id, Side Side, long Number, AttachmentId File)? AnySent(Seat seat)
    {
        var sent = seat
            .Observations.Operations.Where(static one =>
                one is { Command: SendMessage { Attachments.Count: > 0 }, Value: MessageView }
            )
            .ToArray();
        if (sent.Length == 0)
        {
            return null;
        }
        var one = seat.Chance.Pick(sent);
        var command = (SendMessage)one.Command;
        return (
            ConversationId.Parse(one.Stream["conversation/".Length..]),
            command.Sender == MessageSender.User ? Side.User : Side.Peer,
            ((MessageView)one.Value!).Id.Number,
            command.Attachments![0]
        );
    }

    /// <summary>A picture of one pixel, as often as there are frames.</summary>
    private static byte[] Picture(int frames) =>
        [
            .. "GIF89a"u8,
            .. (byte[])[1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
            .. Enumerable
                .Repeat<byte[]>([0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0], frames)
                .SelectMany(static frame => frame),
            0x3B,
        ];
}

internal sealed record StoreFile(ConversationId Conversation, Side Side, int Frames)
{
    public string Sender => Side == Side.User ? Conversation.UserId : Conversation.PeerId;
}

internal sealed record ReadFile(AttachmentId Id);

internal sealed record ReadRoom;

/// <param name="Bytes">Null when there is none to be had.</param>
internal sealed record FileSeen(AttachmentId Id, long? Bytes);
