//! The engine through its public API.

mod business;
mod properties;
#[cfg(test)]
mod support;
