using Actors.Grains.Hosting;
using Actors.Hosting;
using Actors.Silo;

return await ProcessRun.ExplainedAsync(() =>
{
    var known = new KnownSettings([typeof(KnownSettings).Assembly]);
    if (args.Contains("--help"))
    {
        Console.Out.WriteLine(
            $"A node of a cluster. Settings, as --Name=value or Name__Part in the environment:\n{known.Help()}"
        );
        return Task.FromResult(0);
    }
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddQuietLogging();
    builder.AddGrains(HostRole.Silo);
    known.Require(builder.Configuration, args);
    builder.AddProcessOperations("actors-silo");

    var app = builder.Build();
    app.MapOperations();
    return ProcessRun.UntilStoppedAsync(app);
});
