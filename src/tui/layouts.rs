//! A thread that lays out long articles. Only the newest request counts.

use std::sync::mpsc::{Sender, channel};

use crate::app::{LaidOut, LayOut};
use crate::work::{Failed, Tagged, Work, attempt};

/// The handle of the layout thread. The thread ends by itself after the handle is dropped; it is
/// not joined.
#[derive(Debug)]
pub(super) struct Layouts(Sender<Tagged<LayOut>>);

impl Layouts {
    /// Starts the thread. It calls `on` with each result.
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

    /// Requests the layout of an article. A newer request replaces one that has not started.
    pub(super) fn ask(&self, wanted: Tagged<LayOut>) {
        // Sending cannot fail: the thread ends only after the handle is dropped.
        let _ = self.0.send(wanted);
    }
}
