use super::*;

/// Returns the rows after the header, with their fields joined by `/`, and the line numbers of the
/// rows that have a fault.
fn read(text: &str, delimiter: u8, limit: usize) -> (Vec<String>, Vec<u32>) {
    let mut rows = Rows::new(text.as_bytes(), delimiter, limit);
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let _header = rows.next().unwrap();
    while let Some(next) = rows.next().unwrap() {
        match next {
            Next::Row { line, fault } => {
                let fields: Vec<_> = rows.fields().map(String::from_utf8_lossy).collect();
                found.push(fields.join("/"));
                faults.extend(fault.map(|_| line));
            }
            Next::TooLong(line) => {
                found.push("too long".to_owned());
                faults.push(line);
            }
        }
    }
    (found, faults)
}

#[test]
fn a_mark_that_is_not_closed_takes_no_other_row() {
    let paragraphs = "satu\n\ndua, tiga\n\nempat\n";
    let quoted = format!("a,b\n1,\"{paragraphs}\"\n2,x\n");
    let many: Vec<_> = (3..40).map(|n| format!("{n},kata\n")).collect();
    let many = many.concat();
    let swallowed: Vec<_> = (3..40).map(|n| format!("{n}/kata")).collect();
    let cases: &[(&str, &str, Vec<&str>, Vec<u32>)] = &[
        ("plain", "a,b\n1,x\n\n2,y", vec!["1/x", "2/y"], vec![]),
        ("CR alone", "a,b\r1,x\r2,y\r", vec!["1/x", "2/y"], vec![]),
        (
            "doubled marks",
            "a,b\r\n1,\"x \"\"y\"\"\r\nz\"\r\n2,y\r\n",
            vec!["1/x \"y\"\r\nz", "2/y"],
            vec![],
        ),
        (
            "several paragraphs",
            &quoted,
            vec!["1/satu\n\ndua, tiga\n\nempat\n", "2/x"],
            vec![],
        ),
        (
            "a mark in the last column that never closes",
            "a,b\n1,x\n2,\"y\n3,z\n4,w\n",
            vec!["1/x", "2/\"y", "3/z", "4/w"],
            vec![3],
        ),
        (
            "a mark in the first column that never closes",
            "a,b\n\"1,x\n2,y\n3,z\n",
            vec!["\"1/x", "2/y", "3/z"],
            vec![2],
        ),
        (
            "a delimiter behind the mark",
            "a,b\n1,\"x, y\n2,z\n3,w\n",
            vec!["1/\"x, y", "2/z", "3/w"],
            vec![2],
        ),
        (
            "closed by the mark of a later row",
            "a,b\n1,\"x\n2,y\n3,\"z\"\n4,w\n",
            vec!["1/\"x", "2/y", "3/z", "4/w"],
            vec![2],
        ),
        (
            "paragraphs without a closing mark, before another row's",
            "a,b\n1,\"x\n\ny\n2,\"z\"\n",
            vec!["1/x\n\ny", "2/z"],
            vec![2],
        ),
        (
            "closed well, with too few columns",
            "a,b,c\n1,\"x,p\n2,y,q\n3,z\",r,s\n4,v,w\n",
            vec!["1/\"x/p", "2/y/q", "3/z\"/r/s", "4/v/w"],
            vec![2],
        ),
        (
            "a file that ends in a text",
            "a,b\n1,x\n2,\"y\n\nz, w, v\n",
            vec!["1/x", "2/y\n\nz, w, v\n"],
            vec![3],
        ),
        (
            "marks within a text of several lines",
            "a,b\n1,\"x\nkata \"y\" z\nw\n2,v\n",
            vec!["1/x\nkata y\" z", "w", "2/v"],
            vec![2],
        ),
    ];
    for (name, text, rows, faults) in cases {
        let (found, told) = read(text, b',', 1 << 20);
        assert_eq!(found, *rows, "{name}");
        assert_eq!(told, *faults, "{name}");
    }
    let closed_late = format!("a,b\n1,\"x\n{many}40,y\"\n41,z\n");
    let (found, told) = read(&closed_late, b',', 1 << 20);
    assert_eq!(found[0], "1/\"x");
    assert_eq!(found[1..38], swallowed);
    assert_eq!(found[38..], ["40/y\"", "41/z"]);
    assert_eq!(told, [2]);
}

#[test]
fn a_mark_in_each_row_of_a_tsv_is_a_sign_like_any_other() {
    let text = "a\tb\n1\t\"x\n2\t\"y\n3\tz\"\n4\tw\n";
    let (found, told) = read(text, b'\t', 1 << 20);
    assert_eq!(found, ["1/\"x", "2/\"y", "3/z\"", "4/w"]);
    assert_eq!(told, [2, 3]);
    let quoted = "a\tb\n1\t\"x\n\ny\tz\"\n2\tw\n";
    assert_eq!(read(quoted, b'\t', 1 << 20).0, ["1/x\n\ny\tz", "2/w"]);
}

#[test]
fn rows_have_room_and_no_more() {
    let long = "kata\n".repeat(2000);
    let text = format!("a,b\n1,\"{long}\"\n2,x\n");
    let (found, told) = read(&text, b',', 20_000);
    assert_eq!(found, [format!("1/{long}"), "2/x".to_owned()]);
    assert!(told.is_empty());
    // The search for the closing mark ends at the maximum length of a row, so the mark counts as
    // never closed.
    let text = format!("a,b\n1,\"{long}2,x\n");
    let (found, told) = read(&text, b',', 5000);
    assert_eq!(found.first().map(String::as_str), Some("1/\"kata"));
    assert_eq!(told.first(), Some(&2));
    assert_eq!(found.last().map(String::as_str), Some("2/x"));
    let text = format!("a,b\n1,{}\n2,x\n", "k".repeat(6000));
    let (found, told) = read(&text, b',', 5000);
    assert_eq!(found, ["too long", "2/x"]);
    assert_eq!(told, [2]);
}
