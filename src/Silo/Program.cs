using Actors.Grains.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = WebApplication.CreateSlimBuilder(args);
try
{
    builder.AddGrains(HostRole.Silo);
}
catch (SettingException badSetting)
{
    await Console.Error.WriteLineAsync(badSetting.Message);
    return 2;
}

var app = builder.Build();
var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();

// The web server starts after the silo has joined the cluster and stops before it leaves.
app.MapGet("/livez", static () => Results.Ok());
app.MapGet(
    "/readyz",
    () => lifetime.ApplicationStopping.IsCancellationRequested ? Results.StatusCode(503) : Results.Ok()
);
await app.RunAsync();
return 0;
