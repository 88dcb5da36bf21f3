namespace Orleans
{
#nullable disable annotations // As in Orleans, which says nothing about null here: implementations may choose.
    /// <summary>A stored record and the tag of the version that was read.</summary>
    public interface IGrainState<T>
    {
        T State { get; set; }

        string ETag { get; set; }

        bool RecordExists { get; set; }
    }

    [GenerateSerializer]
    public sealed class GrainState<T> : IGrainState<T>
    {
        public GrainState() { }

        public GrainState(T state) => State = state;

        public GrainState(T state, string eTag)
        {
            State = state;
            ETag = eTag;
        }

        [Id(0)]
        public T State { get; set; }

        [Id(1)]
        public string ETag { get; set; }

        [Id(2)]
        public bool RecordExists { get; set; }
    }
#nullable restore annotations
}

namespace Orleans.Storage
{
    /// <summary>Keeps records of grains. A write with a stale ETag throws <see cref="InconsistentStateException"/>.</summary>
    public interface IGrainStorage
    {
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }

    /// <summary>
    /// What is stored is not what the writer last read. When it escapes a call, the activation is dropped.
    /// </summary>
    [GenerateSerializer]
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException() { }

        public InconsistentStateException(string message)
            : base(message) { }

        public InconsistentStateException(string message, Exception? innerException)
            : base(message, innerException) { }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, null) { }

        public InconsistentStateException(
            string errorMsg,
            string? storedEtag,
            string? currentEtag,
            Exception? storageException
        )
            : base(errorMsg, storageException)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        [Id(1)]
        public string? StoredEtag { get; }

        [Id(2)]
        public string? CurrentEtag { get; }
    }
}
