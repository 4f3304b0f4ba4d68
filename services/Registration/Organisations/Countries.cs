namespace Expo.Registration.Organisations;

/// <summary>Countries (ISO 3166-1 alpha-2) and the provinces of the mainland (GB/T 2260, first two digits).</summary>
public static class Countries
{
    /// <summary>The mainland of China; Hong Kong, Macao and Taiwan have codes of their own here.</summary>
    public const string Mainland = "CN";

    private static readonly HashSet<string> Codes =
    [
        .. ("AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN "
            + "CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK "
            + "HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG "
            + "MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO "
            + "RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA "
            + "VC VE VG VI VN VU WF WS YE YT ZA ZM ZW").Split(' '),
    ];

    private static readonly HashSet<string> Provinces =
        [.. "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".Split(' ')];

    /// <summary>Whether there is such a country.</summary>
    public static bool Has(string country) => Codes.Contains(country);

    /// <summary>Whether a province goes with the country: one of the mainland's there, none elsewhere.</summary>
    public static bool HasProvince(string country, string? province) =>
        country == Mainland ? province is not null && Provinces.Contains(province) : province is null;
}
