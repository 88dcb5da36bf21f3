using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>A stream served by a grain: each step is a turn of the grain, and steps interleave with its requests.</summary>
internal sealed class GrainStream<T>(
    GrainReference reference,
    GrainMethod method,
    Func<object, IAsyncEnumerable<T>> open
) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Reader(reference, method, open, cancellationToken);

    private sealed class Reader(
        GrainReference reference,
        GrainMethod method,
        Func<object, IAsyncEnumerable<T>> open,
        CancellationToken cancellation
    ) : IAsyncEnumerator<T>
    {
        private object? _grain;
        private IAsyncEnumerator<T>? _source;

        public T Current { get; private set; } = default!;

        public ValueTask<bool> MoveNextAsync() =>
            reference.InvokeValueTask<Step, bool>(method, new Step(this, isLast: false), cancellation);

        public async ValueTask DisposeAsync()
        {
            if (_source is not null)
            {
                await reference.InvokeValueTask<Step, bool>(method, new Step(this, isLast: true));
            }
        }

        private async ValueTask<bool> MoveAsync(object grain)
        {
            _grain ??= grain;
            if (_grain != grain)
            {
                throw new EnumerationAbortedException("The grain was deactivated before its stream had ended.");
            }
            _source ??= open(grain).GetAsyncEnumerator(cancellation);
            var moved = await _source.MoveNextAsync();
            Current = moved ? _source.Current : default!;
            return moved;
        }

        private async ValueTask<bool> EndAsync(object grain)
        {
            if (_grain == grain)
            {
                await _source!.DisposeAsync();
            }
            return false;
        }

        private readonly struct Step(Reader reader, bool isLast) : IGrainCall<ValueTask<bool>>
        {
            public ValueTask<bool> Invoke(object grain) => isLast ? reader.EndAsync(grain) : reader.MoveAsync(grain);
        }
    }
}
