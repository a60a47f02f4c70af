//! Pairs the requests to a worker with their responses by a number, the generation.

/// A request to a worker, or a response to one, with the number that pairs the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tagged<T> {
    /// The number of the request. It grows with every request to one worker.
    pub generation: u64,
    /// The content of the request or response.
    pub value: T,
}

impl<T> Tagged<T> {
    /// Returns a response to this request, or a report about it, with the same number.
    pub fn respond<R>(&self, value: R) -> Tagged<R> {
        Tagged {
            generation: self.generation,
            value,
        }
    }
}

/// Numbers the requests to one worker, and remembers the last one sent and the last one answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    sent: u64,
    answered: u64,
    /// Responses to requests up to this number are ignored.
    dropped: u64,
}

impl Requests {
    /// Numbers a request and marks it as sent.
    pub fn send<T>(&mut self, value: T) -> Tagged<T> {
        self.sent += 1;
        Tagged {
            generation: self.sent,
            value,
        }
    }

    /// Returns the value of `response` if it answers the newest request for the first time. Returns
    /// `None` for a response to an older request, which is ignored.
    pub fn receive<T>(&mut self, response: Tagged<T>) -> Option<T> {
        let is_awaited = self.awaits(&response);
        if is_awaited {
            self.answered = self.sent;
        }
        is_awaited.then_some(response.value)
    }

    /// Returns the value of `response`, or `None` if a response to a newer request was received
    /// before or the request was cancelled. A request may be answered several times, as more
    /// becomes known.
    pub fn receive_newer<T>(&mut self, response: Tagged<T>) -> Option<T> {
        let is_newer = response.generation > self.dropped && response.generation >= self.answered;
        self.answered = self.answered.max(response.generation);
        is_newer.then_some(response.value)
    }

    /// Stops waiting for the response to the request with this number, which failed. Returns
    /// whether it was the newest request and not answered yet.
    pub fn fail(&mut self, generation: u64) -> bool {
        let was_awaited = self.is_waiting() && generation == self.sent;
        self.answered = self.answered.max(generation);
        was_awaited
    }

    /// Returns whether `news` responds to the newest request and that request is not answered yet.
    pub fn awaits<T>(&self, news: &Tagged<T>) -> bool {
        self.is_waiting() && news.generation == self.sent
    }

    /// Returns whether the newest request is not answered yet.
    pub fn is_waiting(&self) -> bool {
        self.answered < self.sent
    }

    /// Returns whether any request was sent.
    pub fn is_begun(&self) -> bool {
        self.sent > 0
    }

    /// Returns the number that the next request gets.
    pub fn next(&self) -> u64 {
        self.sent + 1
    }

    /// Returns whether a request with this number or a higher one was sent.
    pub fn has_sent(&self, generation: u64) -> bool {
        self.sent >= generation
    }

    /// Returns whether a request with this number or a higher one is answered.
    pub fn has_answered(&self, generation: u64) -> bool {
        self.answered >= generation
    }

    /// Stops waiting, and ignores all later responses to the requests sent so far.
    pub fn cancel(&mut self) {
        self.answered = self.sent;
        self.forget();
    }

    /// Ignores all later responses to the requests sent so far, but keeps waiting for the newest.
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
