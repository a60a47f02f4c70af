//! Whether a query asks for more than another: then its articles are among the other's.

use super::query::{Node, Query, Test};

/// Whether every article that satisfies `new` satisfies `old`, as far as their forms tell:
/// each part of `old` is a part of `new`, or a fuzzy word that has grown; or all alternatives of
/// `new` are among those of `old`, or have grown from them.
///
/// Never true where `old` asks for what may change between two runs (tags, read marks, stories).
pub(super) fn is_subsumed_by(new: &Query, old: &Query) -> bool {
    let (new, old) = (parts(new), parts(old));
    old.iter()
        .all(|old| lasts(old) && new.iter().any(|new| is_within(new, old)))
}

/// Whether what satisfies `new` satisfies `old`, as far as their forms tell.
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
    // The same test typed again stands elsewhere in the text.
    new.test == old.test || is_longer(&new.test, &old.test)
}

/// Whether `new` is a fuzzy word that has grown from `old`, or is the same.
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

fn lasts(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(lasts),
        Node::Not(node) => lasts(node),
        Node::Term(term) => !matches!(term.test, Test::Tag(_) | Test::Is(_) | Test::Story(_)),
    }
}
