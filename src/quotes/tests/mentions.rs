//! The phrase that names a speaker: where it ends, and what stands in it besides the name.

use super::check;

#[test]
fn what_a_name_is_told_of_or_an_adverb_is_no_part_of_it() {
    check(&[
        (
            "id",
            "<Rudi Hartanto> selaku kuasa hukum dari Sinta Dewi mengatakan [I:kliennya tidak bersalah].",
            &["Rudi Hartanto"],
        ),
        (
            "id",
            "Bupati Lareng <Rina Halim> resmi mengumumkan bahwa [I:jembatan itu akan dibuka].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Dinas Perhubungan Lareng> baru-baru ini mengungkapkan bahwa [I:jembatan itu akan ditutup].",
            &["Dinas Perhubungan Lareng"],
        ),
        // A word of time in a name, and one behind it.
        (
            "id",
            "Menteri Kehutanan <Raja Juli Kertan> mengatakan [I:hutan itu akan dipulihkan].",
            &["Raja Juli Kertan"],
        ),
        (
            "id",
            "“[D:Air sudah surut,]” kata <Rina Halim> Senin malam di Suta.",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn to_add_to_a_thing_or_to_refuse_one_says_nothing() {
    check(&[
        (
            "id",
            "Rina Halim menolak tawaran yang akan dibahas bulan depan.",
            &[],
        ),
        (
            "id",
            "Persada Lareng menambah keunggulan yang sudah ada di babak kedua.",
            &[],
        ),
        (
            "id",
            "<Rina Halim> menambahkan [I:jalan itu akan ditutup].",
            &["Rina Halim"],
        ),
    ]);
}
