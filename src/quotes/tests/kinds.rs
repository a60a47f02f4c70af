//! Kinds of error that articles have which nobody has tuned to, each with cases of its kind.

use super::check;

#[test]
fn verbs_of_showing_threatening_and_moving_report_nothing() {
    check(&[
        (
            "id",
            "Langkah auditor mengungkap kebocoran anggaran sekolah itu patut ditiru.",
            &[],
        ),
        (
            "de",
            "Dem Verein droht bald ein langer Rechtsstreit mit den Nachbarn.",
            &[],
        ),
        (
            "id",
            "Rina Halim menegaskan niat tersebut di hadapan warga.",
            &[],
        ),
        (
            "id",
            "Jaksa menambahkan dakwaan Pasal 112 ayat (1) Undang-Undang Narkotika.",
            &[],
        ),
        (
            "id",
            "Masyarakat dapat menilai kinerja pemerintah kota.",
            &[],
        ),
        (
            "de",
            "Doch alle Welt fragte sich, warum die Brücke gesperrt war.",
            &[],
        ),
        (
            "en",
            "Retired clerks met to practise asking and bargaining at flea markets.",
            &[],
        ),
    ]);
}

#[test]
fn what_is_denied_of_a_denial_is_reported() {
    check(&[
        (
            "id",
            "Camat <Wulan Astari> tidak menampik bahwa [I:dana itu terlambat cair].",
            &["Wulan Astari"],
        ),
        (
            "de",
            "Sprecherin <Ida Roth> schloss nicht aus, dass [I:die Steuer steigt].",
            &["Ida Roth"],
        ),
    ]);
}

#[test]
fn passives_and_phrases_of_telling_are_cues() {
    check(&[
        (
            "id",
            "Rina Halim datang. Ditegaskannya, [I:pasar itu tidak akan dipindah].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> memberi tahu warga bahwa [I:pasar akan ditutup].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> menyampaikan harapan agar [I:pasar tetap dibuka].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Hal itu ditegaskan oleh <Rina Halim>, Kepala Dinas Pasar, bahwa [I:pasar akan dipindah].",
            &["Rina Halim"],
        ),
        (
            "de",
            "Nach <Polizei>angaben [I:ist der Damm gebrochen].",
            &["Polizei"],
        ),
        (
            "de",
            "Dem <Bericht> zufolge [I:fehlen in der Stadt zwei Brücken].",
            &["Bericht"],
        ),
        (
            "de",
            "Der <Verband> wirft der Regierung vor, [I:die Zahlen geschönt zu haben].",
            &["Verband"],
        ),
        (
            "de",
            "[I:Die Straße bleibt gesperrt], wie das <Landratsamt> am Dienstag mitteilte.",
            &["Landratsamt"],
        ),
    ]);
}

#[test]
fn a_verb_that_no_list_has_is_a_cue_between_marks_and_a_name() {
    check(&[
        (
            "de",
            "„[D:Das war nichts]“, zeterte Trainer <Bodo Kern> nach dem Spiel.",
            &["Bodo Kern"],
        ),
        (
            "en",
            "“[D:That was nothing,]” harrumphed <Bodo Kern> after the game.",
            &["Bodo Kern"],
        ),
    ]);
}

#[test]
fn the_name_is_the_subject_and_not_what_is_said_of_it() {
    check(&[
        (
            "id",
            "<Rahadi>, Ketua Koperasi Tani Sejahtera, mengatakan, [I:gudang itu menampung padi dua desa].",
            &["Rahadi"],
        ),
        (
            "de",
            "Anwältin Frieda Kolb sprach mit der Presse. <Sie> räumte jedoch ein, dass [I:der Zaun fehle].",
            &["Frieda Kolb"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata Kepala Desa (Sangadi) Buyat Satu <Candra Modo>.",
            &["Candra Modo"],
        ),
        (
            "de",
            "Der Chef der Gewerkschaft, <Olaf Reimer>, der seit Jahren im Amt ist, sagte, [I:man werde streiken].",
            &["Olaf Reimer"],
        ),
        (
            "de",
            "„[D:Das Land ist schön]“, sagte Landesbischöfin <Ida Roth>.",
            &["Ida Roth"],
        ),
        (
            "id",
            "“[D:Klien kami tidak bersalah,]” kata <kuasa hukum Bima Sakti>.",
            &["kuasa hukum Bima Sakti"],
        ),
    ]);
}

#[test]
fn places_and_passers_by_do_not_take_over_the_word() {
    check(&[
        (
            "id",
            "“[D:Padi gagal tumbuh,]” kata <Yusri Effendi>. Di Desa Karangsari, Kecamatan Sidomukti, sawah \
             sudah retak. “[D:Kami butuh pompa,]” lanjutnya.",
            &["Yusri Effendi"; 2],
        ),
        (
            "id",
            "“[D:Ada cara lain,]” kata peneliti <Marwan Sitepu>. Bendungan itu diresmikan pada masa Gubernur \
             Surya Atmaja. Pintunya dibuat dua lapis. “[D:Karatnya sudah parah,]” ujarnya.",
            &["Marwan Sitepu"; 2],
        ),
        (
            "id",
            "Rina Halim sudah menemui warga. Ditemui di rumah Bima Sakti, <dia> menegaskan [I:pasar tetap \
             dibuka].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Petani garam Abdul Wahid menyambut baik harga baru itu dan tetangganya juga. “[D:Tahun lalu kami \
             menjual rugi,]” katanya.",
            &["Abdul Wahid"],
        ),
    ]);
}

#[test]
fn a_pronoun_or_description_goes_to_a_person_of_its_gender() {
    check(&[
        (
            "en",
            "“[D:It is late,]” said Mrs. <Ann Moore>. “[D:It is,]” said Mr. <Bob Lane>. <She> said [I:the bus was \
             gone].",
            &["Ann Moore", "Bob Lane", "Ann Moore"],
        ),
        (
            "en",
            "“[D:I was stuck,]” said <Wilma Oduya>, who sells fabric. “[D:The lift smelled of smoke,]” <the former \
             nurse> added.",
            &["Wilma Oduya"; 2],
        ),
    ]);
}

#[test]
fn a_clause_keeps_its_condition_and_leaves_what_the_reporter_concedes() {
    check(&[
        (
            "id",
            "Ketua paguyuban, <Leo Tarigan>, mengatakan [I:meskipun izin sudah terbit, pasar itu sulit dibuka jika \
             air belum mengalir].",
            &["Leo Tarigan"],
        ),
        (
            "en",
            "<Ida Strand> has insisted that [I:the vote was fair] even though turnout was low.",
            &["Ida Strand"],
        ),
    ]);
}

#[test]
fn the_mood_of_a_sentence_goes_on_with_who_spoke_before() {
    check(&[
        (
            "de",
            "<Die Zeugin> sagte, [I:sie habe einen Knall gehört]. [I:Danach sei ein Mann weggelaufen].",
            &["Zeugin"; 2],
        ),
        (
            "de",
            "Laut Minister <Falk Enders> [I:ist das Geld da]. [I:Man müsse es nur abrufen].",
            &["Falk Enders"; 2],
        ),
    ]);
}

#[test]
fn questions_and_labels_have_their_own_speakers() {
    check(&[
        (
            "id",
            "Saat ditanya, “[D:Apakah Anda mundur?]” Menteri <Gita Savitri> menjawab, “[D:Tidak.]”",
            &["-", "Gita Savitri"],
        ),
        (
            "en",
            "Two writers judged the debate.\n<Oscar Pell>, The Harbor Times: “[D:A dull debate, and far too long.]”",
            &["Oscar Pell"],
        ),
    ]);
}
