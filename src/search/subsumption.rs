//! Query subsumption: whether every match of one query is also a match of another, so that only the
//! matches of the other need to be searched.

use super::query::{Node, Query, Test};

/// Returns whether every article that satisfies `new` also satisfies `old`, as far as the form of
/// the queries shows it. For each part of `old`, `new` must have the same part, a longer version of
/// its fuzzy word, or alternatives that are all covered by it.
///
/// Returns `false` if `old` tests anything that can change between two runs (tags, read marks,
/// stories).
pub(super) fn is_subsumed_by(new: &Query, old: &Query) -> bool {
    let (new, old) = (parts(new), parts(old));
    old.iter()
        .all(|old| is_stable(old) && new.iter().any(|new| is_within(new, old)))
}

/// Returns whether every article that satisfies `new` also satisfies `old`, as far as their form
/// shows it.
fn is_within(new: &Node, old: &Node) -> bool {
    match (new, old) {
        (Node::Or(new), old) => new.iter().all(|new| is_within(new, old)),
        (new, Node::Or(old)) => old.iter().any(|old| is_within(new, old)),
        (new, old) => new == old || has_grown(new, old),
    }
}

fn parts(query: &Query) -> Vec<&Node> {
    match &query.root {
        Some(Node::And(nodes)) => nodes.iter().collect(),
        root => root.iter().collect(),
    }
}

fn has_grown(new: &Node, old: &Node) -> bool {
    let (Node::Term(new), Node::Term(old)) = (new, old) else {
        return false;
    };
    // Compares the tests only, because the same test typed again has another span.
    new.test == old.test || is_longer(&new.test, &old.test)
}

/// Returns whether `new` is a fuzzy word that equals `old` or extends it.
pub(super) fn is_longer(new: &Test, old: &Test) -> bool {
    let (Test::Fuzzy(new), Test::Fuzzy(old)) = (new, old) else {
        return false;
    };
    let case_holds = match (new.cased(), old.cased()) {
        (_, None) => true,
        (Some(new), Some(old)) => new.starts_with(old),
        (None, Some(_)) => false,
    };
    case_holds && new.folded().starts_with(old.folded())
}

fn is_stable(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(is_stable),
        Node::Not(node) => is_stable(node),
        Node::Term(term) => !matches!(term.test, Test::Tag(_) | Test::Is(_) | Test::Story(_)),
    }
}
