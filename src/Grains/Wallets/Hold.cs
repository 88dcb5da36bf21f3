namespace Actors.Grains.Wallets;

/// <summary>A purchase whose tokens are held.</summary>
public sealed record Hold(DateTimeOffset At, BoughtItem Item);
