using Actors.Bench.Calendar;
using Actors.Bench.Cluster;
using Actors.Bench.Cluster.Peers;
using Actors.Bench.Hosts;
using Actors.Bench.Journal;
using Actors.Bench.Live;
using Actors.Bench.Messages;
using Actors.Bench.Purchases;
using Actors.Bench.Scenarios;

// Answers are handled on the thread that learns of them; a hop to another thread would be paid for by the host.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");

var rest = new BenchArguments([.. args.Skip(1)]);
switch (args.FirstOrDefault())
{
    case "moods":
        return await MoodsScenario.RunAsync(rest);
    case "purchases":
        return await PurchasesScenario.RunAsync(rest);
    case "messages":
        return await MessagesScenario.RunAsync(rest);
    case "live":
        return await LiveScenario.RunAsync(rest);
    case "grains":
        return await GrainsScenario.RunAsync(rest);
    case "calendar":
        return await CalendarScenario.RunAsync(rest);
    case "accounts":
        return await AccountsScenario.RunAsync(rest);
    case "cluster":
        return await ClusterScenario.RunAsync(rest);
    case PeerSilo.Verb:
        return await PeerSilo.RunAsync(rest);
    case "connections":
        return await ConnectionsScenario.RunAsync(rest);
    case "paced":
        return await PacedScenario.RunAsync(rest);
    case "restart":
        return await RestartScenario.RunAsync(rest);
    case "journal":
        return await JournalBench.RunAsync(rest);
    default:
        Console.Error.WriteLine(
            """
            dotnet run -c Release --project bench -- <verb> [--name value …]

              moods        requests/s of mood GET and POST beside no-op endpoints
                           --rounds 7 --seconds 4 --connections 128 --models 1000 --client wrk
              purchases    purchases/s beside a no-op POST and PostgreSQL, and what one costs  --peers none
                           --rounds 5 --seconds 4 --connections 128 --users 10000 --models 1000 --idle 50000
              messages     messages/s beside a no-op POST
                           --rounds 5 --seconds 4 --connections 128 --users 4000 --models 400 --conversations 10000
              live         how soon open live feeds are told that one model has come, and what a feed costs in memory
                           --connections 10000 --rounds 5
              grains       purchases/s in this process, without HTTP  --buyers 128 --users 10000 --models 1000
                           --types yes: also what is allocated, by type
              calendar     free times of a performer with many bookings, and holds/s over many performers, without HTTP
                           --bookings 10000 --performers 500 --clients 128 --seconds 4 --rounds 5
              accounts     purchases/s with ever more accounts               --accounts 1000,100000,1000000
              cluster      purchases/s on two silos over the storage emulator beside what an Orleans user would write; calls of
                           storage; seconds of failing requests after kill -9   --storage Blob --users 200 --models 100
                           --buyers 1000 --seconds 8 --peers none
              connections  thousands of connections, all open and served      --connections 5000 --seconds 20
              paced        latencies at a steady pace against MO-8            --updates 500 --reads 2000 --seconds 30
              restart      ready again after kill -9                          --events 1000000 --grains 100000 --starts 5
              journal      appends beside the disk's own sync; open after kill -9  --seconds 3 --events 1000000

            --data names the directory under which the host keeps its data (default: the temporary directory).
            """
        );
        return 2;
}
