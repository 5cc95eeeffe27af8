//! A budget for each client address at the doors that work without a session.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::error::ApiError;

/// How long a budget lasts.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Addresses remembered at most before those whose window is over are forgotten.
const REMEMBERED: usize = 10_000;

/// A door: what is spent at one leaves the budgets of the others as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// The links in messages: many patients share an address with their mobile network.
    Links,
    /// Calendar feeds.
    Calendars,
    /// The screens of waiting rooms: some of them, which ask each second.
    Screens,
}

/// So many wrong secrets use a whole budget up, so that nobody tries many.
const GUESSES: u32 = 20;

impl Door {
    /// What an address may spend in ten minutes; to come in costs one.
    const fn budget(self) -> u32 {
        match self {
            Self::Links => 300,
            Self::Calendars => 600,
            Self::Screens => 3000,
        }
    }
}

/// What was spent by whom. Every server has its own: a second one doubles a budget, no more.
#[derive(Clone, Debug, Default)]
pub struct Throttle(Arc<Mutex<HashMap<(Door, IpAddr), (Timestamp, u32)>>>);

impl Throttle {
    /// Lets an address in, or refuses (429) when its budget is spent.
    pub fn enter(&self, door: Door, address: IpAddr, now: Timestamp) -> Result<(), ApiError> {
        self.spend(door, address, 1, door.budget(), now)
    }

    /// Charges an address for a secret that is none; 429 when too little of its budget is left.
    pub fn guessed(&self, door: Door, address: IpAddr, now: Timestamp) -> Result<(), ApiError> {
        self.spend(door, address, door.budget() / GUESSES, door.budget(), now)
    }

    /// Spends some of an address's budget for the next ten minutes, or refuses when too little is left.
    fn spend(
        &self,
        door: Door,
        address: IpAddr,
        cost: u32,
        budget: u32,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() > REMEMBERED {
            spent.retain(|_, (since, _)| since.duration_until(now) < WINDOW);
        }
        let entry = spent.entry((door, network_of(address))).or_insert((now, 0));
        if entry.0.duration_until(now) >= WINDOW {
            *entry = (now, 0);
        }
        if entry.1.saturating_add(cost) > budget {
            let left = WINDOW - entry.0.duration_until(now);
            return Err(ApiError::throttled(
                "request.throttled",
                u64::try_from(left.as_secs()).unwrap_or(0).max(1),
            ));
        }
        entry.1 += cost;
        Ok(())
    }
}

/// Who has one IPv6 address has the 64 bits below it.
fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_an_addresss_own_and_comes_back() {
        let throttle = Throttle::default();
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..3 {
            throttle.spend(Door::Links, one, 10, 30, now).unwrap();
        }
        assert_eq!(throttle.spend(Door::Links, one, 1, 30, now).unwrap_err().status(), 429);
        throttle.spend(Door::Links, other, 10, 30, now).unwrap();
        throttle.spend(Door::Links, one, 10, 30, now + WINDOW).unwrap();
    }

    #[test]
    fn what_a_screen_spends_is_not_taken_from_the_links_behind_the_same_address() {
        let throttle = Throttle::default();
        let (address, now) = ("192.0.2.1".parse().unwrap(), Timestamp::UNIX_EPOCH);
        throttle.spend(Door::Screens, address, 30, 30, now).unwrap();
        throttle.spend(Door::Links, address, 1, 30, now).unwrap();
        throttle.spend(Door::Calendars, address, 1, 30, now).unwrap();
        assert_eq!(throttle.spend(Door::Screens, address, 1, 30, now).unwrap_err().status(), 429);
    }

    #[test]
    fn a_network_of_ipv6_has_one_budget() {
        let throttle = Throttle::default();
        let now = Timestamp::UNIX_EPOCH;
        throttle.spend(Door::Links, "2001:db8::1".parse().unwrap(), 10, 10, now).unwrap();
        assert!(throttle.spend(Door::Links, "2001:db8::2:3".parse().unwrap(), 10, 10, now).is_err());
        throttle.spend(Door::Links, "2001:db8:0:1::1".parse().unwrap(), 10, 10, now).unwrap();
    }
}
