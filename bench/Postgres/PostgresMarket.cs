using System.Globalization;
using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Purchases;

namespace Actors.Bench.Postgres;

/// <summary>
/// The same purchase as one function of a database: price, daily count, conditional debit, record with a unique key, credit
/// of the wallet. The row that all may want is locked last, so for the shortest time.
/// </summary>
internal sealed class PostgresMarket(PostgresCluster cluster, int users, int models, TimeSpan duration)
{
    private const string Schema = """
        CREATE TABLE items (
          menu_id text, item_id text, model_id text NOT NULL, price bigint NOT NULL, points bigint NOT NULL,
          is_active boolean NOT NULL, max_daily_purchases int, PRIMARY KEY (menu_id, item_id));
        CREATE TABLE balances (
          user_id text PRIMARY KEY, available bigint NOT NULL CHECK (available >= 0), loyalty_points bigint NOT NULL);
        CREATE TABLE wallets (model_id text PRIMARY KEY, tokens bigint NOT NULL);
        CREATE TABLE purchases (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id text NOT NULL, model_id text NOT NULL,
          menu_id text NOT NULL, item_id text NOT NULL, price bigint NOT NULL, points bigint NOT NULL,
          bought_at timestamptz NOT NULL, idempotency_key text NOT NULL, UNIQUE (user_id, idempotency_key));
        CREATE INDEX daily ON purchases (user_id, item_id, bought_at);

        CREATE FUNCTION purchase(buyer text, menu text, item text, key text) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE offer items; bought int; made bigint;
        BEGIN
          SELECT * INTO offer FROM items i WHERE i.menu_id = menu AND i.item_id = item AND i.is_active;
          IF NOT FOUND THEN RAISE EXCEPTION 'ITEM_NOT_FOUND'; END IF;
          SELECT count(*) INTO bought FROM purchases p
            WHERE p.user_id = buyer AND p.item_id = item AND p.bought_at >= date_trunc('day', now());
          IF bought >= offer.max_daily_purchases THEN RAISE EXCEPTION 'DAILY_LIMIT_REACHED'; END IF;
          UPDATE balances b SET available = b.available - offer.price, loyalty_points = b.loyalty_points + offer.points
            WHERE b.user_id = buyer AND b.available >= offer.price;
          IF NOT FOUND THEN RAISE EXCEPTION 'INSUFFICIENT_BALANCE'; END IF;
          INSERT INTO purchases (user_id, model_id, menu_id, item_id, price, points, bought_at, idempotency_key)
            VALUES (buyer, offer.model_id, menu, item, offer.price, offer.points, now(), key) RETURNING id INTO made;
          UPDATE wallets w SET tokens = w.tokens + offer.price WHERE w.model_id = offer.model_id;
          RETURN made;
        END $$;
        """;

    private const string Script = """
        \set user random(0, :users - 1)
        \set model random(0, :models - 1)
        \set key random(1, 9223372036854775806)
        SELECT purchase('user-' || :user, 'menu-' || :model, 'item-' || :model, 'key-' || :key);
        """;

    public async Task OpenAsync()
    {
        await cluster.ExecuteAsync(Schema);
        await cluster.ExecuteAsync(
            $"""
            INSERT INTO items SELECT 'menu-' || n, 'item-' || n, 'model-' || n, {Market.Price}, 2, true, null
              FROM generate_series(0, {models - 1}) n;
            INSERT INTO wallets SELECT 'model-' || n, 0 FROM generate_series(0, {models - 1}) n;
            INSERT INTO balances SELECT 'user-' || n, {Market.TokensPerUser}, 0 FROM generate_series(0, {users - 1}) n;
            ANALYZE;
            """
        );
        await File.WriteAllTextAsync(ScriptPath, Script);
    }

    /// <param name="amongModels">1 for a hot model.</param>
    public async Task<LoadRun> RunAsync(int clients, int amongModels)
    {
        var prefix = Path.Combine(cluster.Directory, "latency");
        var (serverBefore, clientBefore) = (cluster.ProcessorTime, ProcessorTimes.OfEndedChildren());
        var output = await cluster.BenchAsync(
            "--no-vacuum",
            "--protocol=prepared",
            $"--client={clients}",
            "--jobs=1",
            $"--time={duration.TotalSeconds:F0}",
            $"--define=users={users}",
            $"--define=models={amongModels}",
            $"--file={ScriptPath}",
            "--log",
            $"--log-prefix={prefix}",
            "postgres"
        );
        var (server, client) = (cluster.ProcessorTime - serverBefore, ProcessorTimes.OfEndedChildren() - clientBefore);
        var latency = ReadLatencies(prefix);
        return new LoadRun(
            Figure(output, "tps = "),
            latency.Percentile(50),
            latency.Percentile(95),
            latency.Percentile(99),
            server.TotalMicroseconds / latency.Count,
            client.TotalMicroseconds / latency.Count,
            (long)Figure(output, "number of failed transactions: ")
        );
    }

    private string ScriptPath => Path.Combine(cluster.Directory, "purchase.sql");

    private static LatencyHistogram ReadLatencies(string prefix)
    {
        var latency = new LatencyHistogram();
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + ".*"))
        {
            foreach (var line in File.ReadLines(path))
            {
                latency.Add(TimeSpan.FromMicroseconds(long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)));
            }
            File.Delete(path);
        }
        return latency;
    }

    private static double Figure(string output, string before)
    {
        var line = output.Split('\n').First(line => line.StartsWith(before, StringComparison.Ordinal));
        return double.Parse(line[before.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
