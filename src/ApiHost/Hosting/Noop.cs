using Actors.ApiHost.Http;
using Actors.ApiHost.Moods;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Hosting;

/// <summary>
/// What an authenticated JSON request costs without a grain: the yardstick of the benchmark. Only there with
/// <c>Bench:Noop=true</c>.
/// </summary>
internal static class Noop
{
    private static readonly MoodResponse Answer = new(
        "ana",
        MoodState.Positive,
        "Feeling great today",
        true,
        30,
        null,
        DateTimeOffset.UnixEpoch,
        "model"
    );

    public static void MapNoop(this WebApplication app)
    {
        if (!SettingsReader.Read<BenchOptions>(app.Configuration).Noop)
        {
            return;
        }
        var noop = app.MapGroup("/api/v1/noop").WithTags("Bench");
        noop.Get("", Read, MoodJson.Default.MoodResponse);
        noop.Post("", Echo, MoodJson.Default.UpdateMoodRequest, MoodJson.Default.MoodResponse);
    }

    private static ValueTask<Outcome<MoodResponse>> Read(Call call) => new(Answer);

    private static ValueTask<Outcome<MoodResponse>> Echo(Call call, UpdateMoodRequest body) =>
        new(
            Answer with
            {
                MoodState = body.MoodState ?? MoodState.Neutral,
                CustomMessage = body.CustomMessage,
                AutoRespond = body.AutoRespond ?? false,
                ResponseDelay = body.ResponseDelay ?? 0,
                ExpiresAt = body.ExpiresAt,
            }
        );
}
