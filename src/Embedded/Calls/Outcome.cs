namespace Actors.Embedded;

/// <summary>Lets one call path serve the four kinds of return value without boxing or virtual calls.</summary>
internal interface IOutcome<TReturn, TResult>
{
    static abstract bool IsCompleted(TReturn returned);

    static abstract bool IsSuccess(TReturn returned);

    static abstract void OnCompleted(TReturn returned, Action continuation);

    static abstract TResult GetResult(TReturn returned);

    static abstract TReturn FromTask(Task<TResult> task);

    static abstract Task<TResult> ToTask(TReturn returned);
}

/// <summary>What a method without a result returns.</summary>
internal readonly struct NoResult
{
    /// <summary>Call filters see null where there is no result.</summary>
    public static object? Hide<TResult>(TResult result) => result is NoResult ? null : result;
}

internal readonly struct TaskOutcome : IOutcome<Task, NoResult>
{
    public static bool IsCompleted(Task returned) => returned.IsCompleted;

    public static bool IsSuccess(Task returned) => returned.IsCompletedSuccessfully;

    public static void OnCompleted(Task returned, Action continuation) =>
        returned.GetAwaiter().UnsafeOnCompleted(continuation);

    public static NoResult GetResult(Task returned)
    {
        returned.GetAwaiter().GetResult();
        return default;
    }

    public static Task FromTask(Task<NoResult> task) => task;

    public static async Task<NoResult> ToTask(Task returned)
    {
        await returned;
        return default;
    }
}

internal readonly struct TaskOutcome<T> : IOutcome<Task<T>, T>
{
    public static bool IsCompleted(Task<T> returned) => returned.IsCompleted;

    public static bool IsSuccess(Task<T> returned) => returned.IsCompletedSuccessfully;

    public static void OnCompleted(Task<T> returned, Action continuation) =>
        returned.GetAwaiter().UnsafeOnCompleted(continuation);

    public static T GetResult(Task<T> returned) => returned.GetAwaiter().GetResult();

    public static Task<T> FromTask(Task<T> task) => task;

    public static Task<T> ToTask(Task<T> returned) => returned;
}

internal readonly struct ValueTaskOutcome : IOutcome<ValueTask, NoResult>
{
    public static bool IsCompleted(ValueTask returned) => returned.IsCompleted;

    public static bool IsSuccess(ValueTask returned) => returned.IsCompletedSuccessfully;

    public static void OnCompleted(ValueTask returned, Action continuation) =>
        returned.GetAwaiter().UnsafeOnCompleted(continuation);

    public static NoResult GetResult(ValueTask returned)
    {
        returned.GetAwaiter().GetResult();
        return default;
    }

    public static ValueTask FromTask(Task<NoResult> task) => new(task);

    public static async Task<NoResult> ToTask(ValueTask returned)
    {
        await returned;
        return default;
    }
}

internal readonly struct ValueTaskOutcome<T> : IOutcome<ValueTask<T>, T>
{
    public static bool IsCompleted(ValueTask<T> returned) => returned.IsCompleted;

    public static bool IsSuccess(ValueTask<T> returned) => returned.IsCompletedSuccessfully;

    public static void OnCompleted(ValueTask<T> returned, Action continuation) =>
        returned.GetAwaiter().UnsafeOnCompleted(continuation);

    public static T GetResult(ValueTask<T> returned) => returned.GetAwaiter().GetResult();

    public static ValueTask<T> FromTask(Task<T> task) => new(task);

    public static Task<T> ToTask(ValueTask<T> returned) => returned.AsTask();
}
