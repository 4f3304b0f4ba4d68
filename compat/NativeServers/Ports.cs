using System.Net;
using System.Net.Sockets;

namespace Expo.NativeServers;

/// <summary>Ports of this machine's loopback address.</summary>
public static class Ports
{
    /// <summary>A port that nobody listens on at the moment.</summary>
    public static int Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
