//! What makes an SVG active: one line of `sample/svg-active.txt` for each case.

use super::super::{Format, format_of, svg_findings};

#[test]
fn active_svgs_are_told_from_drawings() {
    let cases = include_str!("../sample/svg-active.txt");
    for (expected, svg) in cases.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('|')) {
        let found = svg_findings(svg);
        match expected {
            "-" => assert!(found.is_empty(), "{svg}: {found:?}"),
            _ => assert!(found.iter().any(|finding| finding.active.en() == expected), "{svg}: {found:?}"),
        }
    }
}

#[test]
fn an_svg_is_told_by_its_first_element() {
    for svg in ["<svg/>", "\u{FEFF}<?xml version='1.0'?>\n<!-- x -->\n<s:svg xmlns:s='http://www.w3.org/2000/svg'>", "<!DOCTYPE svg><svg>"] {
        assert_eq!(format_of(svg.as_bytes()), Some(Format::Svg), "{svg}");
    }
    for other in ["<html><svg/></html>", "svg", "text <svg/>", ""] {
        assert_eq!(format_of(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn a_finding_stands_at_its_element() {
    let svg = "<svg><g/><script/></svg>";
    assert_eq!(svg_findings(svg)[0].at, 9);
}
