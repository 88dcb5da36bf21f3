namespace Actors.TestKit;

/// <summary>The repository that these tests were built in.</summary>
public static class SourceTree
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? directory) =>
        directory switch
        {
            null => throw new DirectoryNotFoundException("No Actors.sln above the tests."),
            _ when File.Exists(Path.Combine(directory.FullName, "Actors.sln")) => directory.FullName,
            _ => Find(directory.Parent),
        };
}
