//! Pictures, and what stands for those that cannot be shown.

use super::Renderer;
use crate::markdown::address::{Address, classify};
use crate::markdown::line::push_marked;
use crate::text::{BAR, escape, is_mark};

impl Renderer<'_> {
    pub(super) fn picture(&mut self) {
        let Some(image) = self.image.take().filter(|_| self.swallowing.is_none()) else { return };
        self.put_picture(&image.target, &image.alt, &image.caption);
    }

    /// A picture, or what stands for it: a link to a remote one, the words of a missing one.
    pub(super) fn put_picture(&mut self, target: &str, alt: &str, caption: &str) {
        let spoken = self.spoken(alt);
        if self.heading.is_some() {
            self.heading_text.push_str(&spoken);
        }
        self.flush_break('a');
        let alone = self.builder.line_start().is_some_and(|(_, content)| content == self.builder.position());
        let made = match classify(target) {
            Address::Inside(target) => self.world.picture(target).map(|picture| {
                format!(
                    "<img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\">",
                    escape(&picture.src),
                    escape(&spoken),
                    picture.width,
                    picture.height
                )
            }),
            Address::Out(href) if !self.builder.is_in_link() => {
                let mut text = String::new();
                push_marked(&mut text, if alt.trim().is_empty() { self.words.picture } else { alt.trim() }, self.lang);
                Some(format!("<a class=\"remote-picture\" href=\"{}\" rel=\"noopener\">{text}</a>", escape(&href.to_string())))
            }
            _ => None,
        };
        self.builder.text_place();
        match made {
            Some(html) => {
                self.lone_picture = (alone && html.starts_with("<img")).then(|| caption.to_owned());
                self.builder.out().push_str(&html);
            }
            None => {
                self.lone_picture = None;
                push_marked(self.builder.out(), alt.trim(), self.lang);
            }
        }
        self.at_line_start = false;
        self.last = Some('a');
    }

    /// A text as attributes carry it: a withheld run in words.
    pub(super) fn spoken(&self, text: &str) -> String {
        let bar = format!("[{}]", self.words.withheld);
        text.trim().replace(BAR, &bar).chars().filter(|c| !is_mark(*c) && !c.is_control()).collect()
    }
}
