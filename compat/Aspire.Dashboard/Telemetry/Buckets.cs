using Expo.Dashboard.Otlp;

namespace Expo.Dashboard.Telemetry;

/// <summary>How many measurements fell between which bounds.</summary>
internal sealed record Buckets(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts)
{
    /// <summary>What was added between two running totals; a total that fell has begun anew.</summary>
    public static Buckets Between(HistogramDataPoint before, HistogramDataPoint after) => new(
        [.. after.ExplicitBounds],
        before.Count <= after.Count && before.BucketCounts.Count == after.BucketCounts.Count
            ? [.. after.BucketCounts.Zip(before.BucketCounts, (now, then) => (long)now - (long)then)]
            : [.. after.BucketCounts.Select(count => (long)count)]);

    /// <summary>Both together; of other bounds, these alone.</summary>
    public Buckets With(Buckets others) => Bounds.SequenceEqual(others.Bounds) && Counts.Count == others.Counts.Count
        ? this with { Counts = [.. Counts.Zip(others.Counts, (one, other) => one + other)] }
        : this;

    /// <summary>Linear within a bucket, as Prometheus does it (histogram_quantile); the last bucket has no end, so its beginning is given.</summary>
    public double? Percentile(double share)
    {
        var total = Counts.Sum();
        if (total == 0 || Bounds.Count == 0)
        {
            return null;
        }

        var (rank, below) = (share * total, 0L);
        for (var i = 0; i < Counts.Count; below += Counts[i], i++)
        {
            if (below + Counts[i] >= rank && Counts[i] > 0)
            {
                var start = i == 0 ? 0 : Bounds[i - 1];
                return i == Bounds.Count ? start : start + ((Bounds[i] - start) * (rank - below) / Counts[i]);
            }
        }

        return Bounds[^1];
    }
}
