namespace Actors.TestKit.Disks;

/// <summary>The machine stopped in the middle of an operation; every later one fails alike until <see cref="SimulatedDisk.LosePower"/>.</summary>
public sealed class SimulatedCrashException() : IOException("The simulated machine has stopped.");

/// <summary>An operation failed, as planned.</summary>
public sealed class SimulatedFaultException(string operation, long number)
    : IOException($"Operation {number} ({operation}) failed as planned.");
