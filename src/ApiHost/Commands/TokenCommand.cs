using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Commands;

/// <summary><c>token --sub ana --role model [--hours 12] [--scope balances.credit]</c>: prints a token that this host accepts.</summary>
internal static class TokenCommand
{
    private const int UsualHours = 12;

    public static Task<int> Run(string[] arguments, IConfiguration settings, TextWriter output)
    {
        var options = SettingsReader.Read<AuthOptions>(settings);
        if (options.HasPublishedKeys && options.SigningKey is null)
        {
            throw new SettingException(
                options.Jwks is null ? "Auth:Authority" : "Auth:Jwks",
                "means that tokens come from its issuer; none can be made here."
            );
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
        var (hours, most) = (Math.Min(UsualHours, options.LongestTokenHours), options.LongestTokenHours);
        if (settings.Text("hours") is { } text && !(int.TryParse(text, out hours) && hours >= 1 && hours <= most))
        {
            throw new SettingException("--hours", $"is a whole number from 1 to {most}, not '{text}'.");
        }
        var issuer = new TokenIssuer(AuthSetup.SigningKey(options, settings), options, TimeProvider.System);
        output.WriteLine(issuer.Issue(subject!, role, TimeSpan.FromHours(hours), settings.Text("scope")));
        return Task.FromResult(0);
    }
}
