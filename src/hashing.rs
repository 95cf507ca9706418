//! Hashes of values and tables that are found by them: quick, for what nobody outside chooses to collide.
//!
//! Takes any value that can be hashed; gives a number that is the same in every run of this program, though perhaps not on
//! another machine or in another version of it, so that what is remembered of it goes with the program. Bytes of whole
//! files are hashed by [`stamp`](crate::stamp), addresses of assets by their theme.

use foldhash::quality::FixedState;
use std::hash::{BuildHasher, Hash, Hasher};

pub use foldhash::{HashMap, HashSet};

/// The hash of a value, the same in every run of this program.
pub fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = hasher();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The hash of several values in their order, however many.
pub fn hash_of_all<T: Hash>(values: impl Iterator<Item = T>) -> u64 {
    let mut hasher = hasher();
    let mut count = 0_usize;
    for value in values {
        value.hash(&mut hasher);
        count += 1;
    }
    count.hash(&mut hasher);
    hasher.finish()
}

fn hasher() -> impl Hasher {
    FixedState::with_seed(0).build_hasher()
}
