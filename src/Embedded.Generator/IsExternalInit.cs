namespace System.Runtime.CompilerServices;

/// <summary>Records need it, and the framework that analyzers target lacks it.</summary>
internal static class IsExternalInit;
