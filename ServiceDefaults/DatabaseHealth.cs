using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Expo.ServiceDefaults;

/// <summary>A service without its database can do nothing.</summary>
public sealed class DatabaseHealth(DbDataSource database) : IHealthCheck
{
    /// <summary>Shorter than that of who asks, who is then told why.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException)
        {
            return HealthCheckResult.Unhealthy("the database does not answer");
        }
    }
}
