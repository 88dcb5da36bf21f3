using Actors.Grains.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = WebApplication.CreateBuilder(args);
try
{
    builder.AddGrains(HostRole.Silo);
}
catch (NotSupportedException notThisBuild)
{
    await Console.Error.WriteLineAsync(notThisBuild.Message);
    return 2;
}
catch (InvalidOperationException badSetting)
{
    await Console.Error.WriteLineAsync(badSetting.Message);
    return 3;
}

var app = builder.Build();
var lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();

// The web server starts after the silo has joined the cluster and stops before it leaves.
app.MapGet("/livez", static () => Results.Ok());
app.MapGet(
    "/readyz",
    () => lifetime.ApplicationStopping.IsCancellationRequested ? Results.StatusCode(503) : Results.Ok()
);

// Nobody is asked for a token here, so only where the port is out of reach for others.
if (bool.TryParse(app.Configuration["Cluster:Dashboard"], out var dashboard) && dashboard)
{
    app.MapEngineDashboard("/dashboard");
}
await app.RunAsync();
return 0;
