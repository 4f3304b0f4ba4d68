using Expo.Forum;
using Expo.Forum.Proposals;
using Expo.Forum.RoomDays;
using Expo.Forum.Rooms;
using Expo.Forum.Series;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;

const string Service = "forum";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApi(Service);
builder.AddForumCalendars();
builder.AddEventStore(Service, store => store.AddDirectory().AddSeries().AddProposals().AddRooms().AddRoomDays());
builder.AddMessaging(Service, messaging => messaging.AddDirectory());
builder.AddOperations();
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi(Service).MapOperations();
api.MapDirectory();
api.MapSeries();
var edition = api.MapEdition();
edition.MapProposals();
edition.MapRooms();
edition.MapRoomDays();

return await app.RunOrApplySchema(args);
