using System.Text.Json.Serialization.Metadata;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Outcomes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Actors.ApiHost.Http;

/// <summary>
/// Maps typed handlers: the request arrives parsed, the outcome leaves as JSON or as a problem. A route carries its JSON
/// contracts, so the OpenAPI document is made from the same types.
/// </summary>
public static class ApiRoutes
{
    public delegate ValueTask<Outcome<TAnswer>> Handler<TAnswer>(Call call);

    public delegate ValueTask<Outcome<TAnswer>> BodyHandler<TBody, TAnswer>(Call call, TBody body);

    public static IEndpointConventionBuilder Get<TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Handler<TAnswer> handler,
        JsonTypeInfo<TAnswer> answer
    ) => routes.Map("GET", pattern, handler, answer);

    public static IEndpointConventionBuilder Post<TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Handler<TAnswer> handler,
        JsonTypeInfo<TAnswer> answer
    ) => routes.Map("POST", pattern, handler, answer);

    /// <summary>A command that has nothing to tell: 204.</summary>
    public static IEndpointConventionBuilder Post(
        this IEndpointRouteBuilder routes,
        string pattern,
        Handler<Done> handler
    )
    {
        var calls = routes.ServiceProvider.GetRequiredService<CallGuard>();
        return routes.MapMethods(pattern, ["POST"], Serve).WithMetadata(handler.Method, NoAnswer.It);

        async Task Serve(HttpContext http)
        {
            if (!calls.TryEnter(http))
            {
                Problem.Write(http, HttpRefusals.Busy);
                return;
            }
            try
            {
                if ((await calls.AskAsync(http, handler)).Refusal is { } refusal)
                {
                    Problem.Write(http, refusal);
                    return;
                }
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            }
            finally
            {
                calls.Leave();
            }
        }
    }

    public static IEndpointConventionBuilder Patch<TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Handler<TAnswer> handler,
        JsonTypeInfo<TAnswer> answer
    ) => routes.Map("PATCH", pattern, handler, answer);

    public static IEndpointConventionBuilder Delete<TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Handler<TAnswer> handler,
        JsonTypeInfo<TAnswer> answer
    ) => routes.Map("DELETE", pattern, handler, answer);

    public static IEndpointConventionBuilder Post<TBody, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        BodyHandler<TBody, TAnswer> handler,
        JsonTypeInfo<TBody> body,
        JsonTypeInfo<TAnswer> answer
    )
        where TBody : class => routes.Map("POST", pattern, handler, body, answer);

    public static IEndpointConventionBuilder Delete<TBody, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        BodyHandler<TBody, TAnswer> handler,
        JsonTypeInfo<TBody> body,
        JsonTypeInfo<TAnswer> answer
    )
        where TBody : class => routes.Map("DELETE", pattern, handler, body, answer);

    public static IEndpointConventionBuilder Put<TBody, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        BodyHandler<TBody, TAnswer> handler,
        JsonTypeInfo<TBody> body,
        JsonTypeInfo<TAnswer> answer
    )
        where TBody : class => routes.Map("PUT", pattern, handler, body, answer);

    public static IEndpointConventionBuilder Patch<TBody, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        BodyHandler<TBody, TAnswer> handler,
        JsonTypeInfo<TBody> body,
        JsonTypeInfo<TAnswer> answer
    )
        where TBody : class => routes.Map("PATCH", pattern, handler, body, answer);

    /// <summary>Documents that the route can refuse with these codes.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder routes, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new Refusing(codes));

    /// <summary>Refuses a body whose member has the wrong JSON type with a code of the feature's own.</summary>
    public static TBuilder WhenMistyped<TBuilder>(this TBuilder routes, string member, Refusal refusal)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new MistypedMember($"$.{member}", refusal));

    /// <summary>Documents that the route takes <c>limit</c> and <c>offset</c>.</summary>
    public static TBuilder Paged<TBuilder>(this TBuilder routes, int otherwise = 20)
        where TBuilder : IEndpointConventionBuilder =>
        routes
            .WithQuery("limit", "Entries per page, 1 to 100.", typeof(int), otherwise)
            .WithQuery("offset", "Entries to skip.", typeof(int), 0)
            .Refuses(Errors.HttpRefusals.InvalidPageCode);

    public static TBuilder WithQuery<TBuilder>(
        this TBuilder routes,
        string name,
        string description,
        Type type,
        object? otherwise = null
    )
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new QueryParameter(name, description, type, otherwise));

    /// <summary>Documents that the route answers 201, which <see cref="Call.Created{T}"/> makes of an answer.</summary>
    public static TBuilder Creates<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Creating.It);

    /// <summary>Documents that the route answers 202, which <see cref="Call.Accepted{T}"/> makes of an answer.</summary>
    public static TBuilder Accepts<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Accepting.It);

    /// <summary>A body that works, shown in the documentation.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder routes, string json)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new RequestExample(json));

    /// <summary>Takes a request without a body for one with an empty object.</summary>
    public static TBuilder BodyOptional<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(OptionalBody.It);

    /// <summary>Not counted against the caller's request limit: probes that machines send by the second.</summary>
    public static TBuilder Unlimited<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(Http.Unlimited.It);

    private static IEndpointConventionBuilder Map<TAnswer>(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        Handler<TAnswer> handler,
        JsonTypeInfo<TAnswer> answer
    )
    {
        routes.Know(answer);
        var calls = routes.ServiceProvider.GetRequiredService<CallGuard>();
        return routes.MapMethods(pattern, [method], Serve).WithMetadata(handler.Method, new AnswerBody(answer));

        async Task Serve(HttpContext http)
        {
            if (!calls.TryEnter(http))
            {
                Problem.Write(http, HttpRefusals.Busy);
                return;
            }
            try
            {
                JsonAnswer.Write(http, await calls.AskAsync(http, handler), answer);
            }
            finally
            {
                calls.Leave();
            }
        }
    }

    private static IEndpointConventionBuilder Map<TBody, TAnswer>(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        BodyHandler<TBody, TAnswer> handler,
        JsonTypeInfo<TBody> body,
        JsonTypeInfo<TAnswer> answer
    )
        where TBody : class
    {
        routes.Know(body);
        routes.Know(answer);
        var calls = routes.ServiceProvider.GetRequiredService<CallGuard>();
        var limiter = routes.ServiceProvider.GetRequiredService<RequestLimiter>();
        return routes
            .MapMethods(pattern, [method], Serve)
            .WithMetadata(handler.Method, new RequestBody(body), new AnswerBody(answer));

        async Task Serve(HttpContext http)
        {
            var read = await JsonBody.ReadAsync(http, body, limiter);
            var refusal = read.Refusal ?? (calls.TryEnter(http) ? null : HttpRefusals.Busy);
            if (refusal is not null)
            {
                Problem.Write(http, refusal);
                return;
            }
            try
            {
                JsonAnswer.Write(http, await calls.AskAsync(http, handler, read.Value!), answer);
            }
            finally
            {
                calls.Leave();
            }
        }
    }

    /// <summary>Lets the OpenAPI document see the contract as the feature declared it.</summary>
    private static void Know(this IEndpointRouteBuilder routes, JsonTypeInfo contract)
    {
        var chain = routes
            .ServiceProvider.GetRequiredService<IOptions<JsonOptions>>()
            .Value.SerializerOptions.TypeInfoResolverChain;
        if (contract.OriginatingResolver is { } declared)
        {
            var resolver = new ContractResolver(declared, contract.Options);
            if (!chain.Contains(resolver))
            {
                chain.Insert(0, resolver);
            }
        }
    }
}
