//! A clinic's beginning: its own row, a branch with chairs, and opening hours.

use dentpro_core::ids::{BranchId, ChairId};
use dentpro_core::money::Currency;
use jiff::civil::time;
use uuid::Uuid;

use super::store::set_up as store;
use crate::kernel::clock::Clock;
use crate::kernel::db::Tx;
use crate::kernel::error::ApiResult;

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// A clinic to begin, checked.
#[derive(Clone, Debug)]
pub struct NewClinic {
    pub name_ar: String,
    pub name_en: String,
    /// ISO 3166 alpha-2.
    pub country: String,
    pub currency: Currency,
    /// IANA name.
    pub time_zone: String,
    pub languages: Vec<String>,
    pub week: CountryWeek,
    pub demo: bool,
}

/// The branch it begins with, and the names of its chairs in Arabic and English.
#[derive(Clone, Debug)]
pub struct FirstBranch {
    pub name_ar: String,
    pub name_en: String,
    pub chairs: Vec<(String, String)>,
}

/// When a country's week begins, and when it rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryWeek {
    pub start: &'static str,
    pub weekend: &'static [&'static str],
}

impl CountryWeek {
    /// What private clinics of a country usually keep; the clinic changes it in its settings.
    pub fn of(country: &str) -> Self {
        match country {
            "EG" | "SD" | "LY" | "YE" | "SY" | "IQ" | "PS" | "IR" => {
                Self { start: "saturday", weekend: &["friday"] }
            }
            "SA" | "KW" | "BH" | "QA" | "OM" | "JO" | "DZ" => {
                Self { start: "sunday", weekend: &["friday", "saturday"] }
            }
            _ => Self { start: "monday", weekend: &["saturday", "sunday"] },
        }
    }

    /// The days of rest as they are stored.
    pub fn weekend_words(self) -> Vec<String> {
        self.weekend.iter().map(|day| (*day).to_owned()).collect()
    }

    /// The days of work, 0 is Sunday.
    fn working_days(self) -> impl Iterator<Item = i32> {
        (0..).zip(WEEKDAYS).filter(move |(_, name)| !self.weekend.contains(name)).map(|(day, _)| day)
    }
}

/// Writes a clinic into the transaction that was opened for its id; the branch is open from ten to ten.
pub async fn begin_clinic(
    tx: &mut Tx,
    clinic: &NewClinic,
    branch: &FirstBranch,
    clock: &Clock,
) -> ApiResult<BranchId> {
    let now = clock.now();
    let id: BranchId = clock.new_id();
    store::insert_clinic(tx, clinic, now).await?;
    store::insert_first_branch(tx, id, branch, now).await?;
    let chairs: Vec<(ChairId, String, String)> =
        branch.chairs.iter().map(|(ar, en)| (clock.new_id(), ar.clone(), en.clone())).collect();
    store::insert_chairs(tx, id, &chairs, now).await?;
    let days: Vec<(Uuid, i32)> = clinic.week.working_days().map(|day| (clock.new_id(), day)).collect();
    store::insert_branch_hours(tx, id, &days, (time(10, 0, 0, 0), time(22, 0, 0, 0))).await?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_egyptian_clinic_works_from_saturday_to_thursday() {
        let week = CountryWeek::of("EG");
        assert_eq!(week.working_days().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 6]);
        assert_eq!(CountryWeek::of("SA").working_days().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert_eq!(CountryWeek::of("AE").start, "monday");
    }
}
