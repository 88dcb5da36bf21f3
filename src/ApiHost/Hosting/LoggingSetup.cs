namespace Actors.ApiHost.Hosting;

internal static class LoggingSetup
{
    /// <summary>
    /// The framework's line per request holds paths, and so ids of persons, and costs more than most requests; it is off
    /// unless a setting asks for it.
    /// </summary>
    public static void AddQuietLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }
}
