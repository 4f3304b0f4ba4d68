using Expo.Kernel;

namespace Expo.Registration.Organisations;

/// <summary>The rules that every profile keeps, new or changed.</summary>
public static class ProfileRules
{
    /// <summary>Why a profile cannot be one of this country; nothing when it can.</summary>
    public static Refusal? Check(string country, Profile profile) =>
        !Countries.Has(country)
            ? Refusal.Rule("organisation.country_unknown", "国家或地区代码无效。", "This is no ISO 3166-1 country code.").With("country", country)
            : !Countries.HasProvince(country, profile.Province)
                ? Refusal.Rule("organisation.province_invalid", "境内单位须填写省级代码（GB/T 2260 前两位），境外单位不填。",
                    "Organisations of the mainland need a province (two digits of GB/T 2260), others have none.")
                : null;
}
