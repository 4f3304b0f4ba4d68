using System.Text;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using QRCoder;

namespace Expo.Registration.Passes;

/// <summary>A pass's QR code as a picture.</summary>
internal static class PassQrEndpoint
{
    private const int PixelsPerModule = 8;
    private const string Svg = "image/svg+xml";
    private const string Png = "image/png";

    public static void Map(RouteGroupBuilder passes) => passes
        .MapGet("/{id:guid}/qr", Handle)
        .Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer)
        .Produces<Stream>(StatusCodes.Status200OK, Svg, Png)
        .Fulfils("R-04")
        .WithName("GetPassQr")
        .WithSummary("The QR code of a pass, as SVG or PNG by Accept");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Guid id, Caller caller, Streams streams, PassTokens tokens, HttpRequest request, CancellationToken ct)
    {
        if ((await streams.Read<Pass>(id, ct)).State is not { } pass || !PassDetailsEndpoints.MayRead(pass, caller))
            return Pass.Unknown.ToProblem();

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        using var code = QRCodeGenerator.GenerateQrCode(await tokens.For(pass.Id, pass.ExpiresAt, ct), QRCodeGenerator.ECCLevel.M);
        return WantsPng(request) ? TypedResults.File(Picture(code), Png) : TypedResults.File(Drawing(code), Svg);
    }

    private static bool WantsPng(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => wanted.MediaType.Value).FirstOrDefault(type => type is Svg or Png) == Png;

    private static byte[] Picture(QRCodeData code)
    {
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(PixelsPerModule);
    }

    private static byte[] Drawing(QRCodeData code)
    {
        using var svg = new SvgQRCode(code);
        return Encoding.UTF8.GetBytes(svg.GetGraphic(PixelsPerModule));
    }
}
