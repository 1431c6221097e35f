//! The allocator of the command.

/// Reading and matching make millions of short texts on all threads at once, which the system's allocator serialises.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc's `mimalloc.h`, which the bindings leave out.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// Freed memory stays with the process instead of going back to the system after a second: each stage of a run frees
/// about what the next one asks for, and a command ends soon. Getting pages anew took a seventh of a run of 100 k lines,
/// since the system clears each of them first.
pub(crate) fn keep_what_is_freed() {
    // SAFETY: sets one number among the allocator's options; called before there are other threads.
    #[allow(unsafe_code)]
    unsafe {
        libmimalloc_sys::mi_option_set(PURGE_DELAY, -1);
    }
}

#[cfg(test)]
mod tests {
    /// The number is the option meant, not its neighbour: 1000 ms is its default and only its own.
    #[test]
    fn the_option_is_the_one_that_delays_purging() {
        // SAFETY: reads and sets one number among the allocator's options.
        #[allow(unsafe_code)]
        let (before, after) = unsafe {
            let before = libmimalloc_sys::mi_option_get(super::PURGE_DELAY);
            super::keep_what_is_freed();
            (before, libmimalloc_sys::mi_option_get(super::PURGE_DELAY))
        };
        assert_eq!((before, after), (1_000, -1));
    }
}
