using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;

const string Service = "matchmaking";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApi(Service);
builder.AddEventStore(Service, store => store.AddDirectory());
builder.AddMessaging(Service, messaging => messaging.AddDirectory());
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi(Service);
api.MapDirectory();

return await app.RunOrApplySchema(args);
