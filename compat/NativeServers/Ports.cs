using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Expo.NativeServers;

/// <summary>Ports of this machine's loopback address.</summary>
public static class Ports
{
    private const int Lowest = 15_000;
    private const int UsualFirstEphemeral = 32_768;

    // Connections take their own ports from this one on; one of them could be gone again before its server has opened it.
    private static readonly Lazy<int> FirstEphemeral = new(ReadFirstEphemeral);

    // Whoever was given one may open it much later, so the last ones are not given again.
    private const int Remembered = 1_000;
    private static readonly Queue<int> Given = [];

    /// <summary>A port that nobody listens on at the moment, and that nobody else in this process was given lately.</summary>
    public static int Free()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, FirstEphemeral.Value > Lowest ? RandomNumberGenerator.GetInt32(Lowest, FirstEphemeral.Value) : 0));
                var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
                lock (Given)
                {
                    if (Given.Contains(port))
                        continue;
                    if (Given.Count == Remembered)
                        Given.Dequeue();
                    Given.Enqueue(port);
                    return port;
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Taken: try another.
            }
        }
    }

    private static int ReadFirstEphemeral()
    {
        const string range = "/proc/sys/net/ipv4/ip_local_port_range";
        return File.Exists(range) ? int.Parse(File.ReadAllText(range).Split('\t', ' ')[0], CultureInfo.InvariantCulture) : UsualFirstEphemeral;
    }
}
