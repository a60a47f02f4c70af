//! Parquet tables, in builds that read them and in those that do not.

use super::read;
#[cfg(feature = "parquet")]
use super::{FIRST, SECOND};

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_how_to_get_it() {
    let outcome = read("a.parquet", b"PAR1 and more");
    assert!(outcome.reasons().contains("--features parquet"));
}

#[cfg(feature = "parquet")]
pub fn table() -> Vec<u8> {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let schema = "message berita { required binary judul (UTF8); required binary isi (UTF8); required binary tanggal (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let columns = [
        ["Satu", "Dua"],
        [FIRST, SECOND],
        ["2024-05-06", "2024-05-07"],
    ];
    for values in columns {
        let mut column = group.next_column().unwrap().unwrap();
        let values = values.map(|value| ByteArray::from(value.as_bytes().to_vec()));
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, None, None)
            .unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_tables_columns_are_understood_by_name() {
    let bytes = table();
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
