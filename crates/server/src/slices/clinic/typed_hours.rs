//! Stretches of a week as they are typed.

use dentpro_core::scheduling::{Stretch, stretches_apart, week_of};
use jiff::civil::Time;

use super::api::hours::WeekdayHours;
use crate::kernel::error::{ApiError, ApiResult};

/// Stretches that a week has at most.
const MOST: usize = 70;

/// `HH:MM` of the wall clock.
pub fn clock_time(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

fn read_time(text: &str, pointer: String) -> ApiResult<Time> {
    let wrong = || ApiError::invalid(pointer.clone(), "clinic.time_malformed");
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let number = |t: &str| if t.len() == 2 { t.parse::<i8>().ok() } else { None };
    let (Some(hour), Some(minute)) = (number(hour), number(minute)) else { return Err(wrong()) };
    Time::new(hour, minute, 0, 0).map_err(|_| wrong())
}

/// The stretches of a list at `place` in the body: 0 is Sunday, none over another.
pub fn read_stretches(list: &[WeekdayHours], place: &str) -> ApiResult<Vec<(i32, Stretch)>> {
    if list.len() > MOST {
        return Err(ApiError::invalid(place, "request.too_long"));
    }
    let mut stretches = Vec::with_capacity(list.len());
    for (n, day) in list.iter().enumerate() {
        let from = read_time(&day.start, format!("{place}/{n}/start"))?;
        let until = read_time(&day.end, format!("{place}/{n}/end"))?;
        if !(0..=6).contains(&day.weekday) {
            return Err(ApiError::invalid(format!("{place}/{n}/weekday"), "request.out_of_range"));
        }
        stretches.push((day.weekday, Stretch::new(from, until)));
    }
    if !stretches_apart(&week_of(stretches.iter().copied())) {
        return Err(ApiError::invalid(place, "clinic.hours_overlap"));
    }
    Ok(stretches)
}

/// As they are answered.
pub fn written((weekday, stretch): (i32, Stretch)) -> WeekdayHours {
    WeekdayHours { weekday, start: clock_time(stretch.from), end: clock_time(stretch.until) }
}
