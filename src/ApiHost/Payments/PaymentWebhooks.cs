using System.Text;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.ApiHost.Payments;

/// <summary>
/// Where providers post. The body is taken as it came, since the signature is of its bytes; the answer comes once the payment has
/// written down what it says.
/// </summary>
internal sealed class PaymentWebhooks(IGrainFactory grains, CallGuard calls, TimeProvider time) : IEndpoints
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxSignatureLength = 2_000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/webhooks/{provider}", ["POST"], Take)
            .WithMetadata(
                ((RequestDelegate)Take).Method,
                new RequestFile(["*/*"]),
                new AnswerBody(PaymentJson.Default.HeardResponse)
            )
            .WithTags("Payments")
            .Public()
            .WithSummary("For stripe, daimo, wompi and the sandbox; known by the signature of the raw body")
            .Refuses(
                PaymentRefusals.InvalidSignatureCode,
                PaymentRefusals.InvalidWebhookBodyCode,
                HttpRefusals.NotFoundCode,
                HttpRefusals.BodyTooLargeCode
            );

    private async Task Take(HttpContext http)
    {
        FileBody.Expect(http);
        var provider = new Call(http).Route("provider")!;
        if (!PaymentProviders.WithWebhooks.Contains(provider))
        {
            Problem.Write(http, HttpRefusals.NotFound);
            return;
        }
        var body = await FileBody.ReadAsync(http, MaxBytes, HttpRefusals.BodyTooLarge, time);
        if (body.Refusal is { } unread)
        {
            Problem.Write(http, unread);
            return;
        }
        if (!calls.TryEnter(http))
        {
            Problem.Write(http, HttpRefusals.Busy);
            return;
        }
        try
        {
            var signature = http.Request.Headers[ProviderHeaders.Of(provider)];
            var post = new ProviderPost(
                signature.Count == 1 && signature[0]!.Length <= MaxSignatureLength ? signature[0] : null,
                Encoding.UTF8.GetString(body.Value.Span)
            );
            var heard = await calls.AskAsync(http, _ => HearAsync(provider, post));
            JsonAnswer.Write(http, heard.Map(static _ => new HeardResponse(true)), PaymentJson.Default.HeardResponse);
        }
        finally
        {
            calls.Leave();
        }
    }

    private async ValueTask<Outcome<Done>> HearAsync(string provider, ProviderPost post) =>
        await grains.GetGrain<IPaymentHooksGrain>(provider).Take(post);
}
