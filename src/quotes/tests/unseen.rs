//! What articles have that nobody has tuned to, each with cases of its kind.

use super::{article, check, extractor};

#[test]
fn an_interview_names_who_answers_and_leaves_out_who_asks() {
    let lead = "Alice Moore counts benches. Moore has done so for years.\n";
    let cases = [
        (
            "en",
            "Q: Why benches?\nA: Because nobody counts them.\nI found nine in a yard.\nQ: And now?\nA: Now I sit.",
            &[
                "Alice Moore: Because nobody counts them.",
                "Alice Moore: I found nine in a yard.",
                "Alice Moore: Now I sit.",
            ][..],
        ),
        (
            "en",
            "Lareng Post: Why benches?\nMoore: Because I like them.\nLareng Post: And now?\nMoore: Now I sit.\nMoore is a baker.",
            &[
                "Alice Moore: Because I like them.",
                "Alice Moore: Now I sit.",
            ],
        ),
        (
            "de",
            "Lareng Post: Warum Bänke?\nMoore: Weil ich sie mag.\nLareng Post: Und jetzt?\nMoore: Jetzt sitze ich.",
            &[
                "Alice Moore: Weil ich sie mag.",
                "Alice Moore: Jetzt sitze ich.",
            ],
        ),
        // One label is no interview.
        ("en", "Note: Bring a coat.\nPrice: Nine pounds.", &[]),
    ];
    for (lang, text, expected) in cases {
        let article = article(lang, &format!("{lead}{text}"));
        let quotes = extractor().extract(&article);
        let got: Vec<_> = quotes
            .iter()
            .map(|quote| {
                let speaker = article.speaker(quote).unwrap_or_default();
                format!("{speaker}: {}", article.words(quote.span))
            })
            .collect();
        assert_eq!(got, expected, "{text}");
    }
}

#[test]
fn two_who_are_joined_speak_together() {
    check(&[
        (
            "id",
            "“[D:Kami minta maaf,]” ujar <Rina dan kapten tim Bima Sakti>. <Keduanya> menambahkan bahwa [I:mereka kelelahan]. \
             Bima Sakti lalu pulang. Rina Halim tidak.",
            &["Rina Halim; Bima Sakti", "Rina Halim; Bima Sakti"],
        ),
        (
            "en",
            "Captain <Alice Moore and midfielder Tom Hill> issued an apology, writing: “[D:We owe you one.]”",
            &["Alice Moore; Tom Hill"],
        ),
        (
            "de",
            "Kapitän Bodo Kern und Torwart Ulf Hansen stellten sich hinter ihn. „[D:Er hat uns geholt]“, sagten <beide>.",
            &["Bodo Kern; Ulf Hansen"],
        ),
    ]);
}

#[test]
fn a_predicate_is_no_speaker() {
    check(&[(
        "en",
        "The geographer <Alice Moore>, whose book “[F:Where to Sit]” came out in January, argues that [I:the town has shut its door].",
        &["-", "Alice Moore"],
    )]);
}

#[test]
fn a_document_has_the_words_of_who_issued_it() {
    check(&[
        (
            "en",
            "<The parks department> said in an email that [I:the plan was under review]. It gave no date. \
             “[D:We are committed to benches,]” <the email> read.",
            &["parks department", "parks department"],
        ),
        (
            "id",
            "<Panitia Lareng>, dalam pernyataan tertulis, membantah [I:pernah meminta uang]. “[D:Kami menghormati semua,]” \
             demikian bunyi <pernyataan itu>.",
            &["Panitia Lareng", "Panitia Lareng"],
        ),
    ]);
}

#[test]
fn an_office_in_small_letters_leads_back_to_its_bearer() {
    check(&[(
        "en",
        "A forensic auditor, <Tom Hill>, testified that [I:the books differed]. “[D:Some?]” asked <Alice Moore>. \
         “[D:A fifth,]” <the auditor> replied.",
        &["Tom Hill", "Alice Moore", "Tom Hill"],
    )]);
}

#[test]
fn who_was_not_charged_may_speak() {
    check(&[(
        "en",
        "“[D:He signs the cheques,]” <Alice Moore> said. The owner, Walter Hill, has not been charged. In court, <he> said \
         [I:he trusted her].",
        &["Alice Moore", "Walter Hill"],
    )]);
}

#[test]
fn who_is_addressed_or_speaks_for_another_is_told_from_the_speaker() {
    check(&[
        (
            "id",
            "Direktur festival, <Rina Halim>, kepada Meridian mengatakan bahwa [I:film itu terlalu panjang].",
            &["Rina Halim"],
        ),
        (
            "id",
            "Direktur Utama Lareng Jaya Rina Halim melalui Sekretaris Perusahaan <Bima Sakti> memastikan [I:tidak ada PHK].",
            &["Bima Sakti"],
        ),
        (
            "id",
            "Menurut anggota tim lain, ahli gizi <Samuel Patti>, [I:air terjun itu terlalu bising].",
            &["Samuel Patti"],
        ),
    ]);
}

#[test]
fn an_age_or_a_word_for_a_person_points_at_the_person_in_mind() {
    check(&[
        (
            "de",
            "Der Vorsitzende Bodo Kern lachte. „[D:Man kann Holz nicht streamen]“, ätzte <der 70-Jährige>.",
            &["Bodo Kern"],
        ),
        (
            "de",
            "„[D:Der Schnee bleibt liegen]“, sagt <Bodo Kern>. „[D:Heute halte ich die Latte]“, erzählt <der frühere Weltmeister>.",
            &["Bodo Kern", "Bodo Kern"],
        ),
    ]);
}

#[test]
fn what_is_condemned_or_likened_is_in_the_words_of_who_does_so() {
    check(&[
        (
            "en",
            "The operator, <Lareng Minerals>, has condemned the account as “[F:baseless and hurtful]”.",
            &["Lareng Minerals"],
        ),
        (
            "id",
            "“[D:Kami siap,]” kata <Rina Halim>. <Ia> mengibaratkannya dengan “[F:bernyanyi di samping mesin]”.",
            &["Rina Halim", "Rina Halim"],
        ),
    ]);
}

#[test]
fn a_body_or_a_report_is_named_whole_and_a_verb_is_no_speaker() {
    check(&[
        (
            "en",
            "In a tweet, <the Indian embassy> said [I:visas would be revised].",
            &["Indian embassy"],
        ),
        (
            "en",
            "[I:The river has doubled], according to <a new report from the ministry>.",
            &["new report from the ministry"],
        ),
        (
            "en",
            "<Those who know Mariyah best> would say [I:she is bright and helpful].",
            &["Those who know Mariyah best"],
        ),
        (
            "en",
            "Alice Moore apologized for the outages and renewed his 2016 campaign pledge to attend the funeral of a protester.",
            &[],
        ),
    ]);
}

#[test]
fn the_name_that_opens_a_sentence_has_its_first_word() {
    check(&[
        (
            "en",
            "Yolandra Hiller was sure of it. Then Hiller went home. “[D:I heard a bell,]” <Hiller> said.",
            &["Yolandra Hiller"],
        ),
        (
            "en",
            "Sadly Hiller was late. Oona Hiller wrote a letter. “[D:I heard a bell,]” <Hiller> said.",
            &["Oona Hiller"],
        ),
        // Not two words that lost what stood between them.
        (
            "en",
            "<Anna LaCalamita> said [I:the shop was shut]. <VoteVans> said [I:it was not].",
            &["Anna LaCalamita", "VoteVans"],
        ),
        (
            "en",
            "“[D:It shook,]” said <Jan Moore>. “[D:Twice,]” said Dist. Atty. <Steve Hill>.",
            &["Jan Moore", "Steve Hill"],
        ),
        (
            "en",
            "Lareng County deputy ferry examiner <Rodney Hill> said [I:the boat was safe].",
            &["Rodney Hill"],
        ),
    ]);
}

#[test]
fn an_adverb_before_the_verb_is_no_speaker() {
    check(&[(
        "en",
        "<Tom Hill>, a baker, adamantly denied that [I:he had the key].",
        &["Tom Hill"],
    )]);
}

#[test]
fn a_participle_has_the_subject_that_a_preposition_governs_with_it() {
    check(&[
        (
            "en",
            "“[D:Come along,]” said <Alice Moore>. Many sew at home, with <Moore> stressing that [I:every stitch counts].",
            &["Alice Moore", "Alice Moore"],
        ),
        (
            "en",
            "<Alice Moore>, who is writing a book on the river, said [I:it floods].",
            &["Alice Moore"],
        ),
    ]);
}

#[test]
fn a_relative_clause_or_a_passive_reports_nothing() {
    check(&[
        (
            "en",
            "The two towns agreed on a plan for the ferry that could end the queue.",
            &[],
        ),
        (
            "en",
            "The court heard a tape of what they said was a bell.",
            &[],
        ),
        (
            "en",
            "Tom Hill, accused of “[F:stealing a bell]”, went home.",
            &["-"],
        ),
        (
            "en",
            "<The group>, which calls Tom Hill a “[F:danger to bells]”, has a site.",
            &["group"],
        ),
    ]);
}

#[test]
fn to_mumble_is_to_speak() {
    check(&[(
        "en",
        "Tom Hill sat down. At last <he> mumbled, “[D:I am tired.]”",
        &["Tom Hill"],
    )]);
}

#[test]
fn a_sentence_ends_behind_a_bracket_and_behind_an_abbreviation() {
    check(&[
        (
            "en",
            "The road is shut. (It has no gate.) “[D:We wait,]” <Alice Moore> said.",
            &["Alice Moore"],
        ),
        (
            "en",
            "The mayor praised Tom Hill Jr. [I:The road is open], <Alice Moore> said.",
            &["Alice Moore"],
        ),
    ]);
}

#[test]
fn what_an_office_is_of_is_not_who_bears_it() {
    check(&[(
        "en",
        "Ann Mayawa spoke. “[D:Wait,]” <she> said. <The former Lareng Coast chief minister> also said \
         [I:nobody should leave]. “[D:They live,]” <she> said.",
        &["Ann Mayawa", "Ann Mayawa", "Ann Mayawa"],
    )]);
}

#[test]
fn a_team_or_a_hospital_is_no_woman_and_no_man() {
    check(&[
        (
            "en",
            "The Harriers lost again and coach Tom Hill is tired of it. “[D:It is one game,]” <he> said.",
            &["Tom Hill"],
        ),
        (
            "en",
            "Shelly Moore retired in May. She began at the old Grace Hospital. “[D:I cried,]” <she> said.",
            &["Shelly Moore"],
        ),
    ]);
}

#[test]
fn a_question_and_the_answer_of_another_have_their_own_speakers() {
    check(&[(
        "en",
        "<Kate Moore>, a baker, asks customers, “[D:What do we want?]” Grocer <Tom Hill> argues, “[D:It is not enough to ask.]”",
        &["Kate Moore", "Tom Hill"],
    )]);
}

#[test]
fn what_stands_beside_a_text_is_no_speaker() {
    check(&[
        (
            "en",
            "The baker Ann Moore left. Advertisement <The host> said [I:she was late].",
            &["Ann Moore"],
        ),
        (
            "en",
            "Their chants included, “[F:Ten! Nine! Ring the bell now!]”",
            &["-"],
        ),
        (
            "en",
            "Ann Moore spoke for an hour. But asked how she meant to pay, she smiled.",
            &[],
        ),
    ]);
}

#[test]
fn who_condemns_something_calls_it_so() {
    check(&[(
        "en",
        "Chancellor <Ann Moore> has used strong words to condemn an “[F:outrageous]” attack.",
        &["Ann Moore"],
    )]);
}

#[test]
fn a_place_before_a_common_noun_is_no_speaker() {
    check(&[
        (
            "en",
            "But <the Egyptian communications ministry> said that [I:ships were on their way].",
            &["Egyptian communications ministry"],
        ),
        (
            "en",
            "[I:The navy took the boat], <Indian officials> said.",
            &["Indian officials"],
        ),
        (
            "en",
            "<The Harbor university> said [I:the fish were counted].",
            &["Harbor university"],
        ),
        (
            "en",
            "<A Harbor spokeswoman>, asked about floods in Spain, Italy, France and elsewhere, recently said [I:nobody knew].",
            &["Harbor spokeswoman"],
        ),
        (
            "en",
            "The <Department of Roads and Harbours> said [I:the quay was shut].",
            &["Department of Roads and Harbours"],
        ),
        (
            "en",
            "Commodore <Neil Hill> said [I:the boat was safe]. Newly elected Lareng Mayor <Bonnie Moore> said [I:it was not].",
            &["Neil Hill", "Bonnie Moore"],
        ),
    ]);
}

#[test]
fn what_tells_of_the_speaker_is_no_part_of_the_report() {
    check(&[
        (
            "en",
            "One thing was new about the place, said <Bonnie Moore>: “[D:She felt at home in the cold.]”",
            &["Bonnie Moore"],
        ),
        (
            "en",
            "[I:Sixteen people were on the boat], said <Rodney Hill>, owner of the Lareng Star.",
            &["Rodney Hill"],
        ),
        (
            "en",
            "According to <Rodney Hill>, research director of the bank, [I:the shops are likely to be shut].",
            &["Rodney Hill"],
        ),
    ]);
}

#[test]
fn an_adverb_is_no_sign_of_a_clause() {
    check(&[(
        "en",
        "The crew called a further four boats to help. In all of this, the captain reports to the council.",
        &[],
    )]);
}

#[test]
fn in_german_the_subject_is_told_from_what_stands_around_it() {
    check(&[
        (
            "de",
            "<Dora Isak>, die Sekretärin des Verbands der Lotsen sagte der Zeitung, [I:es sei schwierig].",
            &["Dora Isak"],
        ),
        (
            "de",
            "Nach einem Bericht der Zeitung <Lareng Post> [I:gelang ihm die Flucht]. Der englischsprachigen Zeitung sagte \
             <Filip Kern>: „[D:Ich bleibe hier.]“",
            &["Lareng Post", "Filip Kern"],
        ),
        (
            "de",
            "Offiziell sagt die <Regierung>, [I:man gebe den Lotsen viele Freiheiten].",
            &["Regierung"],
        ),
    ]);
}

#[test]
fn in_german_a_passive_a_reason_or_an_infinitive_reports_nothing() {
    check(&[
        (
            "de",
            "Die Stadt kassiert 150 Euro, hinzu kommen noch die Kosten der Fähre.",
            &[],
        ),
        (
            "de",
            "Es ist eine Illusion zu glauben, dass alle folgen würden.",
            &[],
        ),
        (
            "de",
            "Dora Isak bezeichnete die Zahlen als vorläufig, da der Ort noch nicht abgesucht sei.",
            &[],
        ),
        (
            "de",
            "Der Plan ist ein Kompromiss, der zufolge die Fähre bleibt.",
            &[],
        ),
    ]);
}

#[test]
fn nobody_in_mind_is_meant_by_a_word_for_things() {
    check(&[
        (
            "de",
            "Dora Isak sprach mit den Lotsen. <Es> heißt nun, dass [I:22 Boote fehlten].",
            &["-"],
        ),
        (
            "de",
            "In <der Anklageschrift> hieß es, [I:der Lotse habe sie geängstigt].",
            &["Anklageschrift"],
        ),
    ]);
}

#[test]
fn nobody_bears_what_a_body_or_a_passive_is_called() {
    check(&[
        (
            "en",
            "Const. <Tim Hill> said [I:the man was hurt]. Police Const. Hill left. [I:A man fell], according to <police>.",
            &["Tim Hill", "police"],
        ),
        (
            "en",
            "Tom Hill said nothing. He has been described as “[F:the apple of the town’s eye]”.",
            &["-"],
        ),
        (
            "en",
            "<Initial> estimates indicate that [I:the repair will take a week].",
            &["Initial estimates"],
        ),
        (
            "en",
            "The cuts were announced last week so that the town can pay its bills.",
            &[],
        ),
    ]);
}

#[test]
fn in_german_the_office_leads_over_its_place_to_the_name() {
    check(&[
        (
            "de",
            "„[D:Die Lage ist ernst]“, sagte der Kommandeur der Truppen im Norden, General <Ulf Kern>, am Montag.",
            &["Ulf Kern"],
        ),
        (
            "de",
            "Die <Truppen> konnten eigenen Angaben zufolge [I:500 Boote retten].",
            &["Truppen"],
        ),
    ]);
}

#[test]
fn a_joined_verb_and_an_adjective_have_no_subject_of_their_own() {
    check(&[
        (
            "en",
            "<Bill Moore> said [I:it was late]. Moore has dozens of boats but has said [I:his town needs none].",
            &["Bill Moore", "Bill Moore"],
        ),
        (
            "en",
            "Ann Moore follows a heavily criticised performance this year by the choir.",
            &[],
        ),
        (
            "en",
            "<Bob Moore> of The Lareng Post said [I:he first spoke with her in May].",
            &["Bob Moore"],
        ),
        (
            "en",
            "Bob Moore met the Moore Administration. <Moore> said [I:he was glad].",
            &["Bob Moore"],
        ),
    ]);
}

#[test]
fn a_noun_behind_a_name_is_no_verb() {
    check(&[
        (
            "en",
            "According to <media reports>, [I:the river rose by a yard].",
            &["media reports"],
        ),
        (
            "en",
            "<Marfin bank officials> told the Post [I:the doors were shut].",
            &["Marfin bank officials"],
        ),
        (
            "en",
            "A warship left New Delhi on Monday. “[D:It altered course,]” <the officer> said.",
            &["officer"],
        ),
    ]);
}

#[test]
fn a_clause_that_hangs_on_another_names_no_speaker() {
    check(&[(
        "de",
        "<Trumm> selbst sagte auf die Frage einer Reporterin, ob [I:der Grund der Boots-Beschlagnahme Drogen seien:] \
         „[D:Es geht um viele Dinge.]“ Jens Trumm ging.",
        &["Jens Trumm", "Jens Trumm"],
    )]);
}
