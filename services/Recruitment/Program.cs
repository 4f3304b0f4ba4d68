using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Recruitment.Employers;
using Expo.Recruitment.Fairs;
using Expo.Recruitment.Jobs;
using Expo.ServiceDefaults;

const string Service = "recruitment";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApi(Service);
builder.AddEventStore(Service, store => store.AddDirectory().AddFairs().AddEmployers().AddJobs());
builder.AddMessaging(Service, messaging => messaging.AddDirectory());
builder.AddOperations();
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi(Service).MapOperations();
api.MapDirectory();
api.MapEdition().MapFairs();
api.MapEmployers();
api.MapJobs();

return await app.RunOrApplySchema(args);
