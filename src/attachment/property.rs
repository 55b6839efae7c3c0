//! Document properties by the names that they have in files (core, extended, ODF, PDF), in both languages.

/// The name of a property, Chinese first, if it is a known one.
pub(super) fn term(name: &str) -> Option<[&'static str; 2]> {
    Some(match name {
        "creator" | "initial-creator" | "Author" => ["作者", "author"],
        "lastModifiedBy" => ["最后修改者", "last modified by"],
        "title" | "Title" => ["标题", "title"],
        "subject" | "Subject" => ["主题", "subject"],
        "keywords" | "keyword" | "Keywords" => ["关键词", "keywords"],
        "description" => ["备注", "comments"],
        "category" => ["类别", "category"],
        "contentStatus" => ["状态", "status"],
        "Company" => ["单位", "company"],
        "Manager" => ["管理者", "manager"],
        "Template" => ["模板", "template"],
        "HyperlinkBase" => ["超链接基址", "hyperlink base"],
        "Producer" | "Creator" | "Application" | "generator" => ["制作软件", "program"],
        "created" | "creation-date" | "CreationDate" => ["创建时间", "created"],
        "modified" | "date" | "ModDate" => ["修改时间", "modified"],
        "lastPrinted" | "print-date" => ["打印时间", "last printed"],
        "printed-by" => ["打印者", "printed by"],
        _ => return None,
    })
}

/// Whether a property, by its name in both languages, is the name of a person.
pub(super) fn is_of_person([_, en]: &[&str; 2]) -> bool {
    matches!(*en, "author" | "last modified by" | "manager" | "printed by")
}
