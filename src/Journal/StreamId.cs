using System.Text;

namespace Actors.Journal;

/// <summary>Names a stream: a category (the kind of its owner, which also decides retention) and a key within it.</summary>
public readonly record struct StreamId
{
    public const int MaxBytes = 200;

    // Throws on half surrogates: they would come back from the disk as another name.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public StreamId(string category, string key)
        : this($"{category}/{key}") { }

    private StreamId(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == value.Length - 1 || Utf8.GetByteCount(value) > MaxBytes)
        {
            throw new ArgumentException(
                $"A stream is named category/key within {MaxBytes} bytes, not '{value}'.",
                nameof(value)
            );
        }
        Value = value;
    }

    public string Value { get; }

    public ReadOnlySpan<char> Category => Value.AsSpan(0, Value.IndexOf('/', StringComparison.Ordinal));

    public static StreamId Parse(string value) => new(value);

    public override string ToString() => Value;
}
