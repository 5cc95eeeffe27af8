//! A patient's mouth over the years: which teeth were treated, and what the next visit may be about.

use dentpro_core::teeth::Tooth;

use super::catalogue::TemplateRow;
use super::seed::Chance;

/// What is known of a mouth.
#[derive(Clone, Debug, Default)]
pub struct Mouth {
    /// A bit for each tooth that something was found or done on.
    touched: u64,
    /// Had a first visit with its findings.
    pub charted: bool,
    pub toothless: bool,
    pub braces: bool,
    /// When a template was last used, by day.
    visits: Vec<(usize, i64)>,
}

impl Mouth {
    pub fn new(toothless: bool) -> Self {
        Self { toothless, ..Self::default() }
    }

    pub fn touch(&mut self, tooth: Tooth) {
        self.touched |= bit(tooth);
    }

    pub fn note(&mut self, template: usize, day: i64) {
        self.visits.retain(|(known, _)| *known != template);
        self.visits.push((template, day));
    }

    /// What a patient of this age may come for on a day; `None` when nothing fits.
    pub fn next_visit(
        &self,
        templates: &[TemplateRow],
        age: i16,
        day: i64,
        specialty: usize,
        chance: &mut Chance,
    ) -> Option<(usize, Option<Tooth>)> {
        let weights: Vec<f64> = templates
            .iter()
            .enumerate()
            .map(|(index, template)| {
                if self.allows(index, template, age, day) {
                    weight(template) * preference(template, specialty)
                } else {
                    0.0
                }
            })
            .collect();
        let index = chance.weighted(&weights)?;
        let teeth = self.free_teeth(&templates[index].tooth_kind, age);
        let tooth = if teeth.is_empty() { None } else { Some(*chance.pick(&teeth)) };
        Some((index, tooth))
    }

    fn allows(&self, index: usize, template: &TemplateRow, age: i16, day: i64) -> bool {
        let key = template.key.as_str();
        let dentures = matches!(key, "complete_denture" | "denture_sore");
        let for_this_mouth = if self.toothless { dentures || key == "check_up" } else { !dentures };
        let rest = match key {
            "check_up" | "scaling" | "fluoride_child" => 130,
            "denture_sore" => 45,
            _ => 500,
        };
        let toothed = template.tooth_kind != "none";
        let rested = toothed || self.visits.iter().all(|(known, last)| *known != index || day - last >= rest);
        for_this_mouth
            && rested
            && !(key == "ortho_assessment" && self.braces)
            && (template.min_age..=template.max_age).contains(&age)
            && (!toothed || teeth_of(&template.tooth_kind, age).iter().any(|tooth| self.is_free(*tooth)))
    }

    /// Teeth of a kind that nothing was done on, and that somebody of this age has.
    pub fn free_teeth(&self, kind: &str, age: i16) -> Vec<Tooth> {
        let free = teeth_of(kind, age).iter().filter(|tooth| self.is_free(**tooth));
        free.filter_map(|tooth| Tooth::new(*tooth).ok()).collect()
    }

    fn is_free(&self, fdi: u8) -> bool {
        Tooth::new(fdi).is_ok_and(|tooth| self.touched & bit(tooth) == 0)
    }
}

/// The teeth a template may be about, by their FDI numbers.
fn teeth_of(kind: &str, age: i16) -> &'static [u8] {
    match kind {
        "molar" if age < 13 => &[16, 26, 36, 46],
        "molar" => &[16, 17, 26, 27, 36, 37, 46, 47],
        "premolar" => &[14, 15, 24, 25, 34, 35, 44, 45],
        "front" => &[11, 12, 13, 21, 22, 23, 32, 33, 42, 43],
        "wisdom" => &[18, 28, 38, 48],
        "primary_molar" => &[54, 55, 64, 65, 74, 75, 84, 85],
        "primary_front" => &[52, 62, 71, 72, 81, 82],
        _ => &[],
    }
}

fn bit(tooth: Tooth) -> u64 {
    let (quadrant, position) = (u32::from(tooth.quadrant()) - 1, u32::from(tooth.position()) - 1);
    1 << (if tooth.is_primary() { 32 + (quadrant - 4) * 5 + position } else { quadrant * 8 + position })
}

/// How often something happens in a general practice. What only follows something else is never chosen.
fn weight(template: &TemplateRow) -> f64 {
    match template.key.as_str() {
        "first_visit" | "ortho_visit" | "dry_socket" => 0.0,
        "check_up" | "scaling" => 14.0,
        "filling_one_surface" | "filling_two_surfaces" => 10.0,
        "filling_three_surfaces"
        | "root_canal_molar"
        | "fluoride_child"
        | "child_filling"
        | "denture_sore" => 6.0,
        "implant" | "veneer" | "whitening" | "complete_denture" | "retreatment" | "jaw_joint"
        | "night_guard" => 1.5,
        _ => 4.0,
    }
}

/// Doctors see more of what is their field, by the group of the procedure.
fn preference(template: &TemplateRow, specialty: usize) -> f64 {
    let group = template.procedure_code.split('-').next().unwrap_or_default();
    let own = match specialty {
        0 => matches!(group, "RST" | "COS" | "FX"),
        1 => group == "END",
        2 => matches!(group, "OS" | "IMP" | "PER"),
        _ => matches!(group, "ORT" | "PED"),
    };
    match group {
        _ if own => 4.0,
        "DX" | "PV" | "RM" => 1.0,
        _ => 0.4,
    }
}
