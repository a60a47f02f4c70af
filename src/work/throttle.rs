//! Limits how often progress is reported. Redrawing the screen for every report would leave no time
//! for keys.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time between two progress reports. Ten per second look continuous.
const INTERVAL: Duration = Duration::from_millis(100);

/// Limits the rate of progress reports. Several threads may share it.
#[derive(Debug)]
pub(super) struct Throttle {
    start: Instant,
    interval: Duration,
    /// When the next report may be made, in milliseconds since `start`.
    next: AtomicU64,
}

impl Default for Throttle {
    fn default() -> Self {
        Self::of(INTERVAL)
    }
}

impl Throttle {
    fn of(interval: Duration) -> Self {
        Self {
            start: Instant::now(),
            interval,
            next: AtomicU64::new(0),
        }
    }

    /// Returns whether a report may be made now. Of several threads that ask at the same time, only
    /// one gets `true`.
    pub(super) fn try_acquire(&self) -> bool {
        let now = self.start.elapsed();
        let due = self.next.load(Ordering::Relaxed);
        let next = (now + self.interval).as_millis() as u64;
        let (done, lost) = (Ordering::Relaxed, Ordering::Relaxed);
        now.as_millis() as u64 >= due && self.next.compare_exchange(due, next, done, lost).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_reports_at_once_one_is_told() {
        let throttle = Throttle::of(Duration::from_hours(1));
        let told = std::iter::repeat_with(|| throttle.try_acquire()).take(1000);
        assert_eq!(told.filter(|is_told| *is_told).count(), 1);
        let throttle = Throttle::of(Duration::ZERO);
        assert!(throttle.try_acquire() && throttle.try_acquire());
    }
}
