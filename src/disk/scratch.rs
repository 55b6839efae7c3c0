//! A folder for what does not fit into memory while a product is made. It stands beside the product and goes with its value.

use super::product::remove_all;
use crate::source::Scratch;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The folder; made when it is first needed.
#[derive(Debug)]
pub struct ScratchFolder {
    folder: PathBuf,
}

impl ScratchFolder {
    /// A folder `<product>.runs` beside a product; what an interrupted run left there goes.
    #[must_use]
    pub fn beside(product: &Path) -> ScratchFolder {
        let mut name: OsString = product.components().collect::<PathBuf>().into_os_string();
        name.push(".runs");
        let scratch = ScratchFolder { folder: PathBuf::from(name) };
        drop(remove_all(&scratch.folder));
        scratch
    }

    fn file(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:016x}"))
    }
}

impl Scratch for ScratchFolder {
    fn put(&self, number: u64, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        fs::write(self.file(number), bytes)
    }

    fn get(&self, number: u64, range: Range<u64>) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.file(number))?;
        file.seek(SeekFrom::Start(range.start))?;
        let mut bytes = Vec::new();
        file.take(range.end.saturating_sub(range.start)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        drop(remove_all(&self.folder));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_in_parts_and_nothing_stays() {
        let root = tempfile::tempdir().unwrap();
        let product = root.path().join("site");
        let scratch = ScratchFolder::beside(&product);
        scratch.put(3, b"0123456789").unwrap();
        assert_eq!(scratch.get(3, 2..5).unwrap(), b"234");
        assert!(scratch.get(4, 0..1).is_err());
        drop(scratch);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
