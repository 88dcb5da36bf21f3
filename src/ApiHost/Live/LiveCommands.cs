using System.Text.Json;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Live;

/// <summary>What a client says over its WebSocket, one after the other; each counts as a request.</summary>
internal sealed class LiveCommands(Caller caller, IGrainFactory grains, RequestLimiter limiter, TimeProvider time)
{
    private static readonly Refusal NotACommand = HttpRefusals.InvalidRequest(
        """A command is {"type":"read","ids":[…]} or {"type":"read","all":true}."""
    );

    private const int RefusedInARow = 10;

    public async Task ListenAsync(WebSocketClient client, LiveSession session, CancellationToken broken)
    {
        var refused = 0;
        while (await client.ReceiveAsync(broken) is { } message)
        {
            var limited = limiter.Admit(caller);
            refused = limited is null ? 0 : refused + 1;
            if (refused > RefusedInARow)
            {
                // To answer a flood costs as much as to do what it asks for.
                await client.TurnOutAsync("Too many commands.", broken);
                return;
            }
            var outcome = limited is null ? await DoAsync(message) : limited;
            var answer = outcome.Refusal is { } refusal
                ? LiveMessages.Error(refusal, time.GetUtcNow())
                : LiveMessages.Read(outcome.Value!.Unread, time.GetUtcNow());
            await client.SendAsync(session.Id, answer, broken);
        }
    }

    private async Task<Outcome<NotificationCount>> DoAsync(ReadOnlyMemory<byte> message)
    {
        var command = Parse(message);
        if (command is not { Type: "read" })
        {
            return NotACommand;
        }
        var wantsAll = command.All ?? false;
        if (wantsAll == command.Ids is not null)
        {
            return NotificationRefusals.InvalidNotificationIds;
        }
        try
        {
            var inbox = grains.GetGrain<INotificationInboxGrain>(caller.Key);
            return await inbox.MarkRead(new MarkNotificationsRead(command.Ids));
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return Faults.ToRefusal(fault, isRead: false);
        }
    }

    private static LiveCommand? Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Span, LiveJson.Default.LiveCommand);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
