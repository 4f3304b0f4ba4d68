using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

var password = builder.AddParameter("sample-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
var postgres = builder.AddPostgres("postgres").WithDataVolume().WithInitFiles("postgres").WithEnvironment("SAMPLE_PASSWORD", password);
var database = postgres.AddDatabase("sample-store", databaseName: "sample");

var schema = builder.AddProject<Projects.SampleService>("sample-schema").WithArgs("schema").WaitFor(database);
var sample = builder.AddProject<Projects.SampleService>("sample")
    .WithHttpEndpoint(port: builder.Configuration.GetValue<int?>("Sample:Port"))
    .WithHttpHealthCheck("/health")
    .WithEnvironment("ConnectionStrings__store", $"{postgres.Resource.ConnectionStringExpression};Database=sample")
    .WaitForCompletion(schema);
sample.WithEnvironment("OwnAddress", $"{sample.GetEndpoint("http")}/own");

if (builder.Configuration.GetValue("Sample:Messaging", false))
{
    builder.AddRabbitMQ("messaging");
}

builder.Build().Run();
