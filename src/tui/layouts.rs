//! A thread that lays long articles out. Only the newest one that is wanted counts.

use std::sync::mpsc::{Sender, channel};

use crate::app::{LaidOut, LayOut};
use crate::work::Tagged;

/// The thread. It ends by itself when this is dropped; nobody waits for it.
#[derive(Debug)]
pub(super) struct Layouts(Sender<Tagged<LayOut>>);

impl Layouts {
    /// Starts the thread; `on` is called from it.
    pub(super) fn start(on: impl Fn(Tagged<Box<LaidOut>>) + Send + 'static) -> Self {
        let (send, wanted) = channel::<Tagged<LayOut>>();
        std::thread::spawn(move || {
            while let Ok(first) = wanted.recv() {
                let newest = wanted.try_iter().last().unwrap_or(first);
                if let Some(laid) = newest.value.run() {
                    on(newest.respond(Box::new(laid)));
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
