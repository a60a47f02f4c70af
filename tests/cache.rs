//! What was parsed, kept: a reading with the cache gives what one without it gives, whatever
//! happened to the files or to the cache meanwhile.

#![allow(clippy::unwrap_used)] // a test may fail loudly

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use kutip::cache::CacheDir;
use kutip::ingest::{Report, Request};
use kutip::model::{Article, Issue};
use kutip::work::{Engine, load_all};
use proptest::prelude::*;
use tempfile::TempDir;

/// An article of our own, long enough that a few hundred are worth keeping.
fn article(number: usize) -> String {
    let day = number % 28 + 1;
    format!(
        "Jembatan Kenanga Ditutup Hari Ke-{number}\n\nKanal Kota, Senin ({day}/5/2023)\n\n\
         KENANGA -- Wali Kota Surapati menutup Jembatan Kenanga bagi semua kendaraan.\n\n\
         \"Kami tidak mau mengambil risiko {number},\" kata Surapati di Balai Kota.\n\n\
         Menurut Ratri Lembayung, warga memakai jembatan lama. “Perbaikan berlangsung \
         {number} hari,” ujarnya.\n\n{}",
        "Ia meminta warga bersabar selama perbaikan. ".repeat(30)
    )
}

/// Written so long ago that a change would show.
fn write(path: &Path, text: &str, age: u64) {
    fs::write(path, text).unwrap();
    let time = SystemTime::now() - Duration::from_secs(age);
    File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}

struct Library {
    corpus: TempDir,
    cache: TempDir,
}

impl Library {
    fn new(articles: usize) -> Self {
        let this = Self {
            corpus: tempfile::tempdir().unwrap(),
            cache: tempfile::tempdir().unwrap(),
        };
        for number in 0..articles {
            write(&this.file(number), &article(number), 600);
        }
        let lines = (0..3).map(|number| {
            let text = article(number);
            format!("{{\"id\": \"r{number}\", \"text\": {text:?}}}\n")
        });
        let records = lines.collect::<String>() + "{broken\n";
        write(&this.corpus.path().join("zz.jsonl"), &records, 600);
        this
    }

    fn file(&self, number: usize) -> PathBuf {
        self.corpus.path().join(format!("{number:04}.txt"))
    }

    fn place(&self) -> CacheDir {
        CacheDir::new(self.cache.path().to_owned())
    }

    fn read(&self, engine: &Engine) -> (Vec<Article>, Vec<Issue>) {
        let loaded = load_all(
            engine,
            &Request::new([self.corpus.path().to_string_lossy()]),
        );
        let articles = loaded.corpus.iter().map(|(_, article)| article.clone());
        (articles.collect(), loaded.issues)
    }

    fn cold(&self) -> (Vec<Article>, Vec<Issue>) {
        self.read(&Engine::new(None).unwrap())
    }

    fn warm(&self) -> (Vec<Article>, Vec<Issue>) {
        self.read(&Engine::new(None).unwrap().with_cache(self.place()))
    }

    fn segments(&self) -> Vec<PathBuf> {
        let folders = fs::read_dir(self.cache.path()).unwrap().flatten();
        let files = folders.flat_map(|folder| fs::read_dir(folder.path()).unwrap().flatten());
        let paths = files.map(|file| file.path());
        paths
            .filter(|path| path.extension().is_some_and(|end| end == "seg"))
            .collect()
    }

    fn segment(&self) -> PathBuf {
        let segments = self.segments();
        assert_eq!(segments.len(), 1, "{segments:?}");
        segments.into_iter().next().unwrap()
    }
}

#[test]
fn a_second_reading_gives_what_the_first_gave() {
    let library = Library::new(200);
    let cold = library.cold();
    assert_eq!(cold.0.len(), 203);
    assert_eq!(cold.1.len(), 1, "the broken record is a fault each time");
    assert_eq!(library.warm(), cold, "it is written");
    let written = fs::metadata(library.segment()).unwrap().modified().unwrap();
    assert_eq!(library.warm(), cold, "it is read");
    let again = fs::metadata(library.segment()).unwrap().modified().unwrap();
    assert_eq!(written, again, "nothing is written where nothing changed");
}

#[test]
fn what_changed_is_parsed_anew_and_what_is_gone_is_gone() {
    let library = Library::new(200);
    library.warm();
    // The same length: only the time of writing tells.
    write(
        &library.file(7),
        &article(7).replace("risiko", "bahaya"),
        300,
    );
    fs::remove_file(library.file(9)).unwrap();
    write(&library.file(500), &article(500), 300);
    let warm = library.warm();
    assert_eq!(warm, library.cold());
    assert!(
        warm.0
            .iter()
            .any(|article| article.text.contains("bahaya 7"))
    );
    for round in 0..12_u64 {
        for number in 0..200 {
            write(&library.file(number), &article(number + 1), 200 - round);
        }
        assert_eq!(library.warm(), library.cold());
    }
    let bytes: u64 = library
        .place()
        .usage()
        .iter()
        .map(|corpus| corpus.bytes)
        .sum();
    let text: usize = library
        .cold()
        .0
        .iter()
        .map(|article| article.text.len())
        .sum();
    assert!(
        bytes < 6 * text as u64,
        "{bytes} of cache for {text} of text"
    );
}

#[test]
fn a_file_that_was_just_written_is_not_trusted() {
    let library = Library::new(200);
    write(&library.file(3), &article(3), 0);
    let stamp = fs::metadata(library.file(3)).unwrap().modified().unwrap();
    library.warm();
    fs::write(library.file(3), article(3).replace("risiko", "bahaya")).unwrap();
    File::options()
        .write(true)
        .open(library.file(3))
        .unwrap()
        .set_modified(stamp)
        .unwrap();
    assert_eq!(library.warm(), library.cold());
}

#[test]
fn other_rules_and_other_options_find_nothing_of_these() {
    let library = Library::new(200);
    library.warm();
    let packs = tempfile::tempdir().unwrap();
    fs::write(
        packs.path().join("id.toml"),
        "[speech]\nverbs = [\"bersabda\"]\n",
    )
    .unwrap();
    let engine = || Engine::new(Some(packs.path()));
    let engine = engine().unwrap().with_cache(library.place());
    library.read(&engine);
    library.segment();
    assert_eq!(library.warm(), library.cold());
}

#[test]
fn the_oldest_goes_where_the_bound_is_reached_and_clearing_leaves_foreign_files() {
    let (first, second) = (Library::new(200), Library::new(210));
    let size = |place: &CacheDir| {
        place
            .usage()
            .iter()
            .map(|corpus| corpus.bytes)
            .collect::<Vec<_>>()
    };
    let place = first.place();
    let engine = |place: CacheDir| Engine::new(None).unwrap().with_cache(place);
    first.read(&engine(place.clone()));
    let one = size(&place)[0];
    let place = place.with_most(one * 3 / 2);
    second.read(&engine(place.clone()));
    let usage = place.usage();
    assert_eq!(usage.len(), 1);
    assert_eq!(usage[0].corpus, second.corpus.path().to_string_lossy());
    let elsewhere = tempfile::tempdir().unwrap();
    let small = CacheDir::new(elsewhere.path().to_owned()).with_most(1000);
    first.read(&engine(small.clone()));
    assert!(small.usage().is_empty(), "too large a corpus is not kept");
    let foreign = place.folder().join("mine.txt");
    fs::write(&foreign, "not the cache's").unwrap();
    place.clear().unwrap();
    assert!(place.usage().is_empty() && foreign.exists());
}

#[test]
fn two_readers_share_it() {
    let library = Arc::new(Library::new(200));
    let cold = library.cold();
    let read = |_| {
        let library = Arc::clone(&library);
        std::thread::spawn(move || library.warm())
    };
    let readers: Vec<_> = (0..4).map(read).collect();
    for reader in readers {
        assert_eq!(reader.join().unwrap(), cold);
    }
    assert_eq!(library.warm(), cold);
}

#[test]
fn a_folder_that_cannot_be_written_harms_nothing() {
    let library = Library::new(200);
    let file = library.cache.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let engine = Engine::new(None).unwrap().with_cache(CacheDir::new(file));
    assert_eq!(library.read(&engine), library.cold());
}

/// One file above the size at which the records of a file are read in parallel.
fn write_large(library: &Library) {
    let records = (0..240).map(|number| {
        let text = article(number) + &"Ia meminta warga bersabar.\n".repeat(700);
        format!("{{\"id\": \"large{number}\", \"text\": {text:?}}}\n")
    });
    let large = library.corpus.path().join("large.jsonl");
    write(&large, &records.collect::<String>(), 600);
    assert!(fs::metadata(large).unwrap().len() > 4 << 20);
}

/// Reads, and before each batch is taken does what is to be done.
fn read_with(library: &Library, place: CacheDir, between: impl Fn() + Sync) -> Vec<Article> {
    let engine = Engine::new(None).unwrap().with_cache(place);
    let request = Request::new([library.corpus.path().to_string_lossy()]);
    let articles = Mutex::new(Vec::new());
    engine.load(&request, &AtomicBool::new(false), |report| {
        if let Report::Articles(batch) = report {
            between();
            articles.lock().unwrap().extend(batch);
        }
    });
    articles.into_inner().unwrap()
}

#[test]
fn texts_beyond_the_budget_leave_memory_in_a_first_and_a_later_reading() {
    let library = Library::new(300);
    write_large(&library);
    let (cold, _) = library.cold();
    let all: usize = cold.iter().map(|article| article.text.len()).sum();
    let held = all / 4;
    let expect = |what: &str, articles: Vec<Article>, is_moved: bool| {
        assert_eq!(articles, cold, "{what}");
        let key = |article: &Article| article.text.key();
        assert!(articles.iter().map(key).eq(cold.iter().map(key)), "{what}");
        let own = articles.iter().filter(|article| !article.text.is_mapped());
        let own: usize = own.map(|article| article.text.len()).sum();
        assert_eq!(own <= held, is_moved, "{what}: {own} of {all} bytes");
    };
    let fresh = || tempfile::tempdir().unwrap();
    let place = |cache: &TempDir| CacheDir::new(cache.path().to_owned());
    let cache = fresh();
    let bounded = || place(&cache).with_held(held as u64);
    expect(
        "a first reading",
        read_with(&library, bounded(), || ()),
        true,
    );
    expect("a second one", read_with(&library, bounded(), || ()), true);
    let usual = read_with(&library, place(&cache), || ());
    expect("within the usual budget", usual, false);
    let remove = || {
        let _ = fs::remove_dir_all(cache.path());
    };
    let first = read_with(&library, bounded(), remove);
    expect("a cache that is removed meanwhile", first, true);
    let in_the_way = cache.path().join("file");
    fs::create_dir_all(cache.path()).unwrap();
    fs::write(&in_the_way, "").unwrap();
    let first = CacheDir::new(in_the_way).with_held(held as u64);
    expect(
        "no place to write",
        read_with(&library, first, || ()),
        false,
    );
}

/// Does `damage` to every file of the cache, in place.
fn damage_all(cache: &Path, damage: &dyn Fn(&File)) {
    let entries = fs::read_dir(cache).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            damage_all(&path, damage);
        } else if let Ok(file) = File::options().write(true).open(path) {
            damage(&file);
        }
    }
}

#[test]
fn a_cache_that_is_damaged_while_it_is_read_changes_no_text() {
    let library = Library::new(200);
    let (cold, _) = library.cold();
    let truncate = |file: &File| file.set_len(16).unwrap();
    let overwrite = |file: &File| {
        let len = file.metadata().unwrap().len() as usize;
        std::os::unix::fs::FileExt::write_all_at(file, &vec![0xf5; len], 0).unwrap();
    };
    let damages: [&(dyn Fn(&File) + Sync); 2] = [&truncate, &overwrite];
    for damage in damages {
        for held in [u64::MAX, 64 << 10] {
            let place = || library.place().with_held(held);
            let damage = || damage_all(library.cache.path(), damage);
            let articles = read_with(&library, place(), damage);
            assert!(articles == cold, "while it is written");
            assert!(
                read_with(&library, place(), || ()) == cold,
                "read after that"
            );
            let articles = read_with(&library, place(), damage);
            assert!(articles == cold, "while it is read");
        }
    }
}

#[test]
fn a_file_that_is_put_back_with_its_old_time_is_read_anew() {
    let library = Library::new(200);
    library.warm();
    let file = library.file(3);
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    let put_back = |path: &Path| {
        fs::write(path, article(3).replace("risiko", "bahaya")).unwrap();
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(written).unwrap();
    };
    put_back(&file);
    assert_eq!(library.warm(), library.cold(), "written in place");
    fs::remove_file(&file).unwrap();
    write(&file, &article(3), 600);
    library.warm();
    let beside = library.corpus.path().join("beside");
    put_back(&beside);
    fs::rename(&beside, &file).unwrap();
    assert_eq!(library.warm(), library.cold(), "another file in its place");
}

#[test]
fn dates_that_the_corpus_settles_are_the_same_from_the_cache() {
    let library = Library::new(200);
    let line = |date: &str| format!("{{\"text\": \"Air naik.\", \"date\": \"{date}\"}}\n");
    let lines = line("03/04/2024") + &line("12/25/2024");
    write(&library.corpus.path().join("a.jsonl"), &lines, 600);
    let cold = library.cold();
    let date = |read: &[Article]| {
        let of_it = |article: &&Article| &*article.key == "a.jsonl#1";
        let published = read.iter().find(of_it).unwrap().structure.published;
        published.unwrap().to_string()
    };
    assert_eq!(date(&cold.0), "2024-03-04");
    library.warm();
    assert_eq!(library.warm(), cold);
}

#[test]
fn it_is_its_owners_alone_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    let library = Library::new(200);
    library.warm();
    let segment = library.segment();
    let folder = segment.parent().unwrap().to_owned();
    let label = folder.join("corpus");
    for (path, lax) in [(&segment, 0o644), (&label, 0o644), (&folder, 0o755)] {
        set(path, lax).unwrap();
    }
    set(library.cache.path(), 0o755).unwrap();
    let cold = library.cold();
    assert_eq!(library.warm(), cold);
    let modes = [&segment, &label, &folder].map(|path| mode(path));
    assert_eq!(
        (mode(library.cache.path()), modes),
        (0o700, [0o600, 0o600, 0o700])
    );
    // What the label's name leads to is not written, nor is anything in a folder that is linked.
    let victim = library.corpus.path().with_extension("victim");
    fs::write(&victim, "mine").unwrap();
    fs::remove_file(&label).unwrap();
    symlink(&victim, &label).unwrap();
    assert_eq!(library.warm(), cold);
    assert_eq!(fs::read(&victim).unwrap(), b"mine");
    fs::remove_file(&victim).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    symlink(elsewhere.path(), &folder).unwrap();
    assert_eq!(library.warm(), cold);
    assert_eq!(elsewhere.path().read_dir().unwrap().count(), 0);
}

#[test]
fn a_limit_to_the_size_of_files_costs_the_cache_alone() {
    let library = Library::new(400);
    let run = |limit: &str| {
        let command = format!("ulimit -f {limit}; exec \"$0\" articles --format jsonl \"$1\"");
        let output = std::process::Command::new("sh")
            .args(["-c", &command, env!("CARGO_BIN_EXE_kutip")])
            .arg(library.corpus.path())
            .env("XDG_CACHE_HOME", library.cache.path())
            .output()
            .unwrap();
        (output.status.code(), output.stdout)
    };
    let limited = run("64");
    assert_eq!(library.segments(), [] as [PathBuf; 0]);
    assert_eq!(limited.0, Some(3), "as the broken record wants it");
    assert!(limited == run("unlimited"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn a_damaged_cache_is_made_anew(cut in prop::option::of(0_usize..1000), places in prop::collection::vec((0_usize..1000, any::<u8>()), 0..6)) {
        let library = Library::new(160);
        let engine = Engine::new(None).unwrap();
        let cold = library.read(&engine);
        let engine = engine.with_cache(library.place());
        prop_assert_eq!(&library.read(&engine), &cold);
        let path = library.segment();
        let mut bytes = fs::read(&path).unwrap();
        let at = |per_mille: usize, bytes: &[u8]| bytes.len() * per_mille / 1000;
        for (place, byte) in places {
            let at = at(place, &bytes);
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(at(cut, &bytes));
        }
        fs::write(&path, bytes).unwrap();
        prop_assert_eq!(&library.read(&engine), &cold);
        prop_assert_eq!(&library.read(&engine), &cold);
    }
}
