namespace Expo.NativeServers;

/// <summary>A server program is not installed; the message says how to get it.</summary>
public sealed class MissingServerException(string message) : Exception(message);

/// <summary>Another running process uses the same data directory.</summary>
public sealed class DataInUseException(string message) : Exception(message);

/// <summary>A server did not come up; the message says why and what to do.</summary>
public sealed class ServerFailedException(string message, Exception? inner = null) : Exception(message, inner);
