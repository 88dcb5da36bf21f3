using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Simulation.Tests.Clients.Money;

internal sealed record ReadBalance;

internal sealed record ReadWallet;

internal sealed record ReadSales;

internal sealed record ReadPurchases(int Limit, int Offset);

internal sealed record ReadPurchase(PurchaseId Id);

internal sealed record ReadStatement(int Limit);

internal sealed record ReadMenu;

internal sealed record ReadProof;

internal sealed record ReadQueue(string? UserId);

internal sealed record PauseQueue(Actor Actor, bool Paused);
