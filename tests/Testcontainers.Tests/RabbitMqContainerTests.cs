using Testcontainers.RabbitMq;

namespace Expo.Testcontainers.Tests;

[Trait("needs", "rabbitmq")]
public sealed class RabbitMqContainerTests
{
    [Fact]
    public async Task A_node_answers_in_AMQP_and_starts_again_on_its_own_data()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var broker = new RabbitMqBuilder("rabbitmq:4").WithUsername("clerk").WithPassword("s3cret").Build();
        await broker.StartAsync(ct);
        Assert.Equal($"amqp://clerk:s3cret@127.0.0.1:{broker.GetMappedPublicPort(RabbitMqBuilder.RabbitMqPort)}/", broker.GetConnectionString());

        await broker.StopAsync(ct);
        await broker.StartAsync(ct);
    }
}
