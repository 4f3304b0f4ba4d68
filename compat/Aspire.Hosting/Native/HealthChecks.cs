using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Expo.NativeHosting;

/// <summary>A server or database is healthy when it answers a query; one session is kept, as logging in costs more than asking.</summary>
internal sealed class PostgresHealthCheck(IResourceWithConnectionString resource) : IHealthCheck, IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task<NpgsqlDataSource>? opening;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var source = await SourceAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (opening is { IsCompletedSuccessfully: true })
        {
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    // A server's check runs for each of its databases too.
    private Task<NpgsqlDataSource> SourceAsync()
    {
        lock (gate)
        {
            return opening ??= OpenAsync();
        }
    }

    private async Task<NpgsqlDataSource> OpenAsync() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await resource.GetConnectionStringAsync().ConfigureAwait(false))
        {
            Database = (resource as PostgresDatabaseResource)?.DatabaseName ?? "postgres",
            ApplicationName = "AppHost health check",
            MaxPoolSize = 2,
            Timeout = 3,
        });
}

/// <summary>A broker is healthy when it opens a channel; one connection is kept, as each opened and closed one is a line in its log.</summary>
internal sealed class RabbitMqHealthCheck(RabbitMQServerResource resource) : IHealthCheck, IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(3);
    private IConnection? connection;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (connection is not { IsOpen: true })
            {
                await DisposeAsync().ConfigureAwait(false);
                var address = await resource.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false);
                var factory = new ConnectionFactory
                {
                    Uri = new(address!),
                    AutomaticRecoveryEnabled = false,
                    RequestedConnectionTimeout = ConnectTime,
                    ClientProvidedName = "AppHost health check",
                };
                connection = await factory.CreateConnectionAsync(cancellationToken).ConfigureAwait(false);
            }

            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException)
        {
            // It does not answer: the next check begins with another connection, and this one need not end first.
            _ = connection?.CloseAsync(Constants.ReplySuccess, "", ConnectTime, abort: true, CancellationToken.None);
            connection = null;
            throw;
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or IOException)
        {
            return HealthCheckResult.Unhealthy(e.GetBaseException().Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            connection = null;
        }
    }
}

/// <summary>A resource is healthy when each of its processes answers with the expected status.</summary>
internal sealed class EndpointHealthCheck(IHttpClientFactory clients, EndpointTable endpoints, EndpointReference endpoint, string path, int status)
    : IHealthCheck
{
    // Who takes longer is as good as not there: a person should see it within five seconds.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    // A page would not help anybody in a list of reports.
    private const int LongestReason = 500;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerTime);
        var client = clients.CreateClient(nameof(EndpointHealthCheck));
        var targets = endpoints.TargetsOf(endpoint);
        var meant = endpoint.Resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        foreach (var target in targets)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(target, path), limit.Token).ConfigureAwait(false);
                if ((int)response.StatusCode != status)
                {
                    var said = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
                    return HealthCheckResult.Unhealthy(
                        $"GET {path} answered {(int)response.StatusCode}, not {status}.{(said.Length is > 0 and <= LongestReason ? $" {said.Trim()}" : "")}");
                }
            }
            catch (HttpRequestException e)
            {
                return HealthCheckResult.Unhealthy($"GET {path}: {e.Message}");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy($"GET {path} was not answered within {AnswerTime.TotalSeconds} s.");
            }
        }

        return targets.Count == 0 ? HealthCheckResult.Unhealthy("No process is running.")
            : targets.Count < meant ? HealthCheckResult.Degraded($"{targets.Count} of {meant} processes are running.")
            : HealthCheckResult.Healthy();
    }
}
