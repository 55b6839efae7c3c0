//! The search index: what both of its halves must agree on, and whole indexes of random text compared with a plain scan.

mod index;
mod vectors;
