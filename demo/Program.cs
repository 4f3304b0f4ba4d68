using Expo.Demo;

#pragma warning disable RS0030 // The one place that talks to a person at a terminal.

var gateway = args is ["--gateway", var given, ..] ? given : "http://127.0.0.1:8080";
if (CommitteePassword.Find() is not { } password)
{
    Console.Error.WriteLine("The committee's password is not known: start the platform here with ./expo up, or set EXPO_COMMITTEE_PASSWORD.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, stop.CancelAsync());
using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(gateway) };
try
{
    await Story.PlayAsync(client, password, Console.Out, stop.Token);
    return 0;
}
catch (DemoFailedException failed)
{
    Console.Error.WriteLine(failed.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
