//! Values in, PDF out: the clinic's documents in Arabic, English or both.
