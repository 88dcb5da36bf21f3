namespace Actors.TestKit.Storage;

public enum StorageAction
{
    Read,
    Write,
    Clear,
}

/// <param name="Number">1 for the first request that the storage ever got.</param>
public readonly record struct StorageRequest(int Number, StorageAction Action, string Name, GrainId Id);

public enum StorageFault
{
    None,

    /// <summary>The request fails and has no effect.</summary>
    FailBefore,

    /// <summary>The request fails for its caller but has been carried out.</summary>
    FailAfter,

    /// <summary>The request fails for its caller and is carried out when the test says so, if its tag still holds.</summary>
    LandLate,
}
