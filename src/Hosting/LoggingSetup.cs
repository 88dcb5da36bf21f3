namespace Actors.Hosting;

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
        // A silo tells its whole configuration when it starts.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }
}
