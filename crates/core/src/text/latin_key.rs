//! A key that a name has in either script: Mohamed, Muhammad and محمد are all `mhmd`.
//!
//! It is what is left of a name when everything that people spell differently is gone: the consonants in order, one
//! letter a sound, a vowel only as the first letter (always `a`). It ranks search results and finds names across the
//! scripts; it is no proof that two names are one. Names that share a key though they differ: Hamed/Hamid,
//! Omar/Amr/Amer, Said/Sayed, Amin/Ayman/Iman/Amna, Nader/Nadir, Sama/Sameh, Salah/Saleh, Refaat/Raafat.
//! Known to be missed: `dh` for ض or ظ (Fadhel, Kadhim), since Medhat and Adham have a d and an h.

use super::fold;

/// The keys of the name's words, in order, with a space between. Words that hold a digit, or no letter of the two
/// scripts, have none, and neither has an article that stands alone.
pub fn latin_key(name: &str) -> String {
    let folded = fold(name);
    let keys: Vec<String> = folded.split(' ').flat_map(name_parts).filter_map(word_key).collect();
    keys.join(" ")
}

/// A folded word is one name, or two where 'of the faith' is written on: salaheldin → salah, din.
pub(super) fn name_parts(word: &str) -> impl Iterator<Item = &str> {
    const OF_THE_FAITH: [&str; 10] =
        ["الدين", "eldin", "eldeen", "eldien", "aldin", "aldeen", "uddin", "eddine", "eddin", "addin"];
    let found = OF_THE_FAITH.iter().find_map(|ending| Some((word.strip_suffix(ending)?, *ending)));
    let (first, second) = match found {
        Some(("", "الدين")) | None => (word, ""),
        Some((name, "الدين")) => (name, "الدين"),
        Some((name, _)) => (name, "din"),
    };
    [first, second].into_iter().filter(|part| !part.is_empty())
}

pub(super) fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ال")
}

/// The key of one folded word.
pub(super) fn word_key(word: &str) -> Option<String> {
    if is_article(word) {
        return None;
    }
    if let Some((_, key)) = SPELLED_BY_EAR.iter().find(|(names, _)| names.split(' ').any(|name| name == word))
    {
        return Some((*key).to_owned());
    }
    let sounds = if word.starts_with(is_arabic) { arabic_sounds(word) } else { latin_sounds(word) };
    skeleton(&sounds?)
}

/// Names whose spelling says too little about their sound, or that would fall together with a name that is at least
/// as frequent (محمد and محمود, حسن and حسين).
const SPELLED_BY_EAR: &[(&str, &str)] = &[
    ("محمود mahmoud mahmud mahmood mahmod mahmout mehmoud", "mhmwd"),
    (
        "حسين hussein hussain husain husein hussien hussin hosein hosain hossein hossain housin houssein",
        "hsyn",
    ),
    // Apart from what begins the other servant names: عبدالرحمن is `abdlrhmn`.
    ("عبدالله abdullah abdallah abdulla abdalla abdellah abdella abdulah abdalah abdelah", "abdll"),
    ("طه", "th"),
    ("حياه", "ht"),
    ("نجاه", "njt"),
    ("الهام elham ilham", "alhm"),
    ("الياس elias ilias elyas ilyas eliyas", "als"),
    ("michael", "mcl"),
    ("thomas", "tms"),
    ("theresa", "trz"),
];

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{06FF}')
}

/// One sound of a word.
#[derive(Clone, Copy, PartialEq)]
enum Sound {
    Consonant(char),
    /// و ي w y: a consonant as the first of a word, a vowel elsewhere.
    Glide(char),
    Vowel,
}

/// The first sound and then the consonants. What the word ends with after its last vowel as h is not kept: it is ة,
/// ه or ح in Arabic, and Sara and Sarah in Latin.
fn skeleton(sounds: &[Sound]) -> Option<String> {
    let mut key = String::new();
    for (index, sound) in sounds.iter().enumerate() {
        let last = index > 0 && index + 1 == sounds.len();
        match sound {
            Sound::Consonant('h') if last => {}
            Sound::Consonant(c) => key.push(*c),
            Sound::Glide(c) if index == 0 => key.push(*c),
            Sound::Vowel if index == 0 => key.push('a'),
            Sound::Glide(_) | Sound::Vowel => {}
        }
    }
    (!key.is_empty()).then_some(key)
}

fn arabic_sounds(word: &str) -> Option<Vec<Sound>> {
    let letters: Vec<char> = without_arabic_article(word).chars().collect();
    let mut sounds = Vec::with_capacity(letters.len());
    for (index, &letter) in letters.iter().enumerate() {
        // The article before ل (الله, اللطيف) writes the sound twice; any other pair is two sounds (ممدوح).
        if letter == 'ل' && index > 0 && letters[index - 1] == 'ل' {
            continue;
        }
        sounds.push(match letter {
            'ا' | 'ع' | 'ء' => Sound::Vowel,
            'و' | 'ۆ' => Sound::Glide('w'),
            'ي' => Sound::Glide('y'),
            'ب' | 'پ' => Sound::Consonant('b'),
            'ت' | 'ط' => Sound::Consonant('t'),
            'ث' | 'س' | 'ص' => Sound::Consonant('s'),
            'ج' | 'چ' | 'ژ' => Sound::Consonant('j'),
            'ح' | 'ه' => Sound::Consonant('h'),
            'خ' => Sound::Consonant('c'),
            'د' | 'ض' => Sound::Consonant('d'),
            'ذ' | 'ز' | 'ظ' => Sound::Consonant('z'),
            'ر' => Sound::Consonant('r'),
            'ش' => Sound::Consonant('x'),
            'غ' => Sound::Consonant('g'),
            'ف' | 'ڤ' => Sound::Consonant('f'),
            'ق' | 'ك' | 'گ' => Sound::Consonant('k'),
            'ل' => Sound::Consonant('l'),
            'م' => Sound::Consonant('m'),
            'ن' => Sound::Consonant('n'),
            _ => return None,
        });
    }
    Some(sounds)
}

fn without_arabic_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 3 => rest,
        _ => word,
    }
}

fn latin_sounds(word: &str) -> Option<Vec<Sound>> {
    let mut letters: Vec<char> = without_latin_article(word).chars().collect();
    // In Abdurrahman and Abdessalam the article is spoken as the letter after it; the other spellings write its l.
    if let ['a', 'b', 'd', vowel, article, next, ..] = letters[..]
        && is_vowel(vowel)
        && article == next
        && "dnrstz".contains(next)
    {
        letters[4] = 'l';
    }
    let mut sounds = Vec::with_capacity(letters.len());
    let mut index = 0;
    while index < letters.len() {
        let letter = letters[index];
        let next = letters.get(index + 1).copied();
        // A doubled consonant is one that is held.
        if next == Some(letter) && !is_vowel(letter) {
            index += 1;
            continue;
        }
        let after = letters.get(index + 2).copied();
        let (sound, length) = match (letter, next) {
            ('c', Some('h')) if after == Some('r') => (Sound::Consonant('k'), 2),
            ('s' | 'c', Some('h')) => (Sound::Consonant('x'), 2),
            ('k', Some('h')) => (Sound::Consonant('c'), 2),
            ('g', Some('h')) => (Sound::Consonant('g'), 2),
            ('p', Some('h')) => (Sound::Consonant('f'), 2),
            ('d', Some('j')) => (Sound::Consonant('j'), 2),
            // In Fathi and Fathallah the t and the h are two letters.
            ('t', Some('h')) if letters[..index].ends_with(&['f', 'a']) => (Sound::Consonant('t'), 1),
            ('t', Some('h')) => (Sound::Consonant('s'), 2),
            ('c', Some('k')) => (Sound::Consonant('k'), 2),
            ('c', Some('e' | 'i' | 'y')) => (Sound::Consonant('s'), 1),
            ('c' | 'q', _) => (Sound::Consonant('k'), 1),
            ('g', _) => (Sound::Consonant('j'), 1),
            ('p', _) => (Sound::Consonant('b'), 1),
            ('v', _) => (Sound::Consonant('f'), 1),
            ('x', _) => {
                sounds.push(Sound::Consonant('k'));
                (Sound::Consonant('s'), 1)
            }
            ('w' | 'y', _) => (Sound::Glide(letter), 1),
            ('a' | 'e' | 'i' | 'o' | 'u', _) => (Sound::Vowel, 1),
            ('a'..='z', _) => (Sound::Consonant(letter), 1),
            _ => return None,
        };
        sounds.push(sound);
        index += length;
    }
    Some(sounds)
}

/// Elsayed, Alsayed: with four letters after it, the first of them a consonant, it is taken for the article.
fn without_latin_article(word: &str) -> &str {
    match word.strip_prefix("el").or_else(|| word.strip_prefix("al")) {
        Some(rest) if rest.len() >= 4 && !rest.starts_with(is_vowel) => rest,
        _ => word,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Spellings of one name, in both scripts.
    const SAME: &[&str] = &[
        "Mohamed Muhammad Mohammed Mohammad Mohamad Muhamed محمد مُحَمَّد",
        "Ahmed Ahmad احمد أحمد",
        "Fatima Fatma Fatema Fatimah فاطمة فاطمه",
        "Youssef Yusuf Yousef Yousif Yosef يوسف",
        "Hussein Hussain Husain Hossein حسين",
        "Khaled Khalid خالد",
        "Abdullah Abdallah Abdulla Abdellah عبدالله عبداللة",
        "Sara Sarah سارة ساره",
        "Layla Leila Laila Leyla ليلى ليلي",
        "Mahmoud Mahmud Mahmood محمود",
        "Omar Umar عمر",
        "Osama Usama أسامة اسامه",
        "Hassan Hasan حسن",
        "Noura Nora Nourah نورة نوره",
        "Yehia Yahya Yahia يحيى يحيي",
        "Mostafa Mustafa Moustafa مصطفى مصطفي",
        "Ibrahim Ebrahim Ibraheem إبراهيم ابراهيم",
        "Mariam Maryam Mariem مريم",
        "Gamal Jamal Djamel جمال",
        "Taha طه",
        "Shaimaa Shaymaa Shaima شيماء شيما",
        "Aisha Aysha Aicha عائشة عايشه",
        "Eman Iman إيمان ايمان",
        "Amr Amro عمرو",
        "Said Saeed Saied سعيد",
        "Othman Osman Uthman عثمان",
        "Haitham Haytham Haissam هيثم",
        "Tharwat Sarwat ثروت",
        "Fathi Fathy فتحي فتحى",
        "Fathallah فتحالله",
        "Medhat Midhat مدحت",
        "Adham أدهم",
        "Sahar سحر",
        "Soheir Suhair سهير",
        "Tarek Tariq Tareq طارق",
        "Karim Kareem كريم کریم",
        "Qasim Kassem Qassem قاسم",
        "Ghada غادة",
        "Sherif Sharif Cherif شريف",
        "Rashid Rasheed Rachid رشيد راشد",
        "Walid Waleed وليد",
        "Wael Wail وائل",
        "Yasser Yasir ياسر",
        "Mamdouh ممدوح",
        "Moemen Mumin Mo'men مؤمن",
        "Raouf Rauf رؤوف",
        "Alaa علاء آلاء",
        "Olfat ألفت",
        "Elham Ilham إلهام",
        "Elias Ilyas إلياس",
        "Noha Nuha نهى",
        "Maha مها",
        "Salma Selma سلمى",
        "Hoda Huda هدى",
        "Amina Ameena أمينة",
        "Zeinab Zaynab Zainab زينب",
        "Zahraa Zahra زهراء زهرة",
        "Nagat نجاة",
        "Hayat حياة",
        "Nagla Naglaa Najla نجلاء",
        "Magdy Majdi Magdi مجدي",
        "Hagar Hajar هاجر",
        "Gehan Jihan Gihan جيهان",
        "George Jorj جورج",
        "Girgis Guirguis Gerges جرجس",
        "Mina مينا",
        "Mikhail ميخائيل Michael",
        "Christine Kristin كريستين",
        "Peter Beter بيتر",
        "Vivian فيفيان",
        "Nancy نانسي",
        "Thomas توماس",
        "Max ماكس",
        "Elsayed Alsayed السيد",
        "Elnaggar Alnajjar النجار",
        "Abdelrahman Abdulrahman Abdalrahman Abdurrahman Abderrahman عبدالرحمن",
        "Abdelsalam Abdessalam عبدالسلام",
        "Abdelaziz Abdulaziz عبدالعزيز",
        "Abdellatif Abdullatif عبداللطيف",
        "Talal طلال",
        "Moaz معاذ",
        "Nazem Nazim ناظم",
        "Diaa Dia ضياء",
        "Mai May مي",
    ];

    #[test]
    fn a_name_has_one_key_however_it_is_spelled() {
        assert!(SAME.len() >= 60);
        for spellings in SAME {
            let mut spellings = spellings.split(' ');
            let first = spellings.next().unwrap();
            for spelling in spellings {
                assert_eq!(latin_key(spelling), latin_key(first), "{spelling} and {first}");
            }
            assert!(!latin_key(first).is_empty(), "{first}");
        }
    }

    #[test]
    fn names_of_several_words() {
        for (one, other) in [
            ("Abd Allah", "عبد الله"),
            ("Abd El-Rahman Mohamed", "عبد الرحمن محمد"),
            ("Abdul Rahman", "عبدالرحمن"),
            ("Salah El Din", "صلاح الدين"),
            ("Salaheldin", "صلاح الدين"),
            ("Salah Eldeen", "صلاحالدين"),
            ("Nour Eddine", "نور الدين"),
            ("El Sayed Ali", "السيد علي"),
            ("Al-Shafei", "الشافعي"),
        ] {
            assert_eq!(latin_key(one), latin_key(other), "{one} and {other}");
        }
        assert_eq!(latin_key("Mohamed Ahmed"), "mhmd ahmd");
    }

    #[test]
    fn frequent_names_stay_apart() {
        let names = [
            "Mohamed",
            "Mahmoud",
            "Ahmed",
            "Hamed",
            "Hassan",
            "Hussein",
            "Mostafa",
            "Ibrahim",
            "Khaled",
            "Youssef",
            "Fatima",
            "Mariam",
            "Sara",
            "Sahar",
            "Noura",
            "Noha",
            "Layla",
            "Ali",
            "Gamal",
            "Ghada",
            "Karim",
            "Tarek",
            "Salma",
            "Samia",
            "Abdullah",
            "Abdelrahman",
            "Abdelaziz",
            "Taha",
            "Maha",
        ];
        for (index, one) in names.iter().enumerate() {
            for other in &names[index + 1..] {
                assert_ne!(latin_key(one), latin_key(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn collisions_that_are_known() {
        for (one, other) in [("Hamed", "Hamid"), ("Omar", "Amr"), ("Said", "Sayed"), ("Amin", "Ayman")] {
            assert_eq!(latin_key(one), latin_key(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_is_no_name_has_no_key() {
        for text in ["", "123", "a1", "٠١٠", "-", "Иван", "李", "el", "ال", "😀"] {
            assert_eq!(latin_key(text), "", "{text}");
        }
    }

    proptest! {
        #[test]
        fn keys_are_plain_letters(text in any::<String>()) {
            let key = latin_key(&text);
            prop_assert!(key.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{}", key);
            prop_assert!(!key.contains("  ") && key.trim() == key);
        }

        #[test]
        fn arabic_and_latin_letters_always_have_one(word in "[b-df-hj-np-tv-z][a-z]{0,9}|[بتدرسفكلمن][ء-غف-ي]{0,9}") {
            prop_assert!(!latin_key(&word).is_empty());
        }

        #[test]
        fn held_consonants_and_case_do_not_matter(word in "[bdfjklmnrtz][aeiou][bdfjklmnrtz][aeiou]n") {
            let held: String = word.chars().flat_map(|c| if is_vowel(c) { vec![c] } else { vec![c, c] }).collect();
            prop_assert_eq!(latin_key(&held), latin_key(&word));
            prop_assert_eq!(latin_key(&word.to_uppercase()), latin_key(&word));
        }
    }
}
