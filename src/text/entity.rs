//! Decodes HTML entities for quotation marks, which stay in the text of carelessly made pages.

/// Decodes the HTML entity at the start of `text` if it means a quotation mark. Returns the mark
/// and the length of the entity in bytes. The entity may be escaped twice (`&quot;`, `&amp;quot;`).
pub fn mark_entity(text: &str) -> Option<(char, usize)> {
    const MARKS: [(&str, char); 7] = [
        ("quot;", '"'),
        ("ldquo;", '“'),
        ("rdquo;", '”'),
        ("#34;", '"'),
        ("#034;", '"'),
        ("#8220;", '“'),
        ("#8221;", '”'),
    ];
    let rest = text.strip_prefix('&')?;
    let rest = rest.strip_prefix("amp;").unwrap_or(rest);
    let (name, mark) = MARKS.iter().find(|(name, _)| rest.starts_with(name))?;
    Some((*mark, text.len() - rest.len() + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_are_known() {
        assert_eq!(mark_entity("&quot;Kami"), Some(('"', 6)));
        assert_eq!(mark_entity("&amp;ldquo;Kami"), Some(('“', 11)));
        for text in ["&nbsp;Kami", "&quot", "& quot;", "quot;", ""] {
            assert_eq!(mark_entity(text), None, "{text}");
        }
    }
}
