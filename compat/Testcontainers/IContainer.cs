namespace DotNet.Testcontainers.Containers;

/// <summary>A throwaway server; upstream a container, here a native process.</summary>
public interface IContainer : IAsyncDisposable
{
    /// <summary>The host it listens on.</summary>
    string Hostname { get; }

    /// <summary>Starts it; returns when it is ready.</summary>
    Task StartAsync(CancellationToken ct = default);

    /// <summary>Stops it; its data stays until it is disposed.</summary>
    Task StopAsync(CancellationToken ct = default);

    /// <summary>The port of this machine that stands for the server's well-known port.</summary>
    ushort GetMappedPublicPort(int containerPort);
}

/// <summary>A server with one connection string.</summary>
public interface IDatabaseContainer : IContainer
{
    /// <summary>How to reach it.</summary>
    string GetConnectionString();
}

/// <summary>What a command in a container gave.</summary>
public readonly record struct ExecResult(string Stdout, string Stderr, long? ExitCode);
