using Expo.Gateway;
using Expo.Gateway.Limits;
using Expo.Gateway.Reference;
using Expo.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRateLimits();
builder.AddRoutes();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseRateLimits();
app.UseOneLength();
app.UseOutsideHeaders();
app.UseBodyLimit();
app.UseTokenCheck();
app.MapDefaultEndpoints();
app.MapReference();
app.MapRoutes();
app.Run();
