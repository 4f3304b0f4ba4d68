namespace Expo.NativeHosting;

/// <summary>Where the built assembly of a project is, so that it is started directly; generated beside the upstream metadata.</summary>
public interface IProjectTarget
{
    /// <summary>The path of the built assembly.</summary>
    string TargetPath { get; }
}
