//! Lays out long articles on a thread of its own. Only the newest request is answered.

use std::sync::mpsc::{Sender, channel};

use crate::app::{FinishedLayout, LayoutRequest};
use crate::work::{Failed, Tagged, Work, attempt};

/// The handle of the layout thread. The thread ends by itself after the handle is dropped; it is
/// not joined.
#[derive(Debug)]
pub(super) struct Layouts(Sender<Tagged<LayoutRequest>>);

impl Layouts {
    /// Starts the layout thread. It calls `on` with each finished layout or failure.
    pub(super) fn start(
        on: impl Fn(Result<Tagged<Box<FinishedLayout>>, Failed>) + Send + 'static,
    ) -> Self {
        let (send, wanted) = channel::<Tagged<LayoutRequest>>();
        std::thread::spawn(move || {
            while let Ok(first) = wanted.recv() {
                let newest = wanted.try_iter().last().unwrap_or(first);
                match attempt(Work::Layout(newest.generation), || newest.value.run()) {
                    Ok(Some(laid)) => on(Ok(newest.respond(Box::new(laid)))),
                    Ok(None) => {}
                    Err(failed) => on(Err(failed)),
                }
            }
        });
        Self(send)
    }

    /// Requests the layout of an article. This replaces an earlier request that has not been
    /// started.
    pub(super) fn submit(&self, wanted: Tagged<LayoutRequest>) {
        // Sending cannot fail: the thread ends only after the handle is dropped.
        let _ = self.0.send(wanted);
    }
}
