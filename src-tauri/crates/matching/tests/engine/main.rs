//! The engine through its public API.

#[cfg(test)]
mod beyond;
mod business;
mod caution;
#[cfg(test)]
mod jobs;
mod properties;
#[cfg(test)]
mod support;
