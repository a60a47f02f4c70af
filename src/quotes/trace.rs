//! What the rules made of an article, step by step, in words for a linguist: which candidates a
//! quotation had, what spoke for each, and what a reporting verb was missing that led to nothing.

use std::cell::RefCell;

use crate::model::Rule;
use crate::quotes::choice::evidence::{Candidate, Choice, Weights};
use crate::text::{ByteSpan, Spans};

/// One step of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceStep {
    /// The words that it is about: a quotation or a reporting verb.
    pub span: ByteSpan,
    /// What was found or dropped, one line.
    pub told: String,
}

/// Somebody who may speak a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleSpeaker {
    /// The quotation.
    pub quote: ByteSpan,
    /// The names of those who would speak.
    pub names: Spans,
    /// What speaks for them.
    pub weight: i32,
}

/// The steps so far, and the candidates that were weighed.
#[derive(Debug, Default)]
pub(super) struct Trace(RefCell<Vec<TraceStep>>, RefCell<Vec<PossibleSpeaker>>);

impl Trace {
    /// The steps by the place of the words that they are about, each once.
    pub fn into_steps(self) -> Vec<TraceStep> {
        let mut steps = self.0.into_inner();
        steps.sort_by_key(|step| step.span.start);
        steps.dedup();
        steps
    }

    /// The candidates of all quotations, in the order in which they were weighed.
    pub fn into_candidates(self) -> Vec<PossibleSpeaker> {
        self.1.into_inner()
    }

    /// Adds a step.
    pub fn note(&self, span: ByteSpan, told: String) {
        self.0.borrow_mut().push(TraceStep { span, told });
    }

    /// Adds the candidates of the words in `span`, and which of them was chosen.
    pub fn weigh(
        &self,
        (text, span): (&str, ByteSpan),
        candidates: &[Candidate],
        weights: &Weights,
        choice: Option<Choice>,
    ) {
        for candidate in candidates {
            self.1.borrow_mut().push(PossibleSpeaker {
                quote: span,
                names: candidate.speakers.clone(),
                weight: weights.of(candidate),
            });
            self.note(span, line(text, candidate, weights));
        }
        let told = match choice.and_then(|choice| Some((choice, candidates.get(choice.index)?))) {
            Some((choice, chosen)) => format!(
                "chosen: {}, {}",
                names(text, chosen),
                choice.confidence.name()
            ),
            None => "chosen: no one".to_owned(),
        };
        self.note(span, told);
    }
}

fn names(text: &str, candidate: &Candidate) -> String {
    let names = candidate.speakers.iter().map(|name| name.of(text));
    names.collect::<Vec<_>>().join("; ")
}

/// A candidate as one line: `candidate Rina Halim 100: A reporting verb … 80; named at the verb +16`.
fn line(text: &str, candidate: &Candidate, weights: &Weights) -> String {
    let mut told = format!(
        "candidate {} {}: {} {}",
        names(text, candidate),
        weights.of(candidate),
        summary(candidate.construction),
        weights.construction(candidate.construction)
    );
    if let Some(cue) = candidate.cue {
        told.extend(["; the cue is “", cue.of(text), "”"]);
    }
    if let Some(mention) = candidate.mention {
        told.extend(["; the words at it are “", mention.of(text), "”"]);
    }
    for feature in candidate.evidence.iter() {
        let weight = format!("{:+}", weights.feature(feature));
        told.extend(["; ", feature.told(), " ", &weight]);
    }
    told
}

fn summary(rule: Rule) -> &'static str {
    rule.summary().trim_end_matches('.')
}
