using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Grains.Rooms;

namespace Actors.Grains.Tests.Rooms;

/// <summary>At the door of a room server, which knows nothing but the key and what docs/guides/rooms.md says.</summary>
public sealed class HostedProviderTests : RoomProviderContract
{
    private const string Key = "the key that the room server knows as well";

    private readonly Dictionary<string, int> _newest = [];
    private DateTimeOffset _now = Now;

    protected override IRoomProvider Provider { get; } =
        new HostedRooms(new RoomOptions { ServerAddress = new Uri("https://rooms.example/enter"), LinkKey = Key });

    protected override void Advance(TimeSpan by) => _now += by;

    protected override bool LetsIn(string link)
    {
        Assert.StartsWith("https://rooms.example/enter/", link, StringComparison.Ordinal);
        var token = link.Split('/')[^1];
        var parts = token.Split('.');
        var signed = Encoding.UTF8.GetBytes($"room/{parts[0]}.{parts[1]}.{parts[2]}");
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), signed));
        var until = long.Parse(parts[2], CultureInfo.InvariantCulture);
        if (signature != parts[3] || _now.ToUnixTimeSeconds() >= until)
        {
            return false;
        }
        var side = $"{parts[0]} {parts[1].Split('-')[0]}";
        var number = int.Parse(parts[1].Split('-')[1], CultureInfo.InvariantCulture);
        _newest[side] = Math.Max(number, _newest.GetValueOrDefault(side));
        return number == _newest[side];
    }
}
