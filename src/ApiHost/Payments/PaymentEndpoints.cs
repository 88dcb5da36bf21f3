using System.Globalization;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.ApiHost.Payments;

/// <summary>What admins see of payments and do by hand, and what performers have earned outside of tokens.</summary>
internal sealed class PaymentEndpoints(IGrainFactory grains) : IEndpoints
{
    private const int MaxIdLength = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/v1/admin/payments").WithTags("Payments").For(Roles.Admin);
        admin
            .Get("/{paymentId}", Find, PaymentJson.Default.PaymentResponse)
            .WithSummary("A payment with everything that came in and went back")
            .Refuses(PaymentRefusals.PaymentNotFoundCode);
        admin
            .Get("/flagged", Flagged, PaymentJson.Default.PaymentFlagsResponse)
            .WithSummary("Payments that need a person: money that did not match, and refunds to be sent by hand")
            .Paged();
        admin
            .Post(
                "/{paymentId}/refunds/{number}",
                Note,
                PaymentJson.Default.NoteRefundRequest,
                PaymentJson.Default.PaymentResponse
            )
            .WithSummary("Says that a refund was sent by hand, and how; once for each")
            .WithExample("""{ "reference": "bank transfer 4711" }""")
            .Refuses(
                PaymentRefusals.PaymentNotFoundCode,
                PaymentRefusals.RefundNotFoundCode,
                PaymentRefusals.RefundNotByHandCode,
                PaymentRefusals.InvalidRefundReferenceCode
            );
        routes
            .MapGroup("/api/v1/me/earnings")
            .WithTags("Payments")
            .For(Roles.Model)
            .Get("", Earnings, PaymentJson.Default.EarningsResponse)
            .WithSummary("What the performer has earned outside of tokens, by currency, newest first")
            .WithQuery("limit", "Lines per page, 1 to 100.", typeof(int), 20)
            .WithQuery("before", "Where to go on: what the page before answered as next.", typeof(long))
            .Refuses(HttpRefusals.InvalidPageCode);
    }

    private async ValueTask<Outcome<PaymentResponse>> Find(Call call) =>
        Payment(call) is { } payment && await payment.Describe() is { } file
            ? PaymentResponse.From(file)
            : PaymentRefusals.PaymentNotFound;

    private async ValueTask<Outcome<PaymentResponse>> Note(Call call, NoteRefundRequest body)
    {
        if (Payment(call) is not { } payment)
        {
            return PaymentRefusals.PaymentNotFound;
        }
        if (!int.TryParse(call.Route("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return PaymentRefusals.RefundNotFound;
        }
        return body.Reference is { Length: <= PaymentRefusals.MaxReferenceLength } reference
            ? (await payment.NoteRefund(new NoteRefund(number, call.Actor(), reference))).Map(PaymentResponse.From)
            : PaymentRefusals.InvalidRefundReference;
    }

    private async ValueTask<Outcome<PaymentFlagsResponse>> Flagged(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var (limit, offset) = page.Value;
        // There are few of them, or somebody has much to do: each shard is asked for all that could be on the page.
        var shards = await Task.WhenAll(
            Shards.Keys.Select(shard =>
                grains
                    .GetGrain<IPaymentFlagsGrain>(shard)
                    .List((int)Math.Min((long)offset + limit, MostListed), 0)
                    .AsTask()
            )
        );
        var flags = shards
            .SelectMany(static shard => shard.Flags)
            .OrderBy(static flag => flag.At)
            .ThenBy(static flag => flag.PaymentId, StringComparer.Ordinal)
            .Skip(offset)
            .Take(limit);
        return new PaymentFlagsResponse(
            [.. flags.Select(PaymentFlagResponse.From)],
            shards.Sum(static shard => shard.Total)
        );
    }

    private const int MostListed = 1_000;

    private async ValueTask<Outcome<EarningsResponse>> Earnings(Call call)
    {
        var page = call.Page();
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }
        var given = call.Http.Request.Query["before"];
        long? before = null;
        if (given.Count > 0)
        {
            if (
                !long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1
            )
            {
                return HttpRefusals.InvalidPage;
            }
            before = number;
        }
        var earnings = await grains.GetGrain<IEarningsGrain>(call.Caller.Id).List(before, page.Value.Limit);
        return EarningsResponse.From(earnings);
    }

    private IPaymentGrain? Payment(Call call) =>
        call.Route("paymentId") is { Length: > 0 and <= MaxIdLength } id ? grains.GetGrain<IPaymentGrain>(id) : null;
}
