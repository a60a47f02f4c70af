//! Chooses the instructions for the kernel at run time: AVX2 where the processor has it, else what
//! every processor of the target has. The code is the same; only the compiler's choice differs.
#![allow(unsafe_code)] // calling a function compiled for AVX2, after asking the processor

use super::kernel::{self, Begin, Case, Column, Scores};

/// [`kernel::matching`] on this processor.
pub(super) fn matching(columns: &[Column], pattern: &[u8], case: Case) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::matching(columns, pattern, case) };
    }
    kernel::matching(columns, pattern, case)
}

/// [`kernel::tight`] on this processor.
pub(super) fn tight(columns: &[Column], pattern: &[u8], begin: Begin) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::tight(columns, pattern, begin) };
    }
    kernel::tight(columns, pattern, begin)
}

/// [`kernel::containing`] on this processor.
pub(super) fn containing(columns: &[Column], pattern: &[u8]) -> u32 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just said that it has AVX2.
        return unsafe { avx2::containing(columns, pattern) };
    }
    kernel::containing(columns, pattern)
}

/// [`kernel::scores`] on this processor.
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
        // A branch outside of the loops: inside, they would not vectorise.
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
