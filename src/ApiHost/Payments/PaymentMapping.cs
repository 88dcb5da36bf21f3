using Actors.ApiHost.Http;

namespace Actors.ApiHost.Payments;

public static class PaymentMapping
{
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<PaymentEndpoints>();
        routes.MapFeature<PaymentWebhooks>();
        routes.MapFeature<SandboxPages>();
    }
}
