using System.Reflection;
using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Durability;
using Actors.Journal;

namespace Actors.ApiHost.Tests.Errors;

[Trait("Spec", "SE-3")]
public sealed class FaultsTests
{
    public static readonly TheoryData<Exception, string, string> Meanings = new()
    {
        { new TimeoutException(), "UNAVAILABLE", "OUTCOME_UNKNOWN" },
        { new OutcomeUnknownException(), "UNAVAILABLE", "OUTCOME_UNKNOWN" },
        { new SiloUnavailableException(), "UNAVAILABLE", "OUTCOME_UNKNOWN" },
        { new TaskCanceledException(), "UNAVAILABLE", "OUTCOME_UNKNOWN" },
        { new ObjectDisposedException("ours"), "SYSTEM_ERROR", "SYSTEM_ERROR" },
        { new StorageAwayException(), "UNAVAILABLE", "UNAVAILABLE" },
        { new StorageFullException(), "STORAGE_FULL", "STORAGE_FULL" },
        { new StorageDamagedException(), "STORAGE_DAMAGED", "STORAGE_DAMAGED" },
        { new JournalFullException("no room"), "STORAGE_FULL", "STORAGE_FULL" },
        { new JournalDamagedException("log/1", 7, "torn"), "STORAGE_DAMAGED", "STORAGE_DAMAGED" },
        { new GatewayTooBusyException(), "UNAVAILABLE", "UNAVAILABLE" },
        { Rejection("No gateways available"), "UNAVAILABLE", "UNAVAILABLE" },
        { Rejection("Forwarded too often"), "UNAVAILABLE", "OUTCOME_UNKNOWN" },
        { new JournalBusyException(1), "BUSY", "BUSY" },
        { new InvalidOperationException(), "SYSTEM_ERROR", "SYSTEM_ERROR" },
    };

    [Theory]
    [MemberData(nameof(Meanings), DisableDiscoveryEnumeration = true)]
    public void Only_a_command_that_may_have_begun_has_an_unknown_outcome(Exception fault, string read, string command)
    {
        Assert.Equal(read, Faults.ToRefusal(fault, isRead: true).Code);
        Assert.Equal(command, Faults.ToRefusal(fault, isRead: false).Code);
    }

    // Only Orleans itself makes them.
    private static Exception Rejection(string message) =>
        (Exception)
            Activator.CreateInstance(
                typeof(OrleansMessageRejectionException),
                BindingFlags.Instance | BindingFlags.NonPublic,
                null,
                [message],
                null
            )!;

    [Theory]
    [InlineData("UNAVAILABLE")]
    [InlineData("BUSY")]
    [InlineData("OUTCOME_UNKNOWN")]
    [InlineData("STORAGE_FULL")]
    [InlineData("STORAGE_DAMAGED")]
    public void Whoever_could_not_be_served_may_try_again(string code) => Assert.Equal(503, RefusalStatus.Of(code));
}
