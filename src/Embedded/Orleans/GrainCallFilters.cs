namespace Orleans;

/// <summary>A call on its way; <see cref="Invoke"/> passes it on, after which <see cref="Result"/> is known.</summary>
public interface IGrainCallContext
{
    /// <summary>The grain on the way in, the reference on the way out.</summary>
    object Grain { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    object? Result { get; set; }

    /// <summary>The calling grain; null for a call from outside.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    Task Invoke();
}

public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }
}

public interface IOutgoingGrainCallContext : IGrainCallContext
{
    IGrainContext? SourceContext { get; }
}

/// <summary>Runs in the called grain's turn, around each call. Registered as a service, or implemented by the grain.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>Runs at the caller, around each call.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}
