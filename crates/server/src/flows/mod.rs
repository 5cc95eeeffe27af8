//! What crosses slices, one file each: one transaction over the tables of several owners.
