//! A thread that lays long articles out. Only the newest one that is wanted counts.

use std::sync::mpsc::{Sender, channel};

use crate::app::{LaidOut, LayOut};
use crate::work::{Failed, Tagged, Work, attempt};

/// The thread. It ends by itself when this is dropped; nobody waits for it.
#[derive(Debug)]
pub(super) struct Layouts(Sender<Tagged<LayOut>>);

impl Layouts {
    /// Starts the thread; `on` is called from it.
    pub(super) fn start(
        on: impl Fn(Result<Tagged<Box<LaidOut>>, Failed>) + Send + 'static,
    ) -> Self {
        let (send, wanted) = channel::<Tagged<LayOut>>();
        std::thread::spawn(move || {
            while let Ok(first) = wanted.recv() {
                let newest = wanted.try_iter().last().unwrap_or(first);
                match attempt(Work::LayOut(newest.generation), || newest.value.run()) {
                    Ok(Some(laid)) => on(Ok(newest.respond(Box::new(laid)))),
                    Ok(None) => {}
                    Err(failed) => on(Err(failed)),
                }
            }
        });
        Self(send)
    }

    /// Asks for an article to be laid out.
    pub(super) fn ask(&self, wanted: Tagged<LayOut>) {
        // The thread ends only after this.
        let _ = self.0.send(wanted);
    }
}
