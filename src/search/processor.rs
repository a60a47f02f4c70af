//! Selects the instructions for the kernel at run time: AVX2 if the processor has it, otherwise the
//! baseline of the target. The source is the same; only the compiled code differs.
#![allow(unsafe_code)] // calling a function compiled for AVX2, after asking the processor

use super::kernel::{self, Begin, Case, Column, Scores};

/// Runs [`kernel::matching`] with the best instructions of this processor.
pub(super) fn matching(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::matching(columns, pattern, case) };
    }
    kernel::matching(columns, pattern, case)
}

/// Runs [`kernel::tight`] with the best instructions of this processor.
pub(super) fn tight(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::tight(columns, pattern, begin) };
    }
    kernel::tight(columns, pattern, begin)
}

/// Runs [`kernel::containing`] with the best instructions of this processor.
pub(super) fn containing(columns: &[Column], pattern: &[u8]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::containing(columns, pattern) };
    }
    kernel::containing(columns, pattern)
}

/// Runs [`kernel::scores`] with the best instructions of this processor.
pub(super) fn scores(columns: &[Column], pattern: &[u8]) -> Scores {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::scores(columns, pattern) };
    }
    kernel::scores(columns, pattern)
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Begin, Case, Column, Scores, kernel};

    #[target_feature(enable = "avx2")]
    pub(super) fn matching(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
        // The branch is outside the loops, because it would keep them from vectorising.
        match case {
            Case::Folded => kernel::matching(columns, pattern, Case::Folded),
            Case::AsTyped => kernel::matching(columns, pattern, Case::AsTyped),
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn tight(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
        kernel::tight(columns, pattern, begin)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn containing(columns: &[Column], pattern: &[u8]) -> u32 {
        kernel::containing(columns, pattern)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn scores(columns: &[Column], pattern: &[u8]) -> Scores {
        kernel::scores(columns, pattern)
    }
}
