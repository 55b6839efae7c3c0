//! `collections.yaml`: the kinds of records with their fields, and the kinds that every site has without declaring them.

use super::{Access, RESERVED_SECTIONS};
use crate::diagnostic::{Code, Level, Mark};
use crate::lang::{Lang, PerLang};
use crate::path::is_id;
use crate::yaml::{Fields, Node, Placed, Value};

/// A kind of record.
#[derive(Clone, Debug)]
pub struct CollectionSchema {
    /// Its id, which is its folder's name.
    pub id: Box<str>,
    /// Its name.
    pub label: PerLang<Box<str>>,
    /// What stands in it.
    pub description: PerLang<Option<Box<str>>>,
    /// The level of records that do not say theirs.
    pub access: Access,
    /// How addresses of its records are made.
    pub folders: Folders,
    /// The fields beyond the generic ones.
    pub fields: Vec<Field>,
}

/// How the addresses of a collection's records are made; decided once, for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Folders {
    /// `zh/cases/x.html`
    #[default]
    Flat,
    /// `zh/cases/2020/x.html`, by filing year.
    Year,
    /// `zh/cases/3f/x.html`, by a hash of the id.
    Hash,
}

/// A typed field.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key in front matter.
    pub key: Box<str>,
    /// Its name for readers.
    pub label: PerLang<Box<str>>,
    /// What its values are.
    pub kind: FieldKind,
    /// Whether every record must have it.
    pub required: bool,
    /// The parameter under which search offers it.
    pub facet: Option<Box<str>>,
    /// Its Dublin Core name.
    pub dublin_core: Option<Box<str>>,
    /// Its schema.org name.
    pub schema_org: Option<Box<str>>,
}

/// The types of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text; `{zh, en}` where it differs by language.
    Text,
    /// A number.
    Number,
    /// A date or range.
    Date,
    /// Yes or no.
    Truth,
    /// One or more of these values.
    Choice(Vec<Box<str>>),
    /// Ids of a vocabulary.
    Term(Box<str>),
    /// An address on the web.
    Url,
}

/// The keys that every record knows; no collection may declare them anew.
pub const GENERIC_KEYS: &[&str] = &[
    "title",
    "summary",
    "date",
    "places",
    "programmes",
    "units",
    "access",
    "open_after",
    "classification",
    "status",
    "archive",
    "sources",
    "cover",
    "pictures",
    "files",
    "credits",
    "former_ids",
    "corrections",
    "members",
    "licence",
    "withdrawn",
    "text_access",
    "translation",
];

/// The parameters that the search page has for itself and for what every record has.
const SEARCH_PARAMETERS: &[&str] = &["q", "sort", "page", "lang", "collection", "place", "programme", "year"];

const BUILTIN: &[(&str, &str, &str)] = &[
    ("cases", "典型案例", "Case studies"),
    ("stories", "鲜活事例", "Stories"),
    ("documents", "文件资料", "Documents"),
    ("activities", "活动", "Activities"),
    ("materials", "素材", "Materials"),
    ("responses", "回应", "Responses"),
    ("topics", "专题", "Topics"),
    ("pages", "页面", "Pages"),
];

/// The collections that every site knows, in their order.
#[must_use]
pub fn builtin() -> Vec<CollectionSchema> {
    BUILTIN.iter().map(|(id, zh, en)| named(id, zh, en)).collect()
}

/// The schema of a folder that nobody declared: its name and the generic fields.
#[must_use]
pub fn generic(id: &str) -> CollectionSchema {
    named(id, id, id)
}

fn named(id: &str, zh: &str, en: &str) -> CollectionSchema {
    CollectionSchema {
        id: id.into(),
        label: PerLang { zh: zh.into(), en: en.into() },
        description: PerLang::default(),
        access: Access::Public,
        folders: Folders::Flat,
        fields: Vec::new(),
    }
}

/// Reads `collections.yaml`: a list of collections, in the order of the site's navigation; built-in ones that it does not name follow.
pub fn read_collections(node: &Node, marks: &mut Vec<Mark>) -> Vec<CollectionSchema> {
    let mut schemas: Vec<CollectionSchema> = Vec::new();
    match &node.value {
        Value::List(items) => {
            for item in items {
                if let Some(schema) = read_collection(item, marks) {
                    if schemas.iter().any(|other| other.id == schema.id) {
                        marks.push(Mark::new(Code::TermTwice, item.span).with(&*schema.id).with("1"));
                    } else {
                        schemas.push(schema);
                    }
                }
            }
        }
        Value::Null => {}
        Value::Scalar(_) | Value::Map(_) => marks.push(Mark::new(Code::ValueNotList, node.span).with("collections.yaml")),
    }
    for schema in builtin() {
        if !schemas.iter().any(|other| other.id == schema.id) {
            schemas.push(schema);
        }
    }
    schemas
}

fn read_collection(node: &Node, marks: &mut Vec<Mark>) -> Option<CollectionSchema> {
    let before = marks.len();
    let mut fields = Fields::of(node, "collection", marks)?;
    let id = fields.id("id");
    let mut schema = builtin().into_iter().find(|schema| id.as_ref().is_some_and(|id| id.value == &*schema.id));
    let label = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    let description = fields.words("description").unwrap_or_default();
    fields.refuse_empty("access");
    fields.refuse_empty("household");
    let access = fields.choice("access", Access::CHOICES);
    let household = fields.truth("household").unwrap_or(false);
    let folders = fields.choice("folders", &[("flat", Folders::Flat), ("year", Folders::Year), ("hash", Folders::Hash)]);
    let declared = fields.list("fields");
    let declared = declared.iter().filter_map(|node| read_field(node, fields.marks())).collect();
    if id.is_none() {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with("id"));
    }
    fields.finish();
    // A slip in the keys of a collection may be one in those that close it.
    let is_doubtful = marks[before..].iter().any(|mark| match mark.code {
        Code::KeyUnknown | Code::KeyMisspelt => true,
        _ => mark.code.level() == Level::Error && mark.detail.first().is_some_and(|key| ["access", "household"].contains(&&**key)),
    });
    let id = id?;
    if RESERVED_SECTIONS.contains(&id.value) {
        marks.push(Mark::new(Code::NameReserved, id.span).with(id.value));
        return None;
    }
    let mut made = schema.take().unwrap_or_else(|| generic(id.value));
    if let Some((_, any)) = label.prefer(Lang::Zh) {
        let any = any.value;
        made.label = PerLang::build(|lang| label.get(lang).as_ref().map_or(any, |text| text.value).into());
    }
    made.description = PerLang::build(|lang| description.get(lang).as_ref().map(|text: &Placed<&str>| text.value.into()));
    // Household material is closed by default, whatever else the collection says of itself.
    let least = if household || is_doubtful { Access::Internal } else { Access::Public };
    made.access = access.map_or(least, |access| access.value.max(least));
    made.folders = folders.map_or(Folders::Flat, |folders| folders.value);
    made.fields = declared;
    Some(made)
}

/// The parameter under which search offers a field: it stands in addresses and in the name of a file.
fn read_parameter(fields: &mut Fields) -> Option<Box<str>> {
    let text = fields.text("facet")?;
    let is_taken = SEARCH_PARAMETERS.contains(&text.value);
    if is_taken || !is_id(text.value) {
        let code = if is_taken { Code::NameReserved } else { Code::ValueNotId };
        fields.mark(Mark::new(code, text.span).with(text.value));
        return None;
    }
    Some(text.value.into())
}

fn read_field(node: &Node, marks: &mut Vec<Mark>) -> Option<Field> {
    let mut fields = Fields::of(node, "fields", marks)?;
    let key = fields.text("key");
    let label = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    let kind = fields.text("type");
    let options: Vec<Box<str>> = fields.texts("options").iter().map(|text| text.value.into()).collect();
    let vocabulary = fields.text("vocabulary").map(|text| text.value.into());
    let required = fields.truth("required").unwrap_or(false);
    let facet = read_parameter(&mut fields);
    let dublin_core = fields.text("dublin_core").map(|text| text.value.into());
    let schema_org = fields.text("schema_org").map(|text| text.value.into());
    let kind = match (kind.as_ref().map_or("text", |text| text.value), vocabulary) {
        ("text", _) => Some(FieldKind::Text),
        ("number", _) => Some(FieldKind::Number),
        ("date", _) => Some(FieldKind::Date),
        ("boolean", _) => Some(FieldKind::Truth),
        ("url", _) => Some(FieldKind::Url),
        ("choice", _) => Some(FieldKind::Choice(options)),
        ("term", Some(vocabulary)) => Some(FieldKind::Term(vocabulary)),
        ("term", None) => {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with("vocabulary"));
            None
        }
        (other, _) => {
            let span = kind.as_ref().map_or(fields.span(), |text| text.span);
            fields.mark(Mark::new(Code::ValueChoice, span).with("type").with(other).with("text number date boolean url choice term"));
            None
        }
    };
    fields.finish();
    let key = key.filter(|key| {
        let is_own = GENERIC_KEYS.contains(&key.value);
        let is_plain = key.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-');
        if is_own || !is_plain {
            marks.push(Mark::new(if is_own { Code::NameReserved } else { Code::ValueNotId }, key.span).with(key.value));
        }
        !is_own && is_plain
    })?;
    let label = PerLang::build(|lang| label.prefer(lang).map_or(key.value, |(_, text)| text.value).into());
    Some(Field { key: key.value.into(), label, kind: kind?, required, facet, dublin_core, schema_org })
}
