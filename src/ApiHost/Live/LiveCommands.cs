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

    public async Task ListenAsync(WebSocketClient client, LiveSession session, CancellationToken broken)
    {
        while (await client.ReceiveAsync(broken) is { } message)
        {
            var outcome = limiter.Admit(caller) is { } limited ? limited : await DoAsync(message);
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
