"""Reads manifest.txt of a built site and compares it with the files that are there."""

import hashlib
import re
from pathlib import Path

NAME = "manifest.txt"
HASH = re.compile(r"[0-9a-f]{64}")


def files_of(folder):
    """Every file below `folder`, as sorted paths with forward slashes."""
    root = Path(folder)
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if not p.is_dir() or p.is_symlink())


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def entry(line):
    """One line: path, size and SHA-256, separated by blanks. The path has none: file names are ASCII without."""
    fields = line.split()
    if len(fields) != 3:
        return None
    path, size, sha256 = fields
    if not size.isdigit() or not HASH.fullmatch(sha256):
        return None
    return path, int(size), sha256


def read(folder):
    """(entries, faults of form) of a folder's manifest; lines that begin with # are a heading."""
    path = Path(folder) / NAME
    if not path.is_file():
        return [], [f"{NAME} is missing"]
    entries, faults = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        found = entry(line)
        if found:
            entries.append(found)
        else:
            faults.append(f"{NAME}:{number}: not path, size, SHA-256: {line[:80]!r}")
    return entries, faults


def faults(folder):
    """Where the manifest and the folder differ: it lists every file but itself, once, sorted, with size and SHA-256."""
    entries, found = read(folder)
    listed = [path for path, _, _ in entries]
    present = set(files_of(folder)) - {NAME}
    if listed != sorted(listed):
        found.append("the lines are not sorted by path")
    if len(listed) != len(set(listed)):
        found.append("a path is listed twice")
    found += [f"{path}: listed, not there" for path in listed if path not in present]
    found += [f"{path}: there, not listed" for path in sorted(present - set(listed))]
    for path, size, sha256 in entries:
        if path in present:
            found += wrong_entry(Path(folder) / path, path, size, sha256)
    return found


def wrong_entry(file, path, size, sha256):
    real = file.stat().st_size
    if real != size:
        return [f"{path}: {real} bytes, listed with {size}"]
    return [] if digest(file) == sha256 else [f"{path}: another SHA-256 than listed"]
