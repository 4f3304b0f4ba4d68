// Signatures of Marten 9.29.0: facts, without a body.
namespace Marten.Storage.Metadata;

public class DocumentMetadata
{
    public extern DocumentMetadata(object id);
    public extern object Id { get; }
    public extern Guid CurrentVersion { get; }
    public extern long CurrentRevision { get; }
    public extern DateTimeOffset LastModified { get; }
    public extern string DotNetType { get; }
    public extern string TenantId { get; }
}
