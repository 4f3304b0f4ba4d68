using Expo.Gateway;
using Expo.Gateway.Limits;
using Expo.Gateway.Reference;
using Expo.Gateway.Sessions;
using Expo.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRateLimits();
builder.AddRoutes();
builder.AddBrowserSessions();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseSessionCookies();
app.UseRateLimits();
app.UseOneLength();
app.UseBrowserSessions();
app.UseOutsideHeaders();
app.UseBodyLimit();
app.UseTokenCheck();
app.MapDefaultEndpoints();
app.MapReference();
app.MapBrowserSessions();
app.MapRoutes();
app.Run();
