using Expo.Exhibition.Agreements;
using Expo.Exhibition.Applications;
using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;

const string Service = "exhibition";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApi(Service);
builder.AddEventStore(Service, store => store.AddDirectory().AddFloorPlans().AddBooths().AddApplications().AddAgreements());
builder.AddMessaging(Service, messaging => messaging.AddDirectory().AddBooths());
builder.AddOperations();
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi(Service).MapOperations();
api.MapDirectory();
var edition = api.MapEdition();
edition.MapFloorPlans();
edition.MapBooths();
edition.MapApplications();
edition.MapAgreements();

return await app.RunOrApplySchema(args);
