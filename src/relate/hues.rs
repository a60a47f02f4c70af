//! Colours of people: each person of a corpus has one hue, whatever article or list shows them.

use crate::model::{ArticleId, Corpus};
use crate::people::{Directory, PersonId};
use crate::text::fold;

/// Number of hues. A theme with 6 or with 8 colours for speakers uses the remainder, which tells 24
/// hues apart as well as it can.
const HUES: usize = 24;
/// The numbers of colours that themes have for speakers. Two hues are told apart by such a theme if
/// their remainders differ.
const COLOURS: [usize; 2] = [8, 6];
/// Maximum number of people of one article who are kept apart. More cannot be told apart by colour.
const MAX_TOGETHER: usize = 24;

/// The hue of each person of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Hues(Box<[u8]>);

impl Hues {
    /// Gives each person the hue of the name. If somebody who is quoted in the same articles and
    /// more often has a hue that looks alike, the person gets the nearest hue with the least such
    /// conflicts. Time is linear in the number of quotations, with a factor for people who are
    /// quoted together.
    pub fn of(directory: &Directory, corpus: &Corpus) -> Self {
        let meetings = meetings(directory, corpus.len());
        let mut hues: Vec<u8> = Vec::with_capacity(directory.people().len());
        let mut rest = &meetings[..];
        for (id, person) in directory.iter() {
            let own = rest.partition_point(|(later, _)| *later <= id);
            let (met, after) = rest.split_at(own);
            rest = after;
            let mut costs = [0_usize; HUES];
            for (_, earlier) in met {
                let Some(taken) = hues.get(earlier.0 as usize) else {
                    continue;
                };
                for (hue, cost) in costs.iter_mut().enumerate() {
                    *cost += COLOURS
                        .iter()
                        .filter(|count| hue % **count == usize::from(*taken) % **count)
                        .count();
                }
            }
            let first = Self::of_name(&person.name);
            let turn = (0..HUES).map(|step| (first + step) % HUES);
            let best = turn.min_by_key(|hue| costs.get(*hue).copied());
            hues.push(best.unwrap_or(first) as u8);
        }
        Self(hues.into())
    }

    /// Returns the hue of a person, or `None` if the person is not known.
    pub fn get(&self, person: PersonId) -> Option<usize> {
        self.0.get(person.0 as usize).copied().map(usize::from)
    }

    /// Returns the hue of a name: that of the person, as long as nobody else takes it.
    pub fn of_name(name: &str) -> usize {
        // FNV-1a: the same on every machine and in every version.
        let hash = fold(name)
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        // The high bits are the best mixed ones.
        (hash >> 32) as usize % HUES
    }
}

/// Returns for each two people who are quoted in one article the later and the earlier of them, once
/// for each such article, sorted.
fn meetings(directory: &Directory, articles: usize) -> Vec<(PersonId, PersonId)> {
    let mut meetings = Vec::new();
    for article in (0..articles as u32).map(ArticleId) {
        let mut people = directory.speakers_in(article).to_vec();
        people.sort_unstable();
        people.dedup();
        people.truncate(MAX_TOGETHER);
        for (index, later) in people.iter().enumerate() {
            let earlier = people.iter().take(index);
            meetings.extend(earlier.map(|earlier| (*later, *earlier)));
        }
    }
    meetings.sort_unstable();
    meetings
}
