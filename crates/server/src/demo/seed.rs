//! Where the demo's chance comes from: seeded, so that it falls the same way each time.

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use uuid::Uuid;

/// Any number; it is the clinic that everybody knows.
const SEED: u64 = 0x0000_D327_9A20;

/// One stream of chance. Each part of the demo has its own, so that more of one changes nothing in another.
#[derive(Debug)]
pub struct Chance(StdRng);

impl Chance {
    pub fn of(part: u64) -> Self {
        Self(StdRng::seed_from_u64(SEED ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// A whole number of the range, both ends included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        self.0.random_range(least..=most)
    }

    /// An index below `end`, which is not zero.
    pub fn index(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    /// True this often.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.0.random_bool(probability)
    }

    /// From 0 up to 1, for a choice made later.
    pub fn roll(&mut self) -> f64 {
        self.0.random()
    }

    /// One of the list, which is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        list.choose(&mut self.0).expect("the demo chooses from lists that have entries")
    }

    /// An index by weight; `None` when nothing weighs anything.
    pub fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut left = self.roll() * total;
        let last = weights.iter().rposition(|&w| w > 0.0)?;
        for (index, weight) in weights.iter().enumerate() {
            if *weight > 0.0 && left < *weight {
                return Some(index);
            }
            left -= weight;
        }
        Some(last)
    }

    /// A UUID version 7 of an instant.
    pub fn id(&mut self, at: Timestamp) -> Uuid {
        let mut random = [0_u8; 10];
        self.0.fill_bytes(&mut random);
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}
