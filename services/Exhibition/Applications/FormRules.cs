using Expo.Exhibition.FloorPlans;
using Expo.Kernel;

namespace Expo.Exhibition.Applications;

/// <summary>The rules that span the members of an application form.</summary>
public static class FormRules
{
    /// <summary>The first thing that is wrong, or nothing.</summary>
    /// <param name="form">The form.</param>
    /// <param name="areas">Every code on the edition's floor plan; none while there is no plan.</param>
    public static Refusal? Check(ApplicationForm form, IReadOnlySet<string> areas)
    {
        if (form.Sections.FirstOrDefault(section => !areas.Contains(section)) is { } unknown)
            return ApplicationRefusals.SectionUnknown(unknown);
        if (form.Sections.Distinct().Count() < form.Sections.Count)
            return Refusal.Rule("section.repeated", "同一板块不能选择两次。", "A section can be chosen once.");

        return (form.Kind, form.AreaM2, form.StandardBooths) is (BoothKind.Raw, not null, null) or (BoothKind.Standard, null, not null)
            ? null
            : Refusal.Rule(
                "application.space_unclear", "光地须填写面积，标准展位须填写数量，二者择一。", "State an area for raw floor, or a number of standard booths; one of both.");
    }
}
