using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Jobs;

/// <summary>A job as schema.org's JobPosting, for search engines.</summary>
internal static class JobMarkup
{
    /// <summary>The markup in one language.</summary>
    public static JsonObject Of(JobPosting job, Text? employer, Text? agency, string language)
    {
        var advert = job.Advert!;
        var markup = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "JobPosting",
            ["identifier"] = Thing("PropertyValue", ("name", agency?.In(language)), ("value", job.ExternalId)),
            ["title"] = advert.Title.In(language),
            ["description"] = advert.DescriptionHtml.In(language),
            ["datePosted"] = job.PublishedAt,
            ["validThrough"] = advert.ValidThrough,
            ["employmentType"] = advert.EmploymentType,
            ["hiringOrganization"] = Thing("Organization", ("name", employer?.In(language))),
            ["industry"] = Code(advert.Industry!.Value),
            ["directApply"] = advert.DirectApply,
        };
        if (advert.Locations is { Count: > 0 } places)
            markup["jobLocation"] = new JsonArray([.. places.Select(place => Place(place, language))]);
        if (advert.Remote)
        {
            markup["jobLocationType"] = "TELECOMMUTE";
            markup["applicantLocationRequirements"] =
                new JsonArray([.. (advert.ApplicantCountries ?? []).Select(country => Thing("Country", ("name", country)))]);
        }

        if (advert.Salary is { } pay)
            markup["baseSalary"] = Pay(pay);
        if (advert.Education is { } education and not Education.None)
            markup["educationRequirements"] = Thing("EducationalOccupationalCredential", ("credentialCategory", Credential(education)));
        if (advert.ExperienceMonths is { } months)
            markup["experienceRequirements"] = Thing("OccupationalExperienceRequirements", ("monthsOfExperience", months));
        if (advert.Skills is { Count: > 0 } skills)
            markup["skills"] = string.Join(", ", skills);
        if (advert.Openings is { } openings)
            markup["totalJobOpenings"] = openings;
        if (advert.OccupationCode is { } occupation)
            markup["occupationalCategory"] = occupation.Code;
        if (advert.StartDate is { } start)
            markup["jobStartDate"] = start.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (advert.ImmediateStart)
            markup["jobImmediateStart"] = true;
        if (advert.ApplyUrl is { } url)
            markup["url"] = url;
        foreach (var (name, text) in new[]
                 {
                     ("responsibilities", advert.Responsibilities), ("qualifications", advert.Qualifications), ("jobBenefits", advert.Benefits),
                     ("workHours", advert.WorkHours), ("eligibilityToWorkRequirement", advert.Eligibility),
                 })
        {
            if (text is not null)
                markup[name] = text.In(language);
        }

        return markup;
    }

    private static JsonObject Place(JobLocation place, string language)
    {
        var address = Thing("PostalAddress", ("addressCountry", place.Country));
        if (place.Province is not null)
            address["addressRegion"] = place.Province;
        if ((place.Locality?.In(language) ?? place.City) is { } locality)
            address["addressLocality"] = locality;
        return Thing("Place", ("address", address));
    }

    private static JsonObject Pay(Salary pay)
    {
        var value = Thing("QuantitativeValue", ("minValue", Money.Read(pay.Min)), ("unitText", pay.Period));
        if (pay.Max is { } max)
            value["maxValue"] = Money.Read(max);
        return Thing("MonetaryAmount", ("currency", pay.Currency), ("value", value));
    }

    private static string Credential(Education education) => education switch
    {
        Education.SecondarySchool => "high school",
        Education.Associate => "associate degree",
        Education.Bachelor => "bachelor degree",
        _ => "postgraduate degree",
    };

    private static JsonObject Thing(string type, params (string Name, JsonNode? Value)[] members)
    {
        var thing = new JsonObject { ["@type"] = type };
        foreach (var (name, value) in members)
            thing[name] = value;
        return thing;
    }

    private static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
