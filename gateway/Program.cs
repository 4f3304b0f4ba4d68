using Expo.Gateway;
using Expo.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRoutes();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseOneLength();
app.UseOutsideHeaders();
app.UseBodyLimit();
app.UseTokenCheck();
app.MapDefaultEndpoints();
app.MapRoutes();
app.Run();
