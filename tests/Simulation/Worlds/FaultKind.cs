namespace Actors.Simulation.Tests.Worlds;

/// <summary>What goes wrong. The names are shown in reports.</summary>
internal enum FaultKind
{
    /// <summary>Power fails between two steps; unsynced writes are kept, torn or lost as chance has it.</summary>
    PowerLoss,

    /// <summary>Power fails in the middle of a disk operation.</summary>
    PowerLossInWrite,

    /// <summary>Power fails right after somebody was told that something is done.</summary>
    PowerLossAfterAnswer,

    /// <summary>The process is killed; what it has written stays visible to the next one.</summary>
    Kill,

    /// <summary>The process is killed in the middle of a disk operation.</summary>
    KillInWrite,

    /// <summary>One disk operation fails, and leaves a part of its work.</summary>
    FailedDiskOperation,

    /// <summary>A sync fails: the writes look clean, and are gone after a power loss.</summary>
    FailedSync,

    /// <summary>The disk is full for a while: what is allocated can be written, nothing can get longer.</summary>
    FullDisk,

    /// <summary>A batch takes up to a minute to reach the disk.</summary>
    SlowDisk,

    /// <summary>The host is stopped in good order and started again.</summary>
    Restart,

    /// <summary>The host stays down for hours.</summary>
    Outage,

    /// <summary>The wall clock is set forward by up to hours.</summary>
    ClockForward,

    /// <summary>The wall clock is set back by up to some seconds.</summary>
    ClockBack,

    /// <summary>The whole process stands still for up to a minute.</summary>
    Pause,

    /// <summary>A request within the product never arrives; whoever sent it waits in vain.</summary>
    LostRequest,

    /// <summary>A request within the product is served, and its answer lost: it will come again.</summary>
    LostAnswer,

    /// <summary>A request or an answer arrives late, even after its caller has given up and asked again.</summary>
    LateMessage,

    /// <summary>A request within the product arrives twice.</summary>
    DoubledRequest,

    /// <summary>A reminder or wake-up never arrives.</summary>
    LostWakeUp,

    /// <summary>A wake-up or reminder comes that nobody has asked for, or comes again.</summary>
    NeedlessWakeUp,

    /// <summary>A device refuses a command, breaks off in the middle of it, or answers when nobody waits any more.</summary>
    BrokenDevice,

    /// <summary>An outside app takes an event in and says that it did not, or its answer is lost.</summary>
    BrokenApp,

    /// <summary>Grains are put away although they are in use.</summary>
    Collection,

    /// <summary>A grain vanishes with the server that it was on, and with what is on its way to it and from it.</summary>
    LostActivation,

    /// <summary>Two activations of a grain live beside each other, as in a cluster that is split.</summary>
    DuplicateActivation,
}
