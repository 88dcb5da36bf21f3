namespace Actors.Grains.Pets.Service;

/// <summary>Reads answers whole and refuses those that are larger than any that is meant, so that a time-out counts for all of them.</summary>
internal sealed class BoundedAnswers : DelegatingHandler
{
    private const int MostBytes = 256 << 10;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            await answer.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
