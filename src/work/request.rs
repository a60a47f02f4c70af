//! Requests to workers and their responses, paired by a number: one way for all of them.

/// A request to a worker, or a response to one, with the number that pairs the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tagged<T> {
    /// The number of the request; grows with every request to the same worker.
    pub generation: u64,
    /// What is asked, or what is answered.
    pub value: T,
}

impl<T> Tagged<T> {
    /// A response to this request, or further news of it.
    pub fn respond<R>(&self, value: R) -> Tagged<R> {
        Tagged {
            generation: self.generation,
            value,
        }
    }
}

/// The requests to one worker: which was sent last, and which is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    sent: u64,
    answered: u64,
    /// Responses to requests up to this one are of no use.
    dropped: u64,
}

impl Requests {
    /// Numbers a request.
    pub fn send<T>(&mut self, value: T) -> Tagged<T> {
        self.sent += 1;
        Tagged {
            generation: self.sent,
            value,
        }
    }

    /// Takes the response to the newest request, once; those to older ones are of no use.
    pub fn receive<T>(&mut self, response: Tagged<T>) -> Option<T> {
        let is_awaited = self.awaits(&response);
        if is_awaited {
            self.answered = self.sent;
        }
        is_awaited.then_some(response.value)
    }

    /// Takes a response unless one to a newer request was taken before. A request may be answered
    /// several times, once more is known.
    pub fn receive_newer<T>(&mut self, response: Tagged<T>) -> Option<T> {
        let is_newer = response.generation > self.dropped && response.generation >= self.answered;
        self.answered = self.answered.max(response.generation);
        is_newer.then_some(response.value)
    }

    /// Waits no longer for the response to a request that failed; returns whether it was the newest
    /// and waited for.
    pub fn fail(&mut self, generation: u64) -> bool {
        let was_awaited = self.is_waiting() && generation == self.sent;
        self.answered = self.answered.max(generation);
        was_awaited
    }

    /// Whether news are of the newest request, and that is not answered yet.
    pub fn awaits<T>(&self, news: &Tagged<T>) -> bool {
        self.is_waiting() && news.generation == self.sent
    }

    /// Whether the newest request is not answered yet.
    pub fn is_waiting(&self) -> bool {
        self.answered < self.sent
    }

    /// Whether any request was sent.
    pub fn is_begun(&self) -> bool {
        self.sent > 0
    }

    /// The number that the next request gets.
    pub fn next(&self) -> u64 {
        self.sent + 1
    }

    /// Whether a request of that number, or a newer one, was sent.
    pub fn has_sent(&self, generation: u64) -> bool {
        self.sent >= generation
    }

    /// Whether a request of that number, or a newer one, is answered.
    pub fn has_answered(&self, generation: u64) -> bool {
        self.answered >= generation
    }

    /// Waits for nothing any more: a response to what was sent is of no use.
    pub fn cancel(&mut self) {
        self.answered = self.sent;
        self.forget();
    }

    /// A response to what was sent is of no use, though one is still waited for.
    pub fn forget(&mut self) {
        self.dropped = self.sent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_response_to_the_newest_request_is_taken_and_once() {
        let mut requests = Requests::default();
        let (old, new) = (requests.send(()), requests.send(()));
        assert_eq!(requests.receive(old.respond("old")), None);
        assert!(requests.is_waiting());
        assert_eq!(requests.receive(new.respond("new")), Some("new"));
        assert_eq!(requests.receive(new.respond("again")), None);
        let stopped = requests.send(());
        requests.cancel();
        assert_eq!(requests.receive(stopped.respond("late")), None);
        assert!(!requests.is_waiting());
    }

    #[test]
    fn a_request_that_failed_is_waited_for_no_longer_and_a_newer_one_is() {
        let mut requests = Requests::default();
        let (old, new) = (requests.send(()), requests.send(()));
        assert!(!requests.fail(old.generation));
        assert!(requests.is_waiting());
        assert!(requests.fail(new.generation));
        assert!(!requests.is_waiting());
        let next = requests.send(());
        requests.fail(old.generation);
        assert_eq!(requests.receive(next.respond("next")), Some("next"));
    }

    #[test]
    fn responses_in_turn_never_go_back() {
        let mut requests = Requests::default();
        let sent = [requests.send(()), requests.send(()), requests.send(())];
        assert_eq!(requests.receive_newer(sent[1].respond(2)), Some(2));
        assert!(requests.is_waiting());
        assert_eq!(requests.receive_newer(sent[0].respond(1)), None, "late");
        assert_eq!(requests.receive_newer(sent[1].respond(4)), Some(4), "again");
        requests.forget();
        assert_eq!(requests.receive_newer(sent[2].respond(3)), None);
    }
}
