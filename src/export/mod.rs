//! Writers: tables, JSON Lines, CSV, Markdown, HTML, citations.
