using System.Globalization;
using System.Text;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Exports;

/// <summary>Says what the files of an export are.</summary>
internal static class ExportReadme
{
    private const string Shared = """
        profile.json          who you are here, as GET /api/v1/me has it
        statement.json        every movement of your tokens, oldest first, as GET /api/v1/statement has it
        conversations/        <peer>.json: each message that you can see, newest first; <peer>/: its pictures and voice messages
        mood-messages.json    mood messages that you sent or got, newest first, as GET /mood-message/history has them
        notifications.json    what you were told, oldest first; the newest 1000 are kept
        activity.json         what you did within 90 days, newest first
        bookings.json         your private calls, in the order in which they were asked for, with your payments and the rating
        transactions.json     transactions of chains that were recorded for you, newest first

        """;

    private const string Users = """
        balance.json          your tokens
        purchases.json        what you bought, newest first, as GET /menu/purchase/history has it
        pets.json             your pets
        subscriptions.json    models whom you are subscribed to
        pet-conversations/    the same as conversations/, with your pets

        """;

    private const string Models = """
        wallet.json           your tokens
        moods.json            how your mood has changed, newest first
        devices.json          your paired devices
        menus.json            your menus, archived ones as well, oldest first, as GET /menu/{menuId} has them

        """;

    public static ReadOnlyMemory<byte> Of(string personId, ExportJob job)
    {
        var at = job.RequestedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var own = job.Kind == PersonKind.User ? Users : Models;
        return Encoding.UTF8.GetBytes(
            $"""
            What is held about {personId}, asked for at {at} UTC. Each JSON file has the names that the API has.

            {Shared}{own}
            """
        );
    }
}
