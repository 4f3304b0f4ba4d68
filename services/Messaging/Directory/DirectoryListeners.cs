using Expo.Contracts.Registration;
using Expo.Kernel.Directory;
using MassTransit;

namespace Expo.Messaging;

/// <summary>How every service but Registration hears of editions and organisations.</summary>
public static class DirectoryListeners
{
    /// <summary>Listens for editions and organisations.</summary>
    public static MessagingBuilder AddDirectory(this MessagingBuilder messaging) => messaging
        .Listen<KeepEditionWhenAnnounced>()
        .Listen<KeepOrganisationWhenVerified>();
}

/// <summary>Registration announced an edition, or moved one of its deadlines; know it here.</summary>
[Delivery(Delivery.LatestWins)]
public sealed class KeepEditionWhenAnnounced(Streams streams, Call call) : IConsumer<EditionAnnounced>, IConsumer<DeadlineMoved>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<EditionAnnounced> context) => streams.Decide<KnownEdition, KnownEditionEvent>(
        KnownEdition.IdOf(context.Message.Code), new KeepEdition(context.Message, call.Cause!.Version).Decide, context.CancellationToken).MustAccept();

    /// <inheritdoc />
    public Task Consume(ConsumeContext<DeadlineMoved> context) => streams.Decide<KnownEdition, KnownEditionEvent>(
        KnownEdition.IdOf(context.Message.EditionCode), new KeepDeadline(context.Message, call.Cause!.Version).Decide, context.CancellationToken).MustAccept();
}

/// <summary>Registration verified an organisation; know it here.</summary>
[Delivery(Delivery.LatestWins)]
public sealed class KeepOrganisationWhenVerified(Streams streams, Call call) : IConsumer<OrganisationVerified>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<OrganisationVerified> context) => streams.Decide<KnownOrganisation, KnownOrganisationEvent>(
        context.Message.OrganisationId, new KeepOrganisation(context.Message, call.Cause!.Version).Decide, context.CancellationToken).MustAccept();
}
