using Actors.Bench.Load;

namespace Actors.Bench.Scenarios;

/// <summary>One kind of request; <c>{0}</c> in its path stands for the model.</summary>
internal sealed record Target(string Name, string Method, string Path, string[] Tokens, Func<int, string>? Body = null)
{
    public string[]? Ids { get; init; }

    /// <summary>Renews the idempotency key with which the body ends.</summary>
    public KeyStamp? Stamp { get; init; }

    public ReadOnlyMemory<byte>[] Bytes() =>
        [
            .. Tokens.Select(
                (token, number) =>
                    Body is null
                        ? RequestBytes.Get(PathOf(number), token)
                        : RequestBytes.WithBody(Method, PathOf(number), token, Body(number))
            ),
        ];

    public string PathOf(int number) => Ids is null ? Path : Path.Replace("{0}", Ids[number], StringComparison.Ordinal);
}
