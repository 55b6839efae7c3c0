//! One test binary. What it holds is listed in `tests/README.md`: cases are data under `tests/case/`, whole-program tests
//! stand under `tests/whole/`, and what needs a browser or a validator is driven from `tests/whole/outer.rs`.
#![allow(clippy::disallowed_methods, reason = "tests touch files and processes")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod whole;
