//! Whose words they are where no name stands at the verb, or more than a name, and what only stands
//! around what was said.

use super::{annotated, article, check, extractor, plain};

#[test]
fn attention_stays_with_the_person() {
    check(&[
        (
            "id",
            "<Rina Halim> mengatakan, [I:air sudah surut]. Pernyataan dinas menyebutkan data itu. \
             “[D:Kami menunggu perahu,]” ujarnya.",
            &["Rina Halim", "Rina Halim"],
        ),
        (
            "id",
            "Kehangatan juga dirasakan Nita, mahasiswa asal Desa Lareng, Lareng Utara. \
             <Ia> mengaku [I:sangat senang bisa pulang].",
            &["Nita"],
        ),
        (
            "id",
            "\"[D:Kami siap menjaga sungai itu,]\"\n\"[D:Kami siap menjaga sungai itu,]\" kata <Rina Halim>.",
            &["Rina Halim", "Rina Halim"],
        ),
        (
            "en",
            "“[D:The river is rising,]” Mr. <Moore> said. “[D:We wait for boats.]”",
            &["Moore", "Moore"],
        ),
        (
            "en",
            "[M:The town did “[F:too little,]”] <Alice Moore> said. “[D:Nothing has changed since May.]”",
            &["Alice Moore", "Alice Moore", "Alice Moore"],
        ),
    ]);
}

#[test]
fn a_relative_clause_belongs_to_its_speaker() {
    check(&[
        (
            "id",
            "<Seorang sumber yang mengetahui perundingan> mengatakan [I:kedua pihak sudah sepakat \
             mengenai harga]. “[D:Tinggal satu pasal,]” kata <sumber tersebut>.",
            &["sumber yang mengetahui perundingan"; 2],
        ),
        (
            "id",
            "<Seorang diplomat di Lareng yang meminta namanya dirahasiakan> menduga [I:surat itu \
             dibocorkan dari istana].",
            &["diplomat di Lareng yang meminta namanya dirahasiakan"],
        ),
        (
            "id",
            "<Seorang sumber yang hadir> mengatakan [I:pasar akan ditutup]. <Rina Halim> mengatakan \
             [I:itu keliru]. “[D:Mereka tahu,]” kata <sumber tersebut>.",
            &["sumber yang hadir", "Rina Halim", "sumber yang hadir"],
        ),
        (
            "en",
            "<A spokesman for Lareng Lines> said [I:the firm was sound]. “[D:We are safe,]” <the \
             spokesman> said.",
            &["spokesman for Lareng Lines"; 2],
        ),
        (
            "id",
            "<Rina Halim> yang hadir di lokasi mengatakan [I:banjir mulai surut].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Seorang pejabat pemerintahan Rina yang enggan disebut namanya> mengatakan [I:pasar \
             akan ditutup].",
            &["pejabat pemerintahan Rina yang enggan disebut namanya"],
        ),
        (
            "en",
            "<Two people who attended the meeting> said [I:the vote was close].",
            &["Two people who attended the meeting"],
        ),
    ]);
}

#[test]
fn carriers_circumstances_and_titles_are_no_speech() {
    check(&[
        (
            "en",
            "Governor Hasan Moore went on. “[D:No boat comes home,]” <he> said, according to the \
             Samodra news agency.",
            &["Hasan Moore"],
        ),
        (
            "en",
            "According to <Yosef Moore>, who leads the inquiry, [I:divers have found the wreck].",
            &["Yosef Moore"],
        ),
        (
            "en",
            "<The firm> said in a statement that [I:all its boats were safe].",
            &["firm"],
        ),
        (
            "en",
            "One year after a letter froze the deal, the minister has replied at length.",
            &[],
        ),
        (
            "en",
            "The survey report, “[F:Counting Fish]”, puts the stock below the old figure.",
            &["-"],
        ),
        (
            "en",
            "Opposition leader <Gareth Moore> called it “[F:a year late]”.",
            &["Gareth Moore"],
        ),
        (
            "en",
            "<A diplomat>, who asked not to be named, denied that [I:the letter had taken months].",
            &["diplomat"],
        ),
        (
            "en",
            "Minister <Ann Moore> said that [I:the port was shut]. <The minister> said [I:it was safe].",
            &["Ann Moore"; 2],
        ),
        (
            "id",
            "“[D:Warga agar merawat uang,]” demikian bunyi pesan dari <Dinas Pasar Lareng>.",
            &["Dinas Pasar Lareng"],
        ),
    ]);
}

#[test]
fn what_stands_between_a_clause_and_its_verb_is_no_part_of_it() {
    check(&[
        (
            "en",
            "[I:The road will be shut until May], the ministry's spokesman, <Ben Adler>, said.",
            &["Ben Adler"],
        ),
        (
            "en",
            "Neither Holm nor Lunt replied. “[D:I saw it,]” <Fred Lunt>, who lives nearby, told us.",
            &["Fred Lunt"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan bahwa, [I:jika hujan turun, pasar ditutup].",
            &["Rina Halim"],
        ),
        (
            "id",
            "<Rina Halim> menilai [I:kebijakan itu keliru]. Ia menyampaikan hal itu kepada wartawan.",
            &["Rina Halim"],
        ),
        (
            "id",
            "“[D:Ini bukan akhir,]” tegas <Rina Halim>. “[D:Ini awal.]”",
            &["Rina Halim"; 2],
        ),
    ]);
}

#[test]
fn who_speaks_at_the_head_of_a_sentence_is_named_in_full() {
    check(&[
        (
            "de",
            "<Clara Winter> betonte, dass [I:sie bleibe]. „[D:Das ist gut]“, sagte <Winter> am Montag.",
            &["Clara Winter"; 2],
        ),
        (
            "id",
            "<Eko Prabasa> menilai [I:timnya bermain buruk]. “[D:Kami lelah,]” kata <Prabasa>.",
            &["Eko Prabasa"; 2],
        ),
        (
            "id",
            "“[D:Rina sakit,]” kata <Galih>. Suami Rina, <Galih>, membenarkan [I:istrinya dirawat].",
            &["Galih"; 2],
        ),
        (
            "de",
            "Nach Angaben der <Feuerwehr> [I:begann der Brand in einer Küche].",
            &["Feuerwehr"],
        ),
    ]);
}

#[test]
fn whom_a_sentence_names_takes_the_place_of_one_without_a_name() {
    check(&[
        (
            "id",
            "“[D:Anda menyesal, Pak?]” tanya <wartawan> kepada Galih. Galih menggeleng. \
             “[D:Tidak,]” jawabnya pelan.",
            &["wartawan", "Galih"],
        ),
        (
            "id",
            "<Rina Halim> mengatakan [I:pasar tutup]. <Surat itu> berbunyi: “[D:Kami menuntut \
             keadilan.]”",
            &["Rina Halim", "Surat itu"],
        ),
        (
            "en",
            "“[D:It is over,]” said <Ann Moore>. <The White House> said [I:it would wait].",
            &["Ann Moore", "White House"],
        ),
    ]);
}

#[test]
fn a_body_that_is_pointed_at_is_the_last_one() {
    check(&[
        (
            "id",
            "Rina Halim menunggu. <PT Layar Lareng> membantah [I:telah mengabaikan perawatan]. \
             “[D:Semua kapal kami laik laut,]” tulis <perusahaan itu> dalam keterangan resmi.",
            &["PT Layar Lareng"; 2],
        ),
        (
            "id",
            "<Kementerian Pasar> mengatakan [I:pasar akan ditutup]. “[D:Kami tidak mengomentari \
             surat,]” demikian <keterangan kementerian itu>.",
            &["Kementerian Pasar"; 2],
        ),
    ]);
}

#[test]
fn a_sentence_that_did_something_and_said_keeps_its_subject() {
    check(&[
        (
            "en",
            "Governor <Tom Arlen> cut the ribbon with a smile and said: “[D:We kept our word.]”",
            &["Tom Arlen"],
        ),
        (
            "en",
            "Ann Selby was there. She missed the start, <she> laughed and said, “[D:Next time, then.]”",
            &["Ann Selby"],
        ),
        (
            "id",
            "<Rina Halim> berterima kasih kepada warga yang datang, dan berkata, “[D:Saya akan bekerja keras.]”",
            &["Rina Halim"],
        ),
        (
            "de",
            "„[D:Das ist ein Anfang]“, sagte <Petra Lindner> und fügte hinzu: „[D:Wir bleiben dabei.]“",
            &["Petra Lindner", "Petra Lindner"],
        ),
    ]);
}

#[test]
fn a_colon_gives_the_word_to_whom_the_sentence_is_about() {
    check(&[
        (
            "id",
            "Rina Halim datang pada Senin. <Ia> tampak kesal: “[D:Kita tidak bisa menunggu lagi.]”",
            &["Rina Halim"],
        ),
        (
            "en",
            "Rina Halim spoke first. Governor <Tom Arlen> closed the meeting with the words: “[D:We meet again next month.]”",
            &["Tom Arlen"],
        ),
        (
            "de",
            "Rina Halm kam zuerst. Der Minister <Karl Oberauer> reagierte gelassen: „[D:Wir warten noch.]“",
            &["Karl Oberauer"],
        ),
        // Not whom the sentence is about, but what stands first in it.
        (
            "id",
            "Rina Halim datang pada Senin. Reaksi mereka beragam: “[D:Kita tidak bisa menunggu lagi.]”",
            &["Rina Halim"],
        ),
    ]);
}

#[test]
fn a_medium_that_quotes_another_is_the_carrier() {
    let cases = [
        (
            "en",
            "Ann Selby was there. The Lareng Post quoted <Tom Arlen> as saying: “[D:We kept our word.]”",
            "Tom Arlen",
            Some("Lareng Post"),
        ),
        (
            "en",
            "The Lareng Post quoted <Ann Selby> as saying that [I:the bridge was safe].",
            "Ann Selby",
            Some("Lareng Post"),
        ),
        (
            "en",
            "<Mary Holt> was quoted by the Lareng Post as saying, “[D:Nobody asked us.]”",
            "Mary Holt",
            Some("Lareng Post"),
        ),
        (
            "en",
            "“[D:It is over,]” <Jane Orton> was quoted as saying.",
            "Jane Orton",
            None,
        ),
        (
            "id",
            "Harian Lareng mengutip <Rina Halim> yang mengatakan bahwa [I:jembatan itu sudah aman].",
            "Rina Halim",
            Some("Harian Lareng"),
        ),
        (
            "id",
            "Harian Lareng mengutip pernyataan Wali Kota <Bima Putra> bahwa [I:perbaikan dimulai besok].",
            "Bima Putra",
            Some("Harian Lareng"),
        ),
        (
            "id",
            "Menurut laporan <Kantor Berita Ambar>, [I:jembatan itu sudah dibuka].",
            "Kantor Berita Ambar",
            None,
        ),
        (
            "id",
            "“[D:Kami siap,]” kata <Rina Halim> mengutip laman Kabar Ambar.",
            "Rina Halim",
            Some("Kabar Ambar"),
        ),
        (
            "de",
            "Der Lareng Kurier zitiert <Petra Lindner> mit den Worten: „[D:Wir ziehen nicht aus dem Dorf.]“",
            "Petra Lindner",
            Some("Lareng Kurier"),
        ),
    ];
    let extractor = extractor();
    for (lang, expected, speaker, via) in cases {
        let article = article(lang, &plain(expected));
        let quotes = extractor.extract(&article);
        assert_eq!(annotated(&article, &quotes), expected);
        let quote = &quotes[0];
        assert_eq!(
            article.speaker(quote).as_deref(),
            Some(speaker),
            "{expected}"
        );
        let carrier = quote.via.map(|via| via.of(&article.text));
        assert_eq!(carrier, via, "{expected}");
    }
}

#[test]
fn guests_that_are_listed_take_no_ones_place() {
    check(&[
        (
            "id",
            "“[D:Kami setuju,]” kata <Rina Halim>. Turut hadir Menteri Pangan Bima Sakti, Gubernur Lareng Hasan Tolai. \
             <Dia> menyatakan bahwa [I:jalan itu akan dibuka]. “[D:Kami siap,]” kata <Bima Sakti>. “[D:Kami juga,]” kata <Hasan Tolai>.",
            &["Rina Halim", "Rina Halim", "Bima Sakti", "Hasan Tolai"],
        ),
        // Who stands at the head behind an adverb and its comma comes before who is named later.
        (
            "id",
            "“[D:Kami setuju,]” kata <Rina Halim>. “[D:Kami tidak,]” kata <Bima Sakti>. Lebih lanjut, Rina menanggapi \
             keputusan Menteri Pangan Hasan Tolai. <Dia> menyatakan bahwa [I:jalan itu akan dibuka].",
            &["Rina Halim", "Bima Sakti", "Rina Halim"],
        ),
    ]);
}

#[test]
fn one_who_is_spoken_of_does_not_take_over_the_word() {
    check(&[
        (
            "id",
            "“[D:Korban dua orang,]” kata <Nofri Daulay>. Rudi Hartanto dijerat pasal pencurian. \
             Rudi pernah mengatakan itu. “[D:Pelaku Rudi Hartanto mengaku menyesal,]” katanya.",
            &["Nofri Daulay"; 2],
        ),
        (
            "en",
            "<Ken Ito> said [I:it was a bubble]. Ito's co-founder, Mia Sato, disagreed. “[D:We are just starting,]” <she> said.",
            &["Ken Ito", "Mia Sato"],
        ),
        (
            "en",
            "<Alice Moore> said [I:the road was shut]. “[D:We wait,]” <a spokesman> said.",
            &["Alice Moore", "spokesman"],
        ),
        (
            "en",
            "“[D:The harbour was always ours,]” she said in Parliament, then added: “[D:We keep it.]” \
             Later <Alice Moore> said: “[D:It is ours.]”",
            &["-", "-", "Alice Moore"],
        ),
    ]);
}

#[test]
fn a_colon_behind_a_new_name_carries_nothing_on() {
    check(&[(
        "de",
        "„[D:Das war nichts]“, sagte <Uwe Brandner>. Torwart <Nils Ohlsen> lobte die Mannschaft: „[D:Ein Traum.]“",
        &["Uwe Brandner", "Nils Ohlsen"],
    )]);
}

#[test]
fn a_surname_or_the_word_before_a_name_tells_no_gender() {
    check(&[(
        "en",
        "<Ilhan Omar> said [I:the letter was kind]. Sonya Clark was there. Omar wrote it. “[D:We must teach love,]” <she> said.",
        &["Ilhan Omar", "Ilhan Omar"],
    )]);
}
