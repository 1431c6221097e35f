//! The engine through its public API.

#[cfg(test)]
mod beyond;
mod business;
mod properties;
#[cfg(test)]
mod support;
