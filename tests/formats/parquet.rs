//! Parquet tables, in builds that read them and in those that do not.

use super::read;
#[cfg(feature = "parquet")]
use super::samples::{SECOND, parquet_table};

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_how_to_get_it() {
    let outcome = read("a.parquet", b"PAR1 and more");
    assert!(outcome.reasons().contains("--features parquet"));
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_tables_columns_are_understood_by_name() {
    let bytes = parquet_table();
    let outcome = read("a.bin", &bytes);
    assert_eq!(
        outcome.keys(),
        ["a.bin#1", "a.bin#2"],
        "{}",
        outcome.reasons()
    );
    let article = &outcome.articles[1];
    assert_eq!(&*article.text, SECOND);
    assert_eq!(article.title().as_deref(), Some("Dua"));
    assert_eq!(article.format.name(), "parquet");
    assert!(article.structure.published.is_some());
    let cut = read("a.parquet", &bytes[..bytes.len() / 2]);
    assert!(cut.reasons().contains("damaged"), "{}", cut.reasons());
}
