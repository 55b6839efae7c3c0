//! The live preview: one thread, this machine only, one job per request. It writes nothing, and what it sends is what
//! `build` would write, with one script element more; `?raw` shows the bytes as they are.

mod body;

use crate::path::OutPath;
use crate::site::FileKind;
use crate::source::Content;
use body::{Sent, range_of};
use hyper::body::Incoming;
use hyper::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, HOST, RANGE};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io::SeekFrom;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;

/// What a site says to a request for one of its files.
pub enum Answer {
    /// The bytes that `build` would write.
    Page(Vec<u8>),
    /// A file that is handed out, and how many bytes it has.
    File(Box<dyn Content>, u64),
    /// No job makes this file.
    Missing,
    /// The job failed, with the reason.
    Fault(String),
}

/// A site that can be asked for single files.
pub trait Site: Send + Sync {
    /// Renders the file at a path.
    fn answer(&self, path: &OutPath) -> Answer;

    /// A file of the theme's gallery: its pieces with their examples.
    fn gallery(&self, name: &str) -> Answer;

    /// A number that changes when any source changes.
    fn stamp(&self) -> u64;
}

/// The page's script asks this address whether anything changed.
const STAMP_PATH: &str = "/__tuopin/stamp";
/// Where the pieces of the theme can be looked at.
const GALLERY_PATH: &str = "/__tuopin/gallery/";
const SCRIPT_PATH: &str = "/__tuopin/live.js";
const SCRIPT_ELEMENT: &str = "<script src=\"/__tuopin/live.js\"></script>";
/// Loads the page anew when the stamp changes; the browser keeps the scroll position by itself.
const SCRIPT: &str = r#"(function () {
  "use strict";
  var first = null;
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", "/__tuopin/stamp");
    request.onload = function () {
      if (first !== null && first !== request.responseText) { location.reload(); return; }
      first = request.responseText;
      setTimeout(ask, 500);
    };
    request.onerror = function () { setTimeout(ask, 2000); };
    request.send();
  }
  ask();
})();
"#;

/// Serves until the process is interrupted or told to end. `ready` is told the address once the socket is open.
///
/// # Errors
/// The port cannot be had.
pub fn run(site: &Arc<dyn Site>, port: u16, ready: impl FnOnce(&str)) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let port = listener.local_addr()?.port();
        ready(&format!("http://127.0.0.1:{port}/"));
        let local = tokio::task::LocalSet::new();
        local.run_until(accept(listener, port, Arc::clone(site))).await
    })
}

async fn accept(listener: TcpListener, port: u16, site: Arc<dyn Site>) -> anyhow::Result<()> {
    let mut end = std::pin::pin!(interrupted());
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // A connection that breaks while it is made concerns nobody else.
                let Ok((stream, _)) = accepted else { continue };
                let site = Arc::clone(&site);
                tokio::task::spawn_local(async move {
                    let service = service_fn(move |request| respond(request, port, Arc::clone(&site)));
                    drop(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
                });
            }
            () = &mut end => return Ok(()),
        }
    }
}

/// Waits for Ctrl-C or, where there is such a thing, SIGTERM.
async fn interrupted() {
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else {
            drop(tokio::signal::ctrl_c().await);
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}

async fn respond(request: Request<Incoming>, port: u16, site: Arc<dyn Site>) -> Result<Response<Sent>, Infallible> {
    Ok(answer(&request, port, &*site))
}

fn answer(request: &Request<Incoming>, port: u16, site: &dyn Site) -> Response<Sent> {
    // Another site's page in the same browser must not read an internal edition through a name of its own.
    if !is_own_host(request, port) {
        return plain(StatusCode::FORBIDDEN, "403");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "405");
    }
    match request.uri().path() {
        STAMP_PATH => reply(StatusCode::OK, "text/plain; charset=utf-8", site.stamp().to_string().into_bytes()),
        SCRIPT_PATH => reply(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT.into()),
        path if path.starts_with(GALLERY_PATH) => gallery(&path[GALLERY_PATH.len()..], site),
        path => {
            let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok());
            file(path, (request.uri().query() == Some("raw"), range), site)
        }
    }
}

fn is_own_host(request: &Request<Incoming>, port: u16) -> bool {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")].iter().any(|own| own == host)
}

fn file(path: &str, (raw, range): (bool, Option<&str>), site: &dyn Site) -> Response<Sent> {
    let inside = path.trim_start_matches('/');
    let named = if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
    // Only what could be a planned path is looked up: `..`, `%2e` and the like are no names of ours.
    let Ok(path) = OutPath::new(named) else { return missing(site, raw) };
    match site.answer(&path) {
        Answer::Page(bytes) => {
            let html = path.as_str().ends_with(".html");
            let bytes = if html && !raw { with_script(bytes) } else { bytes };
            reply(StatusCode::OK, content_type(path.as_str()), bytes)
        }
        Answer::File(content, size) => part(content, size, range, content_type(path.as_str())),
        Answer::Missing => missing(site, raw),
        Answer::Fault(reason) => plain(StatusCode::INTERNAL_SERVER_ERROR, &reason),
    }
}

fn gallery(name: &str, site: &dyn Site) -> Response<Sent> {
    let name = if name.is_empty() { "index.html" } else { name };
    match site.gallery(name) {
        Answer::Page(bytes) => reply(StatusCode::OK, content_type(name), bytes),
        Answer::Fault(reason) => plain(StatusCode::INTERNAL_SERVER_ERROR, &reason),
        Answer::File(..) | Answer::Missing => plain(StatusCode::NOT_FOUND, "404"),
    }
}

/// A file, or the range of it that was asked for: players seek in films by ranges.
fn part(mut content: Box<dyn Content>, size: u64, range: Option<&str>, kind: &'static str) -> Response<Sent> {
    let (status, start, length) = match range_of(range, size) {
        Ok(Some((start, length))) => (StatusCode::PARTIAL_CONTENT, start, length),
        Ok(None) => (StatusCode::OK, 0, size),
        Err(()) => return plain(StatusCode::RANGE_NOT_SATISFIABLE, "416"),
    };
    if let Err(error) = content.seek(SeekFrom::Start(start)) {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string());
    }
    let mut response = Response::builder().status(status).header(CONTENT_TYPE, kind).header(CACHE_CONTROL, "no-store").header(ACCEPT_RANGES, "bytes");
    if status == StatusCode::PARTIAL_CONTENT {
        response = response.header(CONTENT_RANGE, format!("bytes {start}-{}/{size}", start + length - 1));
    }
    response.body(Sent::File(content, length)).unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "500"))
}

/// The site's own 404 page, as a web server would show it.
fn missing(site: &dyn Site, raw: bool) -> Response<Sent> {
    let own = OutPath::new("404.html").map(|path| site.answer(&path));
    match own {
        Ok(Answer::Page(bytes)) => reply(StatusCode::NOT_FOUND, "text/html; charset=utf-8", if raw { bytes } else { with_script(bytes) }),
        _ => plain(StatusCode::NOT_FOUND, "404"),
    }
}

/// Puts the one script element before the end of the body.
fn with_script(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = b"</body>";
    if let Some(at) = bytes.windows(end.len()).rposition(|window| window == end) {
        bytes.splice(at..at, SCRIPT_ELEMENT.bytes());
    }
    bytes
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "ris" | "bib" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "jpg" => "image/jpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        _ => FileKind::of(path).map_or("application/octet-stream", |kind| kind.media_type()),
    }
}

fn plain(status: StatusCode, text: &str) -> Response<Sent> {
    reply(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn reply(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response<Sent> {
    let response = Response::builder().status(status).header(CONTENT_TYPE, kind).header(CACHE_CONTROL, "no-store");
    response.body(Sent::page(bytes)).unwrap_or_else(|_| Response::new(Sent::page(Vec::new())))
}
