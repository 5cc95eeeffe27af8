//! Enums whose variants are words on the wire and in the database: one list gives serde, `as_str`, `FromStr`,
//! `Display` and `ALL`, so the three spellings cannot drift apart.

/// The word is not one of the enum's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known {what}")]
pub struct UnknownWord {
    pub what: &'static str,
}

macro_rules! wire_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $word:tt,)+
        }
    ) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$meta])*
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::wire_enum::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::wire_enum::UnknownWord { what: stringify!($name) }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use wire_enum;

#[cfg(test)]
mod tests {
    use super::*;

    wire_enum! {
        /// How loud.
        pub enum Volume {
            Quiet = "quiet",
            VeryLoud = "very_loud",
        }
    }

    #[test]
    fn every_spelling_is_the_same() {
        for volume in Volume::ALL {
            assert_eq!(volume.as_str().parse(), Ok(*volume));
            assert_eq!(volume.to_string(), volume.as_str());
            assert_eq!(serde_json::to_value(volume).unwrap(), volume.as_str());
            assert_eq!(serde_json::from_value::<Volume>(volume.as_str().into()).unwrap(), *volume);
        }
        for bad in ["", "Quiet", "very loud", "quiet "] {
            assert_eq!(bad.parse::<Volume>(), Err(UnknownWord { what: "Volume" }));
        }
    }
}
