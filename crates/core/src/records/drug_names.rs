//! Which class a drug or an allergen belongs to, by its name: a small curated list for what is typed by hand.
//! The clinic's own drug list carries its classes itself and is asked first.

use std::collections::BTreeSet;

use crate::text::fold;

/// Folded names and their class. Names are generic ones, with a few trade names that patients use as words.
const NAMES: &[(&str, &str)] = &[
    ("penicillin", "penicillin"),
    ("penicillins", "penicillin"),
    ("phenoxymethylpenicillin", "penicillin"),
    ("benzylpenicillin", "penicillin"),
    ("amoxicillin", "penicillin"),
    ("amoxycillin", "penicillin"),
    ("co amoxiclav", "penicillin"),
    ("coamoxiclav", "penicillin"),
    ("augmentin", "penicillin"),
    ("ampicillin", "penicillin"),
    ("sultamicillin", "penicillin"),
    ("flucloxacillin", "penicillin"),
    ("cloxacillin", "penicillin"),
    ("dicloxacillin", "penicillin"),
    ("piperacillin", "penicillin"),
    ("بنسلين", "penicillin"),
    ("بنسيلين", "penicillin"),
    ("بنيسيلين", "penicillin"),
    ("بينيسيلين", "penicillin"),
    ("اموكسيسيلين", "penicillin"),
    ("اموكسيسلين", "penicillin"),
    ("امبيسيلين", "penicillin"),
    ("فلوكلوكساسيلين", "penicillin"),
    ("اوجمنتين", "penicillin"),
    ("cephalosporin", "cephalosporin"),
    ("cephalosporins", "cephalosporin"),
    ("cefalexin", "cephalosporin"),
    ("cephalexin", "cephalosporin"),
    ("cefadroxil", "cephalosporin"),
    ("cefradine", "cephalosporin"),
    ("cephradine", "cephalosporin"),
    ("cefuroxime", "cephalosporin"),
    ("cefixime", "cephalosporin"),
    ("cefaclor", "cephalosporin"),
    ("ceftriaxone", "cephalosporin"),
    ("سيفالوسبورين", "cephalosporin"),
    ("سيفالكسين", "cephalosporin"),
    ("سيفادروكسيل", "cephalosporin"),
    ("سيفرادين", "cephalosporin"),
    ("سيفوروكسيم", "cephalosporin"),
    ("سيفيكسيم", "cephalosporin"),
    ("سيفترياكسون", "cephalosporin"),
    ("meropenem", "carbapenem"),
    ("imipenem", "carbapenem"),
    ("ertapenem", "carbapenem"),
    ("macrolide", "macrolide"),
    ("erythromycin", "macrolide"),
    ("azithromycin", "macrolide"),
    ("clarithromycin", "macrolide"),
    ("spiramycin", "macrolide"),
    ("ازيثروميسين", "macrolide"),
    ("اريثروميسين", "macrolide"),
    ("كلاريثروميسين", "macrolide"),
    ("سبيراميسين", "macrolide"),
    ("clindamycin", "lincosamide"),
    ("lincomycin", "lincosamide"),
    ("كليندامايسين", "lincosamide"),
    ("كليندامايسن", "lincosamide"),
    ("لينكومايسين", "lincosamide"),
    ("tetracycline", "tetracycline"),
    ("doxycycline", "tetracycline"),
    ("minocycline", "tetracycline"),
    ("تتراسيكلين", "tetracycline"),
    ("دوكسيسيكلين", "tetracycline"),
    ("مينوسيكلين", "tetracycline"),
    ("metronidazole", "nitroimidazole"),
    ("tinidazole", "nitroimidazole"),
    ("secnidazole", "nitroimidazole"),
    ("ميترونيدازول", "nitroimidazole"),
    ("مترونيدازول", "nitroimidazole"),
    ("تينيدازول", "nitroimidazole"),
    ("ciprofloxacin", "fluoroquinolone"),
    ("levofloxacin", "fluoroquinolone"),
    ("moxifloxacin", "fluoroquinolone"),
    ("سيبروفلوكساسين", "fluoroquinolone"),
    ("sulfa", "sulfonamide"),
    ("sulpha", "sulfonamide"),
    ("sulfonamide", "sulfonamide"),
    ("sulfonamides", "sulfonamide"),
    ("sulfamethoxazole", "sulfonamide"),
    ("co trimoxazole", "sulfonamide"),
    ("سلفا", "sulfonamide"),
    ("سلفوناميد", "sulfonamide"),
    ("سلفاميثوكسازول", "sulfonamide"),
    ("nsaid", "nsaid"),
    ("nsaids", "nsaid"),
    ("aspirin", "nsaid"),
    ("acetylsalicylic acid", "nsaid"),
    ("ibuprofen", "nsaid"),
    ("brufen", "nsaid"),
    ("diclofenac", "nsaid"),
    ("cataflam", "nsaid"),
    ("voltaren", "nsaid"),
    ("ketoprofen", "nsaid"),
    ("dexketoprofen", "nsaid"),
    ("naproxen", "nsaid"),
    ("mefenamic acid", "nsaid"),
    ("ketorolac", "nsaid"),
    ("meloxicam", "nsaid"),
    ("piroxicam", "nsaid"),
    ("lornoxicam", "nsaid"),
    ("celecoxib", "nsaid"),
    ("etoricoxib", "nsaid"),
    ("اسبرين", "nsaid"),
    ("ايبوبروفين", "nsaid"),
    ("بروفين", "nsaid"),
    ("ديكلوفيناك", "nsaid"),
    ("كاتافلام", "nsaid"),
    ("فولتارين", "nsaid"),
    ("كيتوبروفين", "nsaid"),
    ("كيتورولاك", "nsaid"),
    ("نابروكسين", "nsaid"),
    ("paracetamol", "analgesic_simple"),
    ("acetaminophen", "analgesic_simple"),
    ("باراسيتامول", "analgesic_simple"),
    ("codeine", "opioid"),
    ("tramadol", "opioid"),
    ("morphine", "opioid"),
    ("nalbuphine", "opioid"),
    ("كودايين", "opioid"),
    ("ترامادول", "opioid"),
    ("مورفين", "opioid"),
    ("lidocaine", "local_anaesthetic_amide"),
    ("lignocaine", "local_anaesthetic_amide"),
    ("xylocaine", "local_anaesthetic_amide"),
    ("articaine", "local_anaesthetic_amide"),
    ("mepivacaine", "local_anaesthetic_amide"),
    ("prilocaine", "local_anaesthetic_amide"),
    ("bupivacaine", "local_anaesthetic_amide"),
    ("ليدوكايين", "local_anaesthetic_amide"),
    ("ارتيكايين", "local_anaesthetic_amide"),
    ("ميبيفاكايين", "local_anaesthetic_amide"),
    ("بريلوكايين", "local_anaesthetic_amide"),
    ("بوبيفاكايين", "local_anaesthetic_amide"),
    ("benzocaine", "local_anaesthetic_ester"),
    ("procaine", "local_anaesthetic_ester"),
    ("tetracaine", "local_anaesthetic_ester"),
    ("بنزوكايين", "local_anaesthetic_ester"),
    ("بروكايين", "local_anaesthetic_ester"),
    ("تتراكايين", "local_anaesthetic_ester"),
    ("sulfite", "sulfite"),
    ("sulfites", "sulfite"),
    ("sulphite", "sulfite"),
    ("metabisulfite", "sulfite"),
    ("سلفيت", "sulfite"),
    ("latex", "latex"),
    ("لاتكس", "latex"),
    ("chlorhexidine", "chlorhexidine"),
    ("كلورهيكسيدين", "chlorhexidine"),
    ("iodine", "iodine"),
    ("povidone iodine", "iodine"),
    ("يود", "iodine"),
    ("warfarin", "anticoagulant"),
    ("heparin", "anticoagulant"),
    ("enoxaparin", "anticoagulant"),
    ("rivaroxaban", "anticoagulant"),
    ("apixaban", "anticoagulant"),
    ("edoxaban", "anticoagulant"),
    ("dabigatran", "anticoagulant"),
    ("وارفارين", "anticoagulant"),
    ("هيبارين", "anticoagulant"),
    ("ريفاروكسابان", "anticoagulant"),
    ("ابيكسابان", "anticoagulant"),
];

/// Other spellings of a class.
const CLASS_ALIASES: &[(&str, &str)] = &[
    ("salicylate", "nsaid"),
    ("aspirin", "nsaid"),
    ("cox2_inhibitor", "nsaid"),
    ("sulphonamide", "sulfonamide"),
    ("sulfa", "sulfonamide"),
    ("sulphite", "sulfite"),
    ("amide_local_anaesthetic", "local_anaesthetic_amide"),
    ("ester_local_anaesthetic", "local_anaesthetic_ester"),
    ("quinolone", "fluoroquinolone"),
    ("natural_rubber_latex", "latex"),
];

/// A class as it is compared: `Penicillins` is `penicillin`, `local anesthetic (amide)` is
/// `local_anaesthetic_amide`.
pub fn normal_class(class: &str) -> String {
    let joined = fold(class).split(' ').collect::<Vec<_>>().join("_").replace("anesthetic", "anaesthetic");
    let singular = joined.strip_suffix('s').unwrap_or(&joined);
    let alias = CLASS_ALIASES.iter().find(|(alias, _)| *alias == singular);
    alias.map_or(singular, |(_, class)| class).to_owned()
}

/// The classes of everything that the text names: both parts of `paracetamol with codeine`.
pub fn class_of_name(text: &str) -> BTreeSet<&'static str> {
    let words = words(text);
    NAMES.iter().filter(|(name, _)| names(&words, name)).map(|(_, class)| *class).collect()
}

/// Whether the two texts speak of the same substance: one names the other word by word.
pub fn same_substance(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    !short.trim().is_empty() && names(&long, short.trim())
}

/// Folded words between spaces, Arabic ones without the article.
fn words(text: &str) -> String {
    let folded = fold(text);
    let bare = |word: &str| {
        let without = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(word);
        without.to_owned()
    };
    format!(" {} ", folded.split(' ').map(bare).collect::<Vec<_>>().join(" "))
}

fn names(words: &str, name: &str) -> bool {
    words
        .match_indices(name)
        .any(|(at, found)| words[..at].ends_with(' ') && words[at + found.len()..].starts_with(' '))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn classes(text: &str) -> Vec<&'static str> {
        class_of_name(text).into_iter().collect()
    }

    #[test]
    fn the_list_is_written_in_folded_form() {
        for (name, class) in NAMES {
            assert_eq!(words(name).trim(), *name, "would never be found");
            assert_eq!(normal_class(class), *class, "{name}");
        }
    }

    #[test]
    fn typed_names_lead_to_classes() {
        for (typed, expected) in [
            ("Amoxicillin 500 mg", vec!["penicillin"]),
            ("Co-Amoxiclav", vec!["penicillin"]),
            ("AUGMENTIN 1g", vec!["penicillin"]),
            ("البنسلين", vec!["penicillin"]),
            ("أموكسيسيلين مع حمض الكلافولانيك", vec!["penicillin"]),
            ("Paracetamol with codeine", vec!["analgesic_simple", "opioid"]),
            ("Lidocaine 2% + adrenaline", vec!["local_anaesthetic_amide"]),
            ("prilocaine", vec!["local_anaesthetic_amide"]),
            ("إيبوبروفين", vec!["nsaid"]),
            ("Sulfasomething", vec![]),
            ("dust", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(classes(typed), expected, "{typed}");
        }
    }

    #[test]
    fn classes_are_compared_in_one_spelling() {
        for (typed, normal) in [
            ("penicillin", "penicillin"),
            ("Penicillins", "penicillin"),
            ("local anesthetic (amide)", "local_anaesthetic_amide"),
            ("local-anaesthetic-amide", "local_anaesthetic_amide"),
            ("NSAIDs", "nsaid"),
            ("salicylates", "nsaid"),
            ("", ""),
        ] {
            assert_eq!(normal_class(typed), normal, "{typed}");
        }
    }

    #[test]
    fn substances_are_the_same_word_by_word() {
        assert!(same_substance("Chlorhexidine", "chlorhexidine mouthwash 0.2%"));
        assert!(same_substance("غسول كلورهيكسيدين", "الكلورهيكسيدين"));
        assert!(!same_substance("ine", "chlorhexidine"));
        assert!(!same_substance("", "chlorhexidine"));
        assert!(!same_substance(" - ", "chlorhexidine"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(a in ".{0,40}", b in ".{0,40}") {
            let _ = (class_of_name(&a), normal_class(&a));
            prop_assert_eq!(same_substance(&a, &b), same_substance(&b, &a));
        }
    }
}
