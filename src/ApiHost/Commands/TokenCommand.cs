using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Commands;

/// <summary><c>token --sub ana --role model [--hours 12]</c>: prints a token that this host accepts.</summary>
internal static class TokenCommand
{
    private const int UsualHours = 12;
    private const int LongestHours = 24 * 366;

    public static Task<int> Run(string[] arguments, IConfiguration settings, TextWriter output)
    {
        var options = SettingsReader.Read<AuthOptions>(settings);
        if (options.Jwks is not null && options.SigningKey is null)
        {
            throw new SettingException("Auth:Jwks", "means that tokens come from its issuer; none can be made here.");
        }
        var subject = settings.Text("sub");
        if (!Identifier.IsValid(subject))
        {
            throw new SettingException("--sub", "is an id of 1 to 64 of A–Z a–z 0–9 _ -.");
        }
        if (!RoleNames.TryParse(settings.Text("role"), out var role))
        {
            throw new SettingException("--role", "is user, model, admin or service.");
        }
        var hours = UsualHours;
        if (settings.Text("hours") is { } text && !(int.TryParse(text, out hours) && hours is >= 1 and <= LongestHours))
        {
            throw new SettingException("--hours", $"is a whole number from 1 to {LongestHours}, not '{text}'.");
        }
        var issuer = new TokenIssuer(AuthSetup.SigningKey(options, settings), options, TimeProvider.System);
        output.WriteLine(issuer.Issue(subject!, role, TimeSpan.FromHours(hours)));
        return Task.FromResult(0);
    }
}
