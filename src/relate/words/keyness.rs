//! Keyness: which words one text uses more often than another, by log-likelihood.

/// A count in the selection and in the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The count in the selection.
    pub here: u32,
    /// The count in the rest.
    pub rest: u32,
}

impl Pair {
    /// Counts one occurrence in the selection or in the rest.
    pub fn add(&mut self, is_here: bool) {
        if is_here {
            self.here += 1;
        } else {
            self.rest += 1;
        }
    }

    /// Adds the counts of another part.
    pub fn merge(&mut self, other: Self) {
        self.here += other.here;
        self.rest += other.rest;
    }
}

/// A word that one text uses more often or less often than another.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyWord {
    /// The word in small letters without accents.
    pub word: Box<str>,
    /// How often the selection has it.
    pub here: u32,
    /// How often the rest has it.
    pub rest: u32,
    /// Its frequency in the selection, per 10,000 words.
    pub here_rate: f64,
    /// Its frequency in the rest, per 10,000 words.
    pub rest_rate: f64,
    /// How telling the difference is: the log-likelihood ratio G².
    pub score: f64,
    /// Whether the selection has it more often than the rest, relative to its length.
    pub is_more: bool,
}

/// Minimum score: what chance explains in one of twenty words (χ² with one degree of freedom,
/// p = 0.05). Among thousands of words many reach it, so they are sorted, and the score is shown.
const MIN_SCORE: f64 = 3.84;
/// Minimum number of occurrences in both texts together.
const MIN_COUNT: u32 = 3;
/// Maximum number of words that are returned.
const MAX_WORDS: usize = 200;
/// The number of words to which rates refer.
const PER: f64 = 10_000.0;

/// Returns the log-likelihood ratio G² of a word that occurs `here` times in a text of `here_all`
/// words and `rest` times in another one of `rest_all` words: twice the sum of observed counts times
/// the logarithm of observed by expected, over both texts (Dunning 1993; Rayson and Garside 2000).
pub fn log_likelihood((here, here_all): (f64, f64), (rest, rest_all): (f64, f64)) -> f64 {
    let all = here_all + rest_all;
    if all <= 0.0 {
        return 0.0;
    }
    let share = (here + rest) / all;
    let term = |observed: f64, expected: f64| {
        if observed > 0.0 && expected > 0.0 {
            observed * (observed / expected).ln()
        } else {
            0.0
        }
    };
    2.0 * (term(here, here_all * share) + term(rest, rest_all * share))
}

/// Returns the words whose counts differ most tellingly, the most telling first, then by the word.
pub(super) fn key_words<'a>(counts: impl Iterator<Item = (&'a str, Pair)> + Clone) -> Vec<KeyWord> {
    let sum = |(here, rest): (u64, u64), (_, pair): (&str, Pair)| {
        (here + u64::from(pair.here), rest + u64::from(pair.rest))
    };
    let (here_all, rest_all) = counts.clone().fold((0, 0), sum);
    let (here_all, rest_all) = (here_all as f64, rest_all as f64);
    if here_all == 0.0 || rest_all == 0.0 {
        return Vec::new();
    }
    let known = counts.filter(|(_, pair)| pair.here + pair.rest >= MIN_COUNT);
    let words = known.map(|(word, pair)| {
        let (here, rest) = (f64::from(pair.here), f64::from(pair.rest));
        let (here_rate, rest_rate) = (here / here_all * PER, rest / rest_all * PER);
        KeyWord {
            word: word.into(),
            here: pair.here,
            rest: pair.rest,
            here_rate,
            rest_rate,
            score: log_likelihood((here, here_all), (rest, rest_all)),
            is_more: here_rate > rest_rate,
        }
    });
    let mut words: Vec<_> = words.filter(|word| word.score >= MIN_SCORE).collect();
    words.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.word.cmp(&b.word))
    });
    words.truncate(MAX_WORDS);
    words
}
