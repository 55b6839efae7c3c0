//! The preview: the same jobs as `build`, one at a time, from memory, for this machine only.

use super::{Site, files, program, small_site};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A running preview; it ends with the value.
pub(super) struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    pub(super) fn of(site: &Site) -> Preview {
        let mut child = program()
            .args(["serve", "--port", "0", "--language", "en", "--as-of", "2026-01-01", "--root"])
            .arg(site.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap().parse().unwrap();
        Preview { child, port }
    }

    /// The status and the body of a request, sent as it is.
    fn ask(&self, request: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head_end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..head_end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer[head_end + 4..].to_vec())
    }

    /// The same for a range of a file.
    pub(super) fn get_range(&self, path: &str, range: &str) -> (u16, Vec<u8>) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nRange: bytes={range}\r\nConnection: close\r\n\r\n", self.port))
    }

    /// The status and the body of a page.
    pub(super) fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn every_file_is_the_one_that_build_writes() {
    let site = small_site();
    site.build();
    let built = files(&site.root().join("output/site"));
    std::fs::remove_dir_all(site.root().join("output")).unwrap();
    let preview = Preview::of(&site);
    for (name, bytes) in built.iter().filter(|(name, _)| name != "manifest.txt") {
        let (status, raw) = preview.get(&format!("/{name}?raw"));
        assert!(status == 200 && raw == *bytes, "{name}: {status}, {} bytes against {}", raw.len(), bytes.len());
        let (_, shown) = preview.get(&format!("/{name}"));
        let live = "<script src=\"/__tuopin/live.js\"></script>";
        let expected = String::from_utf8_lossy(bytes).replace("</body>", &format!("{live}</body>"));
        assert!(!name.ends_with(".html") || shown == expected.as_bytes(), "{name}: one script more and nothing else");
    }
    assert!(!site.root().join("output").exists(), "the preview wrote something");
}

#[test]
fn only_this_machine_and_only_planned_files() {
    let site = small_site();
    let preview = Preview::of(&site);
    let foreign = format!("GET / HTTP/1.1\r\nHost: evil.example:{}\r\nConnection: close\r\n\r\n", preview.port);
    assert_eq!(preview.ask(&foreign).0, 403);
    for path in
        ["/../Cargo.toml", "/zh/../../content/site.yaml", "/%2e%2e/content/site.yaml", "/content/site.yaml", "/zh/nichts.html", "//etc/passwd"]
    {
        let (status, body) = preview.get(path);
        assert!(status == 404 || status == 400, "{path}: {status}");
        assert!(!String::from_utf8_lossy(&body).contains("title:"), "{path}");
    }
    let post = format!("POST / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", preview.port);
    assert_eq!(preview.ask(&post).0, 405);
}

#[test]
fn a_saved_change_is_seen() {
    let site = small_site();
    let preview = Preview::of(&site);
    let stamp = || preview.get("/__tuopin/stamp").1;
    let before = stamp();
    assert!(String::from_utf8(preview.get("/zh/cases/tea.html").1).unwrap().contains("一段话"));
    site.write("content/cases/tea.zh.md", "---\ntitle: 茶\n---\n改过的话。\n".as_bytes());
    let started = Instant::now();
    while stamp() == before {
        assert!(started.elapsed() < Duration::from_secs(20), "the change is not noticed");
    }
    assert!(String::from_utf8(preview.get("/zh/cases/tea.html").1).unwrap().contains("改过的话"));
}

#[test]
fn what_is_closed_is_not_served_either() {
    let site = small_site();
    let preview = Preview::of(&site);
    let page = String::from_utf8(preview.get("/zh/stories/gala.html").1).unwrap();
    assert!(!page.contains("内部一段") && !page.contains("某某") && page.contains("此处隐去"), "{page}");
}
