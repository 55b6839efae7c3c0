//! The journal of a commit: what is to be moved and deleted, written before the first move, so that a run that is killed
//! in between is completed by the next.

use super::manifest;
use super::product::{Sides, remove_all};
use super::tree::is_missing;
use crate::path::OutPath;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// The last line: a journal without it was never finished and counts for nothing.
const END: &str = "end";

/// The moves and deletions of one commit.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// Files of `DIR.part` that replace those of the folder.
    pub(super) moved: Vec<OutPath>,
    /// Files of the folder that are no longer planned.
    pub(super) deleted: Vec<OutPath>,
}

impl Journal {
    /// Writes the journal and waits until the disk has it.
    pub(super) fn write(&self, sides: &Sides) -> io::Result<()> {
        let mut text = String::new();
        for (verb, paths) in [("move", &self.moved), ("delete", &self.deleted)] {
            for path in paths {
                text.push_str(verb);
                text.push(' ');
                text.push_str(path.as_str());
                text.push('\n');
            }
        }
        text.push_str(END);
        text.push('\n');
        let mut file = File::create(&sides.journal)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// Completes the commit of a run that was killed, if there is one.
    pub(super) fn complete(sides: &Sides) -> io::Result<()> {
        match fs::read_to_string(&sides.journal) {
            Ok(text) => match Journal::parse(&text) {
                Some(journal) => journal.carry_out(sides),
                // Killed while the journal was being written: nothing had been moved yet.
                None => fs::remove_file(&sides.journal),
            },
            Err(error) if is_missing(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn parse(text: &str) -> Option<Journal> {
        let mut journal = Journal::default();
        let body = text.strip_suffix("end\n")?;
        for line in body.lines() {
            let (verb, path) = line.split_once(' ')?;
            let path = OutPath::new(path).ok()?;
            match verb {
                "move" => journal.moved.push(path),
                "delete" => journal.deleted.push(path),
                _ => return None,
            }
        }
        Some(journal)
    }

    /// Does what the journal says; what was done before is not there any more and is passed over.
    pub(super) fn carry_out(&self, sides: &Sides) -> io::Result<()> {
        for path in &self.moved {
            move_file(&sides.part.join(path.as_str()), &sides.folder.join(path.as_str()))?;
        }
        for path in &self.deleted {
            delete(&sides.folder, path)?;
        }
        move_file(&sides.part.join(manifest::NAME), &sides.folder.join(manifest::NAME))?;
        fs::remove_file(&sides.journal)?;
        remove_all(&sides.part)
    }
}

fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Ok(()) => return Ok(()),
        Err(error) if is_missing(&error) && !from.exists() => return Ok(()),
        Err(_) => {}
    }
    if let Some(folder) = to.parent() {
        make_way(folder)?;
    }
    match fs::rename(from, to) {
        Ok(()) => Ok(()),
        // The folder is a mount point: moving between file systems is copying.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => fs::copy(from, to).and_then(|_| fs::remove_file(from)),
        Err(error) => Err(error),
    }
}

/// Creates a folder. Where a file of the old product has its name, that file goes: it cannot be planned any more.
fn make_way(folder: &Path) -> io::Result<()> {
    match fs::create_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotADirectory || folder.is_file() => {
            let blocking = folder.ancestors().find(|part| part.is_file());
            blocking.map_or(Err(error), fs::remove_file)?;
            fs::create_dir_all(folder)
        }
        other => other,
    }
}

/// Deletes a file and the folders that it leaves empty.
fn delete(root: &Path, path: &OutPath) -> io::Result<()> {
    let file = root.join(path.as_str());
    match fs::remove_file(&file) {
        Ok(()) => {}
        // Gone already, or its name is a folder of the new product.
        Err(error) if is_missing(&error) || file.is_dir() || error.kind() == io::ErrorKind::NotADirectory => return Ok(()),
        Err(error) => return Err(error),
    }
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
