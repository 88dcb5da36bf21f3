using Actors.Grains.Hosting;
using Actors.Hosting;
using Actors.Silo;

return await ProcessRun.ExplainedAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddQuietLogging();
    builder.AddGrains(HostRole.Silo);
    builder.AddProcessOperations("actors-silo");

    var app = builder.Build();
    app.MapOperations();
    return ProcessRun.UntilStoppedAsync(app);
});
