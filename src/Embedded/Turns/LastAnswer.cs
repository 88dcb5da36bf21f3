namespace Actors.Embedded;

/// <summary>
/// The answer that a turn found last is given on its own thread, once the turn is over: what the caller needs is in this
/// processor's cache, and nobody has to be woken. Those before it go to the scheduler, or they would wait for each other.
/// </summary>
internal static class LastAnswer
{
    [ThreadStatic]
    private static bool _isTurn;

    [ThreadStatic]
    private static Request? _last;

    public static void BeginTurn(EmbeddedEngine engine) => _isTurn = engine.UsesThreadPool;

    public static void AfterTurn(Request request)
    {
        Request? other = request;
        if (_isTurn)
        {
            (other, _last) = (_last, request);
        }
        other?.Schedule();
    }

    /// <summary>The turn has been given back.</summary>
    public static void EndTurn()
    {
        var last = _last;
        (_isTurn, _last) = (false, null);
        last?.Execute();
    }
}
