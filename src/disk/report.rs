//! Reports, which stand beside a product and never in it.

use std::path::Path;
use std::{fs, io};

/// Puts a report into a folder, whole or not at all.
///
/// # Errors
/// The folder cannot be written.
pub fn put_report(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let target = folder.join(name);
    if fs::read(&target).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    let part = folder.join(format!("{name}.part"));
    fs::write(&part, bytes)?;
    fs::rename(part, target)
}
