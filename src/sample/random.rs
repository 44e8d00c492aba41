//! Random numbers that never change: the sample's bytes depend only on its seed.
//!
//! The generator is SplitMix64 (G. L. Steele, D. Lea, C. H. Flood: "Fast Splittable Pseudorandom Number Generators",
//! OOPSLA 2014), in the form of Sebastiano Vigna's public-domain `splitmix64.c`
//! (<https://prng.di.unimi.it/splitmix64.c>). It is written out here because a crate may change its output between
//! versions. Only integers are drawn: functions such as `sin` and `exp` differ in the last bit from machine to
//! machine.

/// 2⁶⁴ divided by the golden ratio, made odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The stream with this number among the independent streams of one seed, so that what belongs to one case can be
    /// drawn again without remembering it.
    pub(super) fn stream(seed: u64, number: u64) -> Random {
        Random(mix(seed ^ mix(number.wrapping_mul(GOLDEN) ^ GOLDEN)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// From 0 up to but not including `limit`; 0 if `limit` is 0. The high half of a product (D. Lemire, 2019); the
    /// bias of at most `limit` in 2⁶⁴ is accepted.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    /// From `low` to `high`, both included; `low` if `high` is less.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(0) as u64) as i64
    }

    /// True in this many cases out of a hundred.
    pub(super) fn percent(&mut self, percent: u8) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// One of them; `None` if there is none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len() as u64) as usize)
    }

    /// Fisher–Yates.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Positions 0, 1, 2 … drawn in proportion to their weights.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// The sum of the weights up to and including each position.
    sums: Vec<u64>,
}

impl Weights {
    pub(super) fn new(weights: impl IntoIterator<Item = u32>) -> Weights {
        let mut sum = 0;
        let sums = weights.into_iter().map(|weight| {
            sum += u64::from(weight);
            sum
        });
        Weights {
            sums: sums.collect(),
        }
    }

    /// Whether there is nothing to draw.
    pub(super) fn are_all_zero(&self) -> bool {
        self.total() == 0
    }

    pub(super) fn total(&self) -> u64 {
        self.sums.last().copied().unwrap_or(0)
    }

    /// A position with a weight; 0 when all are zero.
    pub(super) fn draw(&self, random: &mut Random) -> usize {
        let at = random.below(self.total());
        let position = self.sums.partition_point(|&sum| sum <= at);
        if position < self.sums.len() {
            position
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of `splitmix64.c` for the seed 1234567, as published with other
    /// implementations (Rosetta Code, "Pseudo-random numbers/Splitmix64").
    #[test]
    fn numbers_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| random.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn bounds_hold() {
        let mut random = Random::new(1);
        for limit in 1..200 {
            assert!(random.below(limit) < limit);
            let number = random.between(-5, limit as i64);
            assert!((-5..=limit as i64).contains(&number));
        }
        assert_eq!(random.below(0), 0);
        assert_eq!(random.between(3, 1), 3);
        assert_eq!(random.pick::<u8>(&[]), None);
        assert_eq!(Weights::new([]).draw(&mut random), 0);
    }

    #[test]
    fn weights_are_kept() {
        let (weights, mut random) = (Weights::new([1, 0, 3]), Random::new(7));
        let mut drawn = [0; 3];
        for _ in 0..40_000 {
            drawn[weights.draw(&mut random)] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((29_400..30_600).contains(&drawn[2]), "{drawn:?}");
    }
}
