using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Registration.Accounts;
using Expo.Registration.ApiClients;
using Expo.Registration.BoothStaff;
using Expo.Registration.Delegations;
using Expo.Registration.Editions;
using Expo.Registration.Organisations;
using Expo.Registration.Passes;
using Expo.Registration.People;
using Expo.Registration.Sessions;
using Expo.Registration.SigningKeys;
using Expo.ServiceDefaults;

const string Service = "registration";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddApi(Service);
builder.AddEventStore(Service, store => store.AddSigningKeys().AddAccounts().AddSessions().AddEditions().AddOrganisations().AddDelegations().AddPeople().AddBoothStaff().AddPasses().AddApiClients());
builder.AddMessaging(Service, messaging => messaging.AddEditions().AddOrganisations().AddBoothStaff());
builder.AddOperations();
builder.Services.AddValidation();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapJwks();
var api = app.MapApi(Service).MapOperations();
api.MapSigningKeys();
api.MapAccounts();
api.MapSessions();
api.MapEditions();
api.MapOrganisations();
api.MapDelegations();
api.MapPeople();
api.MapBoothStaff();
api.MapPasses();
api.MapApiClients();

return await app.RunOrApplySchema(args);
