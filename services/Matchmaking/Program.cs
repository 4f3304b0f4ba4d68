using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Interests;
using Expo.Matchmaking.Listings;
using Expo.ServiceDefaults;

const string Service = "matchmaking";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApi(Service);
builder.AddEventStore(Service, store => store.AddDirectory().AddListings().AddBoards().AddInterests());
builder.AddMessaging(Service, messaging => messaging.AddDirectory());
builder.AddOperations();
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi(Service).MapOperations();
api.MapDirectory();
api.MapListings();
api.MapInterests();
api.MapEdition().MapBoards();

return await app.RunOrApplySchema(args);
