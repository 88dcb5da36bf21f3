using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Hosting;
using Actors.Hosting;

namespace Actors.ApiHost.Commands;

/// <summary><c>token --sub ana --role model [--hours 12] [--scope balances.credit]</c>: prints a token that this host accepts.</summary>
internal static class TokenCommand
{
    public static Task<int> Run(string[] arguments, IConfiguration settings, TextWriter output)
    {
        var options = AuthOptions.Read(settings);
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
        var hours = settings.WholeNumber(
            "hours",
            Math.Min(12, options.LongestTokenHours),
            1,
            options.LongestTokenHours
        );
        var issuer = new TokenIssuer(AuthSetup.SigningKey(options, settings), options, TimeProvider.System);
        output.WriteLine(issuer.Issue(subject!, role, TimeSpan.FromHours(hours), settings.Text("scope")));
        return Task.FromResult(0);
    }
}
