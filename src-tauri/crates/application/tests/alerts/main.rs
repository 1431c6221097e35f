//! Alerts against real sockets on loopback: what is told, once an event; what is tried again and what is not; what a
//! hostile name or answer cannot do. Mail to a real SMTP server is tested through the command, in `tests/cli`.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod desk;
mod receiver;
mod retries;
mod telling;
