namespace Orleans.Runtime;

[GenerateSerializer]
public class OrleansException : Exception
{
    public OrleansException() { }

    public OrleansException(string message)
        : base(message) { }

    public OrleansException(string message, Exception? innerException)
        : base(message, innerException) { }
}

/// <summary>The grain that served a stream was deactivated before the stream ended.</summary>
[GenerateSerializer]
public sealed class EnumerationAbortedException(string message) : Exception(message);
