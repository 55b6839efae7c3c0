//! A tree and a sink in memory, for tests of stages.

use super::{Cache, Content, Listing, Read, ReadFault, Scratch, Sink, SourceFile};
use crate::digest::Sha;
use crate::path::OutPath;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Files by path from the root.
#[derive(Debug, Default)]
pub struct MemoryTree(pub BTreeMap<String, Vec<u8>>);

impl Read for MemoryTree {
    fn list(&self, folder: &str) -> Listing {
        let prefix = format!("{folder}/");
        let inside = self.0.keys().filter(|path| path.starts_with(&prefix));
        Listing { files: inside.map(|path| SourceFile { path: Arc::from(path.as_str()), closed: false }).collect(), ..Listing::default() }
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadFault> {
        let bytes = self.0.get(path).ok_or_else(|| ReadFault::Io(io::ErrorKind::NotFound.into()))?;
        let size = bytes.len() as u64;
        if size > limit { Err(ReadFault::TooLarge(size)) } else { Ok(bytes.clone()) }
    }

    fn open(&self, path: &str) -> Result<(Box<dyn Content>, u64), ReadFault> {
        let bytes = self.read(path, u64::MAX)?;
        let size = bytes.len() as u64;
        Ok((Box::new(io::Cursor::new(bytes)), size))
    }
}

/// What is kept aside, by number.
#[derive(Debug, Default)]
pub struct MemoryScratch(pub Mutex<BTreeMap<u64, Vec<u8>>>);

impl Scratch for MemoryScratch {
    fn put(&self, number: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number, bytes.to_vec());
        Ok(())
    }

    fn get(&self, number: u64, range: Range<u64>) -> io::Result<Vec<u8>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let part = || kept.get(&number)?.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?);
        part().map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// What was made before, by name.
#[derive(Debug, Default)]
pub struct MemoryCache(pub Mutex<BTreeMap<String, Vec<u8>>>);

impl Cache for MemoryCache {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), bytes.to_vec());
    }

    fn is_writable(&self) -> bool {
        true
    }
}

/// A cache in memory over one that is only read, up to so many bytes.
pub struct MemoryOver {
    under: Box<dyn Cache + Send>,
    memory: MemoryCache,
    room: Mutex<usize>,
}

impl MemoryOver {
    /// Over another cache, with room for so many bytes.
    #[must_use]
    pub fn new(under: Box<dyn Cache + Send>, room: usize) -> MemoryOver {
        MemoryOver { under, memory: MemoryCache::default(), room: Mutex::new(room) }
    }
}

impl Cache for MemoryOver {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.memory.get(name).or_else(|| self.under.get(name))
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = room.checked_sub(bytes.len()) {
            *room = left;
            self.memory.put(name, bytes);
        }
    }

    fn is_writable(&self) -> bool {
        // Only what is asked for is made: a preview shows few of an archive's pictures.
        false
    }
}

/// Finished files by path.
#[derive(Debug, Default)]
pub struct MemorySink(pub Mutex<BTreeMap<String, Vec<u8>>>);

impl Sink for MemorySink {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> io::Result<()> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(path.as_str().to_owned(), bytes.to_vec()) {
            None => Ok(()),
            Some(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, path.to_string())),
        }
    }

    fn copy(&self, path: &OutPath, from: &mut dyn io::Read, told: (u64, Sha)) -> io::Result<()> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)?;
        if (bytes.len() as u64, Sha::of(&bytes)) != told {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.put(path, &bytes)
    }
}
