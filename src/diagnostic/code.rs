//! The table of everything that can be found: code, level, reason and cure in both languages. `{0}`, `{1}` … are a finding's details.

use crate::lang::Lang;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; nothing is wrong with the page.
    Info,
    /// The page is made, but not as its author meant.
    Warning,
    /// Nothing is written while it stands.
    Error,
}

impl Level {
    /// The word in the machine-readable formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// Reason and cure of one code in one language, with places for its details.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// One sentence: what is wrong.
    pub reason: &'static str,
    /// One sentence: what to do.
    pub cure: &'static str,
}

/// The wording of a code in a language.
#[must_use]
pub fn wording(code: Code, lang: Lang) -> Wording {
    let row = code.row();
    let (reason, cure) = match lang {
        Lang::Zh => (row.zh.0, row.zh.1),
        Lang::En => (row.en.0, row.en.1),
    };
    Wording { reason, cure }
}

struct Row {
    name: &'static str,
    level: Level,
    zh: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

macro_rules! codes {
    ($($variant:ident $name:literal $level:ident zh: $zh:literal, $zh_cure:literal; en: $en:literal, $en_cure:literal;)*) => {
        /// What can be found. The name in the outputs is kebab-case and never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each variant's meaning stands in the table, in both languages")]
        pub enum Code { $($variant),* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            fn row(self) -> Row {
                match self {
                    $(Code::$variant => Row { name: $name, level: Level::$level, zh: ($zh, $zh_cure), en: ($en, $en_cure) },)*
                }
            }
        }
    };
}

impl Code {
    /// Whether the place of such a finding holds what nobody should read, not even in the log of a build.
    #[must_use]
    pub fn is_private(self) -> bool {
        self.name().starts_with("private-") || self == Code::ClosedValueOpen
    }

    /// Whether such a finding stands where something was to be closed and is not: its line is not for everybody to read.
    #[must_use]
    pub fn is_slip(self) -> bool {
        matches!(self, Code::BlockNearMiss | Code::BlockUnknown | Code::BlockUnclosed | Code::WithheldNearMiss | Code::CaptionsMark)
    }

    /// The stable name: `yaml-duplicate-key`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The level that the table fixes for it.
    #[must_use]
    pub fn level(self) -> Level {
        self.row().level
    }
}

codes! {
    // Files and their bytes.
    FileUnreadable "file-unreadable" Error
        zh: "文件无法读取：{0}", "检查文件是否被其他程序占用，或者权限是否正确。";
        en: "the file cannot be read: {0}", "See whether another program holds it open or its permissions are wrong.";
    FileTooLarge "file-too-large" Error
        zh: "文件有 {0} MB，超过这类文件的上限 {1} MB", "把它拆成几个文件，或者把大的材料作为附件。";
        en: "the file has {0} MB, more than the {1} MB allowed for its kind", "Split it, or attach the large part as a file.";
    FileOutsideRoot "file-outside-root" Error
        zh: "这个链接指向内容文件夹之外，没有读取", "把文件本身复制进来，不要用符号链接。";
        en: "this link leads out of the content folder and was not followed", "Copy the file itself; do not link to it.";
    EncodingBom "encoding-bom" Info
        zh: "文件开头有字节顺序标记（BOM），已忽略", "保存为“UTF-8”而不是“带 BOM 的 UTF-8”。";
        en: "the file begins with a byte-order mark, which is ignored", "Save it as UTF-8 without BOM.";
    EncodingUtf16 "encoding-utf16" Warning
        zh: "文件是 UTF-16 编码（记事本的“Unicode”），已转换读取：{0}", "用“UTF-8”重新保存。";
        en: "the file is in UTF-16 (Notepad's “Unicode”); it was converted: {0}", "Save it again as UTF-8.";
    EncodingGb18030 "encoding-gb18030" Warning
        zh: "文件是 GB18030 编码（记事本的“ANSI”），已转换读取，第一行是：{0}", "核对这一行；用“UTF-8”重新保存。";
        en: "the file is in GB18030 (Notepad's “ANSI”); it was converted, its first line reads: {0}", "Check that line and save the file again as UTF-8.";
    EncodingBroken "encoding-broken" Error
        zh: "这里有读不成文字的字节（{0}）{1:more}", "删去或改正这个字，用“UTF-8”重新保存。";
        en: "bytes here ({0}) cannot be read as text{1:more}", "Delete or mend this character and save the file as UTF-8.";
    EncodingLineEnds "encoding-line-ends" Info
        zh: "换行是 Windows 的 CRLF，已按普通换行读取", "不必处理；整理格式时会统一。";
        en: "lines end in CRLF as on Windows; they are read as ordinary line ends", "Nothing needs doing; formatting will unify them.";
    CharacterControl "character-control" Warning
        zh: "文字里有看不见的控制字符 {0}，已略去{1:more}", "多半来自 PDF 复制，请删去。";
        en: "the text holds an invisible control character {0}, which is left out{1:more}", "It usually comes with copying from a PDF; delete it.";
    CharacterReplacement "character-replacement" Warning
        zh: "文字里有乱码 {0}{1:more}", "这个字在转换编码时已经丢失，请对照原文补上。";
        en: "the text holds damaged characters: {0}{1:more}", "The character was lost when the encoding was converted; restore it from the original.";
    NameWithoutLanguage "name-without-language" Error
        zh: "文件名没有写明语言", "改名为 {0} 或 {1}。";
        en: "the file name does not say its language", "Rename it to {0} or {1}.";
    NameLanguage "name-language" Error
        zh: "文件名里的“{0}”不是本站的语言", "用 .zh.md 或 .en.md 结尾。";
        en: "“{0}” in the file name is no language of this site", "End the name in .zh.md or .en.md.";
    NameId "name-id" Error
        zh: "“{0}”不能作编号：只能用小写字母、数字和连字符，最多 48 个", "改名，例如 {1}；题名写在文件里，编号只用来定地址。";
        en: "“{0}” cannot be an id: lower-case letters, digits and hyphens only, at most 48", "Rename it, for instance {1}; the title stands inside the file, the id only makes the address.";
    NameReserved "name-reserved" Error
        zh: "“{0}”是程序自己要用的名字", "换一个编号。";
        en: "“{0}” is a name that the program itself needs", "Choose another id.";
    NameOpenDocument "name-open-document" Info
        zh: "“{0}”是办公软件打开文件时的临时文件，没有读取", "关闭那个文件，它会自动消失。";
        en: "“{0}” is the temporary file of an open office document and was not read", "Close the document and it will go.";
    NameDoubleSuffix "name-double-suffix" Error
        zh: "“{0}”的名字末尾多了 {1}，没有读取", "在资源管理器里显示“文件扩展名”，去掉末尾的 {1}。";
        en: "“{0}” ends in a superfluous {1} and was not read", "Show file name extensions in the Explorer and remove {1}.";
    NameCopy "name-copy" Warning
        zh: "“{0}”像是复制出来的文件，没有读取", "不需要就删除；需要就换一个编号。";
        en: "“{0}” looks like a copy and was not read", "Delete it, or give it an id of its own.";
    NameBackup "name-backup" Info
        zh: "“{0}”是编辑软件的备份，没有读取", "不需要处理；也可以删除。";
        en: "“{0}” is an editor's backup and was not read", "Nothing needs doing; it may be deleted.";
    RecordTwice "record-twice" Error
        zh: "编号 {0} 的{1:lang}文本有两份，另一份在 {2}", "留下一份。";
        en: "record {0} has its {1:lang} text twice; the other is {2}", "Keep one of them.";
    CollectionUndeclared "collection-undeclared" Info
        zh: "文件夹 {0} 没有在 collections.yaml 里登记，按通用栏目处理", "如果需要名称和字段，在 content/collections.yaml 里加上它。";
        en: "the folder {0} is not declared in collections.yaml; it is taken as a collection with the generic fields", "Add it to content/collections.yaml if it needs a name and fields.";
    CollectionNearMiss "collection-near-miss" Warning
        zh: "文件夹 {0} 没有登记，名字却和栏目 {1} 很像；按另一个栏目处理", "如果就是 {1}，把文件夹改名；如果不是，在 content/collections.yaml 里登记 {0}。";
        en: "the folder {0} is not declared, but its name is nearly that of the collection {1}; it is taken as another collection", "Rename the folder if {1} is meant; otherwise declare {0} in content/collections.yaml.";
    CollectionNearClosed "collection-near-closed" Warning
        zh: "文件夹 {0} 没有登记，名字却和不公开的栏目 {1} 很像；为防泄露，其中没有写明 access 的文本不进入公开版", "如果就是 {1}，把文件夹改名；如果不是，在 content/collections.yaml 里登记 {0}。";
        en: "the folder {0} is not declared, but its name is nearly that of the closed collection {1}; to be safe its texts without an access of their own stay out of the public edition", "Rename the folder if {1} is meant; otherwise declare {0} in content/collections.yaml.";
    CollectionCrowded "collection-crowded" Warning
        zh: "栏目 {0} 有 {1} 个条目在同一个文件夹里", "在 collections.yaml 里给它写 folders: year 或 hash；地址会变，请在公开之前决定。";
        en: "the collection {0} has {1} records in one folder", "Give it folders: year or hash in collections.yaml; addresses change, so decide before publishing.";

    // The shape of YAML.
    FrontMatterMissing "front-matter-missing" Error
        zh: "文件开头没有 --- 之间的著录项", "在第一行写 ---，然后写 title: 题名，再写一行 ---。";
        en: "the file does not begin with front matter between --- lines", "Write --- in the first line, then title: …, then --- again.";
    FrontMatterUnclosed "front-matter-unclosed" Error
        zh: "著录项没有结束：缺少第二行 ---", "在著录项之后单独写一行 ---。";
        en: "the front matter does not end: the second --- is missing", "Write --- alone in a line after the last field.";
    YamlSyntax "yaml-syntax" Error
        zh: "这里的格式读不懂：{0:yaml}", "对照相邻的行检查缩进、冒号和引号；含有特殊符号的内容用英文双引号括起来。";
        en: "the format cannot be understood here: {0:yaml}", "Compare indentation, colons and quotes with the lines around; put values with special signs into double quotes.";
    YamlFullWidthColon "yaml-full-width-colon" Error
        zh: "“{0}”后面用了中文冒号", "改成英文冒号加一个空格：{0}: …";
        en: "“{0}” is followed by a full-width colon", "Write an ASCII colon and a space: {0}: …";
    YamlNoSpace "yaml-no-space" Error
        zh: "“{0}:”后面少一个空格，程序看不出这是一个字段", "在冒号后加一个空格。";
        en: "“{0}:” needs a space after the colon, else it is no field", "Put a space after the colon.";
    YamlWideSpace "yaml-wide-space" Error
        zh: "这里有一个特殊的空白字符（{0}），它看起来像空格，但不能用来分隔", "换成普通的半角空格。";
        en: "there is a special blank ({0}) here; it looks like a space but separates nothing", "Replace it with an ordinary space.";
    YamlTab "yaml-tab" Error
        zh: "缩进用了制表符（Tab）", "换成空格，每一层两个。";
        en: "a tab is used for indentation", "Use spaces, two for each level.";
    YamlUnquotedColon "yaml-unquoted-colon" Error
        zh: "“{0}”的内容里又有“冒号加空格”", "把整个内容用英文双引号括起来：{0}: \"…\"";
        en: "the value of “{0}” itself holds a colon and a space", "Put the whole value into double quotes: {0}: \"…\"";
    YamlUnquotedStart "yaml-unquoted-start" Error
        zh: "“{0}”的内容以 {1} 开头，这个符号在这里另有含义", "把整个内容用英文双引号括起来，里面的引号改用“”；题名里可以用【】。";
        en: "the value of “{0}” begins with {1}, which has a meaning of its own here", "Put the whole value into double quotes and use curly quotes inside.";
    YamlIndentedKey "yaml-indented-key" Error
        zh: "“{0}”缩进了，成了上一项内容的一部分", "去掉行首的空格，用英文冒号加一个空格：{0}: …";
        en: "“{0}” is indented and became part of the value before it", "Remove the spaces before it; write an ASCII colon and a space: {0}: …";
    YamlComment "yaml-comment" Error
        zh: "“{0}”的内容里 # 及其后面的文字会被当作注释丢掉", "把整个内容用英文双引号括起来：{0}: \"…\"";
        en: "in the value of “{0}” the sign # and all that follows would be dropped as a comment", "Put the whole value into double quotes: {0}: \"…\"";
    YamlFlowComma "yaml-flow-comma" Error
        zh: "花括号里的逗号把内容分成了几项：“{0}”成了单独的一项", "把含有逗号的内容用英文双引号括起来。";
        en: "a comma inside {…} separates entries: “{0}” became an entry of its own", "Put the value that holds the comma into double quotes.";
    YamlDuplicateKey "yaml-duplicate-key" Error
        zh: "“{0}”写了两次，前一次在第 {1} 行", "留下一个。";
        en: "“{0}” stands twice; first in line {1}", "Keep one of them.";
    YamlExcess "yaml-excess" Error
        zh: "结构太深、太大或引用太多：{0:yaml}", "这样的文件不会是人写的；把它拆开，或者去掉 & 和 * 的引用。";
        en: "nested too deep, too large or too many references: {0:yaml}", "No person writes such a file; split it, or remove the & and * references.";
    YamlNumberAsText "yaml-number-as-text" Error
        zh: "“{0}”应当是文字，这里的 {1} 会被读成数字", "用英文双引号括起来：\"{1}\"";
        en: "“{0}” is text, but {1} would be read as a number", "Put it into double quotes: \"{1}\"";

    // Fields.
    KeyUnknown "key-unknown" Error
        zh: "没有“{0}”这个字段", "删去它，或者核对写法；这里可以写：{1}。";
        en: "there is no field “{0}”", "Delete it or check its spelling; what can stand here: {1}.";
    KeyMisspelt "key-misspelt" Error
        zh: "没有“{0}”这个字段", "是不是“{1}”？";
        en: "there is no field “{0}”", "Is “{1}” meant?";
    ValueNotText "value-not-text" Error
        zh: "“{0}”应当是一段文字", "写在同一行，有特殊符号就用英文双引号括起来。";
        en: "“{0}” should be a text", "Write it in one line, in double quotes if it holds special signs.";
    ValueNotList "value-not-list" Error
        zh: "“{0}”应当是一个列表", "写成 [a, b]，或者每行一个、以“- ”开头。";
        en: "“{0}” should be a list", "Write [a, b], or one a line, each beginning with “- ”.";
    ValueNotMap "value-not-map" Error
        zh: "“{0}”应当是几个“名称: 值”", "每个一行，比上一行多缩进两个空格。";
        en: "“{0}” should hold entries of the form name: value", "Write one a line, indented by two spaces.";
    ValueNotNumber "value-not-number" Error
        zh: "“{0}”应当是一个数", "只写半角的阿拉伯数字，单位另写。";
        en: "“{0}” should be a number", "Write digits only; the unit stands elsewhere.";
    ValueNotTruth "value-not-truth" Error
        zh: "“{0}”应当是 true（是）或 false（否）", "写 true 或 false。";
        en: "“{0}” should be true or false", "Write true or false.";
    ValueNotId "value-not-id" Error
        zh: "“{0}”不能作编号：只能用小写字母、数字和连字符，最多 48 个", "换一个编号。";
        en: "“{0}” is no id: lower-case letters, digits and hyphens only, at most 48", "Choose another.";
    ValueChoice "value-choice" Error
        zh: "“{0}”不能是“{1}”", "可以用的值：{2:values}。";
        en: "“{0}” cannot be “{1}”", "Use one of: {2:values}.";
    ValueDate "value-date" Error
        zh: "“{0}”不是认得的日期写法", "写成 2020-03-01、2020-03、2020 或 2018/2020。";
        en: "“{0}” is not written as a date", "Write 2020-03-01, 2020-03, 2020 or 2018/2020.";
    ValueDateCalendar "value-date-calendar" Error
        zh: "日历上没有“{0}”", "核对月份和日期。";
        en: "“{0}” does not exist in the calendar", "Check month and day.";
    ValueDateOrder "value-date-order" Error
        zh: "“{0}”的结束早于开始", "早的日期写在前面。";
        en: "“{0}” ends before it begins", "Write the earlier date first.";
    ValueDateSpelling "value-date-spelling" Info
        zh: "日期“{0}”已按 {1} 读取", "建议写成 {1}。";
        en: "the date “{0}” was read as {1}", "Better write {1}.";
    ValueCurlyQuotes "value-curly-quotes" Warning
        zh: "“{0}”的整个内容在中文引号里，引号会显示出来", "不需要引号就去掉；需要半角引号就用英文双引号。";
        en: "the whole value of “{0}” stands in curly quotes, which will be shown", "Remove them, or use straight double quotes if quoting is meant.";
    ValueEmpty "value-empty" Warning
        zh: "“{0}”没有内容", "填上内容，或者删去这一行。";
        en: "“{0}” is empty", "Fill it in or delete the line.";
    ValueMissing "value-missing" Error
        zh: "“{0}”后面没有值，程序不能替你猜", "填上值，或者删去这一行。";
        en: "“{0}” has no value, and this one cannot be guessed", "Give it a value or delete the line.";
    TitleMissing "title-missing" Error
        zh: "没有题名", "加上一行 title: 题名。";
        en: "there is no title", "Add a line title: ….";
    FieldMissing "field-missing" Error
        zh: "缺少必填的“{0}”", "补上这个字段。";
        en: "the required field “{0}” is missing", "Add it.";
    SummaryMissing "summary-missing" Info
        zh: "没有摘要，列表里用正文开头代替", "加上一行 summary: 一两句话。";
        en: "there is no summary; lists show the beginning of the text", "Add a line summary: one or two sentences.";
    TranslationMissing "translation-missing" Info
        zh: "没有{0:lang}文本，{0:lang}页面会注明并显示另一种语言", "补上 {1}。";
        en: "there is no {0:lang} text; the {0:lang} page says so and shows the other language", "Add {1}.";
    TranslationUnreviewed "translation-unreviewed" Warning
        zh: "机器翻译未经审核，这份文本不进入公开版", "审核后写 reviewed: true。";
        en: "a machine translation that nobody reviewed stays out of the public edition", "Review it and write reviewed: true.";
    FactsDiffer "facts-differ" Error
        zh: "“{0}”在两种语言的文件里不一样：另一处（{1} 第 {2} 行）是 {3}", "事实只写一次；留下正确的一处。";
        en: "“{0}” differs between the two language files: the other ({1} line {2}) says {3}", "Facts are written once; keep the right one.";
    ClassificationSecret "classification-secret" Error
        zh: "密级为“{0}”的材料不能进入这个程序处理的任何文件夹", "立即把它移出 content/，按保密规定处理。";
        en: "material classified “{0}” must not be in any folder that this program handles", "Remove it from content/ at once and follow the secrecy rules.";
    TermUnknown "term-unknown" Error
        zh: "“{0}”不在 {1} 里", "核对写法{2:near}。";
        en: "“{0}” is not in {1}", "Check the spelling{2:near}.";
    TermUnknownInText "term-unknown-in-text" Warning
        zh: "没有编号为“{0}”的词条，已照原样印出", "核对写法{1:near}。";
        en: "there is no term with the id “{0}”; it is printed as it stands", "Check the spelling{1:near}.";
    TermAmbiguous "term-ambiguous" Warning
        zh: "几个词表里都有“{0}”（{1}），用了前一个", "写明词表：{2}。";
        en: "several vocabularies have “{0}” ({1}); the first was taken", "Name the vocabulary: {2}.";
    TermTwice "term-twice" Error
        zh: "编号“{0}”在这个文件里用了两次，前一次是第 {1} 个", "换一个编号。";
        en: "the id “{0}” stands twice in this file; it is already that of entry {1}", "Choose another id.";
    TermCircle "term-circle" Error
        zh: "“{0}”的上级或后继绕回到它自己", "改正 parent 或 successor。";
        en: "the parents or successors of “{0}” lead back to itself", "Mend parent or successor.";
    ReferenceCode "reference-code" Error
        zh: "档号的“{0}”写成“{1}”不合规则", "应当是{2:shape}。";
        en: "the part “{0}” of the reference code cannot be “{1}”", "It should be {2:shape}.";
    ReferenceCodeTwice "reference-code-twice" Error
        zh: "档号 {0} 已经给了 {1}", "档号不能重复，请核对件号。";
        en: "the reference code {0} is already that of {1}", "Reference codes are unique; check the item number.";
    PlanTermHomeless "plan-term-homeless" Warning
        zh: "工作计划里的这个词没有归处", "写 home:，指明它在档案的哪里；不公布的写 home: {not_published: 理由}。";
        en: "this term of the plan of work leads nowhere", "Say with home: where the archive has it, or home: {not_published: reason}.";
    SourceUnknown "source-unknown" Error
        zh: "没有编号为“{0}”的来源", "核对写法{1:near}。";
        en: "there is no source with the id “{0}”", "Check the spelling{1:near}.";
    FactUnknown "fact-unknown" Warning
        zh: "没有编号为“{0}”的数据，已照原样印出", "核对写法{1:near}。";
        en: "there is no fact with the id “{0}”; it is printed as it stands", "Check the spelling{1:near}.";
    HomeFactUnknown "home-fact-unknown" Warning
        zh: "没有编号为“{0}”的数据，首页不列它", "核对写法{1:near}。";
        en: "there is no fact with the id “{0}”; the home page leaves it out", "Check the spelling{1:near}.";
    FactTwice "fact-twice" Error
        zh: "编号“{0}”已经在 {1} 里用过", "编号在全站只能用一次。";
        en: "the id “{0}” is already used in {1}", "An id can be used only once in the site.";
    FormatNewer "format-newer" Error
        zh: "内容格式是第 {0} 版，这个程序只懂到第 {1} 版", "换用新版的程序。";
        en: "the content has format {0}; this program knows up to {1}", "Use a newer version of the program.";
    SiteMissing "site-missing" Error
        zh: "没有 content/site.yaml", "新建这个文件，至少写一行 title: 站名。";
        en: "there is no content/site.yaml", "Create it with at least a line title: ….";

    FileMisplaced "file-misplaced" Warning
        zh: "这个文件的位置或名字不对，没有读取", "条目写成 栏目/编号.zh.md 或 栏目/编号/index.zh.md，词表和数据写成 .yaml，图片放在条目的文件夹里。";
        en: "by its place or name this file is read by nothing", "A record is collection/id.zh.md or collection/id/index.zh.md, vocabularies and data end in .yaml, pictures lie in the folder of their record.";
    // Datasets.
    ColumnTwice "column-twice" Error
        zh: "列“{0}”写了两次", "每列一个编号；留下一个。";
        en: "the column “{0}” stands twice", "Each column has an id of its own; keep one.";
    ColumnUnknown "column-unknown" Error
        zh: "这张表没有“{0}”这一列", "核对写法{1:near}。";
        en: "this table has no column “{0}”", "Check the spelling{1:near}.";
    ValueNotInteger "value-not-integer" Error
        zh: "“{0}”应当是整数", "去掉小数，或者把这一列写成 type: number。";
        en: "“{0}” should be a whole number", "Remove the fraction, or declare the column as type: number.";
    DatasetTwice "dataset-twice" Error
        zh: "数据集编号“{0}”已经在 {1} 里用过", "换一个编号：每张表、每份汇总都有自己的地址。";
        en: "the dataset id “{0}” is already used in {1}", "Choose another: each table and each set of sums has an address of its own.";
    ClosedDataOpen "closed-data-open" Error
        zh: "不公开的根目录里只能有表格，“{0}”没有读取", "把“{0}”移到公开的 content/data/ 里：公开的文字要用它们。";
        en: "under the root for closed material only tables are read, “{0}” was not", "Move “{0}” to the open content/data/: open texts need it.";
    PublishBy "publish-by" Error
        zh: "不能按列“{0}”分组公布", "分组的列可以是词表、年份、是否或文字，不能是数、日期，也不能是封存的列；写一到三列。";
        en: "sums cannot be grouped by the column “{0}”", "Group by one to three columns of places, programmes, units, years, flags or texts; not by numbers or dates, nor by what is sealed.";
    PublishSum "publish-sum" Error
        zh: "列“{0}”不能求和公布", "只有 number 和 integer 的列可以求和，封存的列不可以。";
        en: "the column “{0}” cannot be added up", "Only columns of type number or integer can, and none that is sealed.";
    PublishSmallest "publish-smallest" Error
        zh: "smallest 不能小于全站规定的 {0}", "写 {0} 或更大的数，或者删去这一行。";
        en: "smallest cannot be less than the {0} of the whole site", "Write {0} or more, or delete the line.";
    PublishOpen "publish-open" Warning
        zh: "这张表本身公开，不再另外公布汇总“{0}”：读者减去公开的行，就能算出没有公开的行", "删去 publish:，或者把整张表写成 access: internal。";
        en: "the table itself is public, so its sums “{0}” are not made: whoever subtracts the open rows learns the closed ones", "Delete publish:, or close the table with access: internal.";
    PublishSealed "publish-sealed" Warning
        zh: "这张表已封存，汇总“{0}”也不公布", "删去 publish:，或者改为 access: internal。";
        en: "the table is sealed, so its sums “{0}” are not made either", "Delete publish:, or write access: internal.";
    PublishCoarse "publish-coarse" Warning
        zh: "汇总“{0}”的小格太多，逐格保护算不完，只公布了总计", "减少分组的列，或者先把小的组合并。";
        en: "the sums “{0}” have more small cells than can be protected one by one; only the grand total is published", "Group by fewer columns, or merge small groups first.";
    UnitUnknown "unit-unknown" Error
        zh: "不认识单位“{0}”", "用已有的单位，或者写成 unit: {zh: …, en: …}。";
        en: "the unit “{0}” is unknown", "Use a known one or write unit: {zh: …, en: …}.";
    TranslationStamp "translation-stamp" Info
        zh: "原文有 {0} 段在翻译之后改动过", "核对译文后更新 translation.of。";
        en: "{0} paragraphs of the original changed since they were translated", "Check the translation and renew translation.of.";

    // Markdown.
    BlockUnknown "block-unknown" Error
        zh: "没有叫“{0}”的块，整块内容不会公布", "可以用的块：{1}。";
        en: "there is no block called “{0}”; nothing of it is published", "Blocks that exist: {1}.";
    BlockUnclosed "block-unclosed" Error
        zh: "块“{0}”没有结束", "在块的末尾单独写一行 :::";
        en: "the block “{0}” does not end", "Write ::: alone in a line after it.";
    KeySlipped "key-slipped" Error
        zh: "“{0}”写在正文里，不起作用；为防泄露，这份文本不公布", "把这一行移到文件开头的两行 --- 之间。";
        en: "“{0}” stands in the body, where it does nothing; to be safe the text is not published", "Move the line between the --- lines at the beginning of the file.";
    BlockStray "block-stray" Error
        zh: "这里结束了一个没有开始的块", "删去这一行，或者补上开头的 :::名称。";
        en: "this ends a block that never began", "Delete the line or add the opening :::name.";
    BlockNearMiss "block-near-miss" Error
        zh: "“{0}”像是一个块的标记，但写法不对；为防泄露，这份文本不公布", "用三个英文冒号：:::internal … :::";
        en: "“{0}” looks like the mark of a block but is misspelt; to be safe the text is not published", "Use three ASCII colons: :::internal … :::";
    WithheldNearMiss "withheld-near-miss" Error
        zh: "“{0}”像是隐去标记，但写法不对；为防泄露，这份文本不公布", "写成 {withheld:要隐去的文字}，用英文的大括号和冒号，并且在同一段内结束。";
        en: "“{0}” looks like a withheld mark but is misspelt; to be safe the text is not published", "Write {withheld:text} with ASCII braces and colon, closed within the paragraph.";
    InlineNearMiss "inline-near-miss" Warning
        zh: "“{0}”像是一个行内标记，但写法不对，已照原样印出", "写成 {1}";
        en: "“{0}” looks like an inline mark but is misspelt; it is printed as it stands", "Write {1}";
    LinkBroken "link-broken" Warning
        zh: "链接“{0}”没有目标，只印出文字", "核对写法{1:near}。";
        en: "the link “{0}” leads nowhere; only its text is printed", "Check the spelling{1:near}.";
    LinkAmbiguous "link-ambiguous" Warning
        zh: "有几个条目的编号是“{0}”，不知道指哪一个，只印出文字", "写成 栏目/{0}。";
        en: "several records have the id “{0}”; only the link's text is printed", "Write collection/{0}.";
    LinkAnchor "link-anchor" Warning
        zh: "页面里没有“{0}”这个位置，只印出文字", "核对标题，或者给标题写 {#编号}。";
        en: "there is no place “{0}” in the page; only the link's text is printed", "Check the heading, or give it an id with {#id}.";
    LinkClosed "link-closed" Warning
        zh: "链接“{0}”指向不公开的条目，公开版只印出文字", "不需要处理；如果不该提到它，请改写这一句。";
        en: "the link “{0}” leads to a record that is not public; the public edition prints only its text", "Nothing needs doing, unless it should not be mentioned at all.";
    MemberUnknown "member-unknown" Warning
        zh: "没有编号为“{0}”的条目，没有收进这一页", "写成 栏目/编号，并核对写法{1:near}。";
        en: "there is no record “{0}”; it is left out of this page", "Write collection/id and check the spelling{1:near}.";
    MemberClosed "member-closed" Warning
        zh: "条目“{0}”不公开，公开版的这一页不列它", "不需要处理；如果不该提到它，请把它从 members 里删去。";
        en: "the record “{0}” is not public; this page of the public edition does not list it", "Nothing needs doing, unless it should not be mentioned at all.";
    LinkUnparsed "link-unparsed" Warning
        zh: "地址“{0}”不合格式，没有印成链接", "写完整的网址，例如 https://www.gov.cn/。";
        en: "the address “{0}” cannot be parsed and is not printed as a link", "Write the whole address, as in https://www.gov.cn/.";
    LinkBlank "link-blank" Warning
        zh: "地址“{0}”里有空格，按一个完整的地址读取；别的软件会把它当作普通文字", "用尖括号括起来：(<{0}>)，或者给文件换一个没有空格的名字。";
        en: "the address “{0}” holds a blank; it was read as one address, which other programs do not do", "Put it into angle brackets: (<{0}>), or give the file a name without blanks.";
    PictureMissing "picture-missing" Warning
        zh: "没有图片“{0}”，已略去，印出说明文字", "核对写法{1:near}。";
        en: "there is no picture “{0}”; its alternative text is printed", "Check the spelling{1:near}.";
    PictureRemote "picture-remote" Warning
        zh: "图片在别的网站上（{0}），印成链接", "把图片下载到条目的文件夹里。";
        en: "the picture is on another site ({0}); it is printed as a link", "Download it into the record's folder.";
    PictureUnreadable "picture-unreadable" Warning
        zh: "图片“{0}”无法读取：{1:both}", "{2:both}。";
        en: "the picture “{0}” cannot be read: {1:both}", "{2:both}.";
    PictureTooLarge "picture-too-large" Warning
        zh: "这张图片的文件头写明有 {0} 像素，超过 1.2 亿像素，没有读取", "用看图软件缩小后另存；网页上最宽只用到 1600 像素。";
        en: "the header of this picture claims {0} pixels, more than 120 million; it was not read", "Save a smaller copy; a page shows 1600 pixels at most.";
    PictureFileLarge "picture-file-large" Warning
        zh: "图片文件有 {0} MB，超过 {1} MB，没有读取", "用看图软件缩小后另存；要原样提供下载的，写进 files。";
        en: "this picture's file has {0} MB, more than {1} MB; it was not read", "Save a smaller copy, or list it under files to hand it out as it is.";
    PictureKind "picture-kind" Warning
        zh: "程序读不了这种图片（{0}）", "用看图软件另存为 JPEG（RGB）；苹果手机可在“设置 › 相机 › 格式”里选“兼容性最佳”，以后的照片就是 JPEG。";
        en: "pictures of this kind ({0}) cannot be read", "Save it as a JPEG in RGB; an iPhone takes JPEG by itself with Settings › Camera › Formats › Most Compatible.";
    PictureMoves "picture-moves" Info
        zh: "这是动图，网站上只显示第一帧：页面上不放无法停止的动画", "要看的就是动作时，请另存为 MP4，写进 files。";
        en: "this picture moves; the site shows its first frame, since nothing on a page may move that cannot be stopped", "If the movement is the point, save it as MP4 and list it under files.";
    PicturePages "picture-pages" Info
        zh: "这个 TIFF 有几页，网站上只显示第一页", "需要整份公布时，写进 files 提供下载。";
        en: "this TIFF has several pages; the site shows the first", "To publish all of them, list the file under files.";
    PictureCmyk "picture-cmyk" Warning
        zh: "这张图片是印刷用的 CMYK 颜色，换算成屏幕颜色后会有偏差", "用看图软件转成 sRGB 后另存。";
        en: "this picture has the CMYK colours of printing; on the screen they come out only roughly", "Convert it to sRGB and save it again.";
    PictureProfile "picture-profile" Warning
        zh: "这张图片的颜色配置文件已损坏或者太大，没有用上，颜色可能有偏差", "用看图软件转成 sRGB 后另存。";
        en: "the colour profile of this picture is broken or too large and was left out; its colours may be off", "Convert it to sRGB and save it again.";
    PictureNotThere "picture-not-there" Warning
        zh: "条目的文件夹里没有图片“{0}”，这里写的没有用上", "核对文件名{1:near}。";
        en: "the record's folder has no picture “{0}”; what is said here is of no use", "Check the file's name{1:near}.";
    PictureWithoutAlt "picture-without-alt" Warning
        zh: "图片“{0}”没有替代文字，看不见图的读者不知道画的是什么", "在方括号里写一句：![画面内容]({0})，或者写在 pictures: {{0}: {alt: …}} 里。";
        en: "the picture “{0}” has no alternative text for readers who cannot see it", "Describe it in the brackets, ![what it shows]({0}), or under pictures: {{0}: {alt: …}}.";
    BlockPictures "block-pictures" Warning
        zh: "before-after 要恰好两张图，先前后后；这里有 {0} 张", "第一张是以前的，第二张是以后的；多张图用 :::gallery。";
        en: "before-after takes exactly two pictures, the earlier one first; here are {0}", "Leave one of each time, or use :::gallery for more.";
    HtmlDropped "html-dropped" Info
        zh: "HTML 标签 <{0}> 不在允许之列，已去掉标签、保留文字", "用 Markdown 的写法代替。";
        en: "the HTML tag <{0}> is not allowed; the tag is dropped, its text kept", "Use Markdown instead.";
    HtmlScript "html-script" Warning
        zh: "<{0}> 连同其中内容已去掉", "页面里不能有脚本、样式和嵌入的外部内容。";
        en: "<{0}> was dropped with all it holds", "Pages hold no scripts, styles or embedded foreign content.";
    CodeOfHan "code-of-han" Warning
        zh: "这一段汉字因为行首有四个空格成了代码块", "去掉行首的空格；段首缩进由版式处理。";
        en: "this Chinese prose became a code block because its lines begin with four spaces", "Remove the spaces; the layout indents paragraphs by itself.";
    HeadingLike "heading-like" Warning
        zh: "“{0}”像标题，但格式不对，按普通文字印出{2:more}", "写成 {1}";
        en: "“{0}” looks like a heading but is written differently; it is printed as plain text{2:more}", "Write {1}";
    ListLike "list-like" Info
        zh: "“{0}”像列表的一项，但这样写不成列表，按普通文字印出{2:more}", "要成为列表就写成“{1}”；公文的序号照原样写即可。";
        en: "“{0}” looks like a list item but makes no list; it is printed as plain text{2:more}", "For a list write “{1}”; the numbering of official documents may stand as it is.";
    HeadingNumbered "heading-numbered" Info
        zh: "“{0}”以公文的序号开头，按普通文字印出{2:more}", "如果是小标题，写成“{1}”，读者可以从目录找到它；如果是正文里的序号，不用处理。";
        en: "“{0}” begins with the numbering of official documents and is printed as plain text{2:more}", "If it is a heading write “{1}”, so that the outline lists it; otherwise nothing needs doing.";
    TableFullWidth "table-full-width" Warning
        zh: "表格用了全角竖线“｜”，没有成为表格", "换成半角的 |。";
        en: "a table with full-width bars is no table", "Use the ASCII bar |.";
    EmphasisSpaced "emphasis-spaced" Warning
        zh: "“{0}”里星号旁边有空格，没有变成加粗", "去掉星号内侧的空格。";
        en: "“{0}” has a space inside its asterisks and is not emphasised", "Remove the space inside.";
    HeadingAnchor "heading-anchor" Warning
        zh: "“{#{0}}”不能作这个标题的位置编号，改用 {1}", "只用半角的字母、数字、- 和 _，不用别的标题或页面自己的编号，例如 {#yields}。";
        en: "“{#{0}}” cannot be the id of this heading; it became {1}", "Use ASCII letters, digits, - and _, and no id of another heading or of the page itself, as in {#yields}.";
    NoteMissing "note-missing" Warning
        zh: "脚注“{0}”没有写内容，已照原样印出", "另起一行写“{0}: ”和内容；不是脚注就在方括号前加 \\。";
        en: "there is no text for the footnote “{0}”; it is printed as it stands", "Write “{0}: ” and the text on a line of its own; put \\ before the bracket if it is no footnote.";
    NestingDeep "nesting-deep" Warning
        zh: "列表或引用套了太多层，超出的部分按文字印出", "最多 {0} 层。";
        en: "lists or quotations are nested too deep; what is beyond is printed as text", "At most {0} levels.";

    // The gate.
    TextHeldBack "text-held-back" Warning
        zh: "因为这些问题，{0} 的{1:lang}文本不进入公开版", "改正后它会自动公布。";
        en: "because of these findings the {1:lang} text of {0} stays out of the public edition", "Once they are mended it is published.";
    TranslationAlone "translation-alone" Warning
        zh: "{0} 是译文，却没有原文 {1}；为防公开级别写在别处，它不进入公开版", "补上原文，或者写上 access: public。";
        en: "{0} is a translation without its original {1}; in case its access level stands elsewhere it stays out of the public edition", "Add the original, or write access: public.";
    TwinNearMiss "twin-near-miss" Warning
        zh: "{0} 只有这一种语言、没有自己的事实，而 {1} 的编号与它相近；为防公开级别写错了地方，它不进入公开版", "如果是同一个条目，统一编号；否则写上 access: public。";
        en: "{0} has only this language and no facts, and {1} has nearly the same id; in case its access level stands in the wrong file it stays out of the public edition", "Use one id if it is the same record; otherwise write access: public.";

    // Products.
    PathTaken "path-taken" Error
        zh: "两个内容要写到同一个地址 {0}（另一个是 {1}）", "给其中一个换编号。";
        en: "two things want the same address {0} (the other is {1})", "Give one of them another id.";
    PathFault "path-fault" Error
        zh: "地址 {0} 不能在所有系统上保存", "换一个较短、只含小写字母和数字的编号。";
        en: "the address {0} cannot be kept on every system", "Choose a shorter id of lower-case letters and digits.";
    ThemeUnknown "theme-unknown" Error
        zh: "没有叫“{0}”的主题", "可用的主题：{1}。";
        en: "there is no theme “{0}”", "Themes at hand: {1}.";
    ThemeFault "theme-fault" Error
        zh: "主题文件有错：{0}", "改正它，或者删去自己的文件以用回内置的。";
        en: "the theme has a fault: {0}", "Mend it, or delete your own file to use the built-in one.";
    PrivateResidentId "private-resident-id" Error
        zh: "这里有公民身份号码：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a resident identity number: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateResidentIdAltered "private-resident-id-altered" Warning
        zh: "这里有像公民身份号码（校验码不对，可能写错或改动过）：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is what looks like a resident identity number, with a wrong check character: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateResidentIdOld "private-resident-id-old" Error
        zh: "这里有15 位旧身份证号：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is an old resident identity number of 15 digits: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateResidentIdMasked "private-resident-id-masked" Warning
        zh: "这里有只遮了一部分的身份证号，仍看得出地区和生日：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a resident identity number that is masked in part; region and birthday can be read: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateDisabilityCertificate "private-disability-certificate" Error
        zh: "这里有残疾人证号：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is the number of a disability certificate: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateMobile "private-mobile" Error
        zh: "这里有手机号码：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a mobile telephone number: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateLandline "private-landline" Warning
        zh: "这里有固定电话号码：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a telephone number: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateBankCard "private-bank-card" Error
        zh: "这里有银行卡号：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a bank card number: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivatePassport "private-passport" Warning
        zh: "这里有护照或通行证号：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is the number of a passport or permit: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateEmail "private-email" Warning
        zh: "这里有电子邮箱：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is an e-mail address: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateMessengerAccount "private-messenger" Warning
        zh: "这里有QQ 号或微信号：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a QQ number or WeChat id: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateAddressWithName "private-address" Warning
        zh: "这里有个人姓名旁的住址，细到村民组：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is an address down to the villagers’ group beside a personal name: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateMinor "private-minor" Warning
        zh: "这里有未成年人的姓名：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is the name of a child: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateHealthWithName "private-health" Warning
        zh: "这里有与病情或残疾同句的个人姓名：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a personal name in a sentence about illness or disability: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateCarPlate "private-car-plate" Info
        zh: "这里有车牌号：{0}", "请删去或用 {withheld:…} 隐去；办公电话和邮箱写进 site.yaml 的 office_numbers；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this is a number plate: {0}", "Delete it or withhold it with {withheld:…}; numbers of offices belong under office_numbers in site.yaml; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    LeakNumber "leak-number" Error
        zh: "生成的 {0} 里有个人号码：{1}；没有写任何文件", "号码不在正文里，请查看主题、词表或数据文件；核实可以公开的，记入 reviews.yaml（hash: {2}）。";
        en: "the finished file {0} holds a person’s number: {1}; nothing was written", "It does not stand in a text: look at the theme, vocabularies and data; what was judged fit for the public goes into reviews.yaml (hash: {2}).";
    LeakMetadata "leak-metadata" Error
        zh: "生成的图片 {0} 里还有隐藏信息；没有写任何文件", "这是程序的错误，请连同原图的格式告诉开发者。";
        en: "the finished picture {0} still holds hidden data; nothing was written", "This is a fault of the program; tell its makers which kind of picture it was.";
    ReviewIncomplete "review-incomplete" Warning
        zh: "这条复核记录缺少 {0}，不起作用", "每条须写明 code、file、hash、reason、by、date。";
        en: "this review lacks {0} and has no effect", "Each needs code, file, hash, reason, by and date.";
    ReviewUnused "review-unused" Warning
        zh: "这条复核记录没有对应的问题", "内容可能已改动或删除；请删去这条。";
        en: "nothing is found that this review is of", "The place was probably changed; delete the review.";
    PersonUnknown "person-unknown" Warning
        zh: "人物表里没有“{0}”{1:near}；页面上印作“某人”", "请在 vocabulary/people.yaml 里登记，或改正 id。";
        en: "there is no person “{0}”{1:near}; the page prints “a person”", "Enter the person in vocabulary/people.yaml, or correct the id.";
    PersonUnnamed "person-unnamed" Warning
        zh: "“{0}”缺少 {1}，公开版只印姓氏加“某”", "补上，或改用别的 naming。";
        en: "“{0}” lacks {1}; the public edition prints the surname only", "Add it, or choose another naming.";
    PrivatePersonName "private-person-name" Error
        zh: "这里写出了未同意公开姓名的人的真名：{0}", "请改写为 {person:{2}}；同名而非本人的，核实后记入 reviews.yaml（hash: {1}）。";
        en: "this is the real name of somebody who has not agreed to be named: {0}", "Write {person:{2}} instead; if it is another person or a word, judge it in reviews.yaml (hash: {1}).";
    PictureLocation "picture-location" Warning
        zh: "这张照片里存着拍摄地点的坐标；网站上的图片会去掉，原文件里仍有", "外传原文件之前，请先去掉其中的位置信息。";
        en: "this photograph carries the coordinates of where it was taken; the site's picture does not, the original does", "Remove them before the original is handed on.";
    PictureHidden "picture-hidden" Warning
        zh: "这张图片的隐藏信息（{0:both}）里有个人信息：{1}；网站上的图片会去掉，原文件里仍有", "外传原文件之前，请先去掉这些信息。";
        en: "the hidden data of this picture ({0:both}) identify a person: {1}; the site's picture has none, the original has", "Remove them before the original is handed on.";
    ClosedFileTwice "closed-file-twice" Error
        zh: "公开目录和 --closed 目录里都有这个文件", "只留一处：可以公开的放在公开目录，其余放在 --closed 目录。";
        en: "both the open root and that of --closed have this file", "Keep one: in the open root what may be public, in the other the rest.";
    ClosedRecordSplit "closed-record-split" Error
        zh: "条目 {0} 的文本一部分在公开目录，一部分在 --closed 目录", "同一条目的文本须放在同一个目录。";
        en: "the texts of the record {0} lie partly in the open root and partly in that of --closed", "Texts of one record belong in one root.";
    PrivateInFile "private-in-file" Error
        zh: "这个文件里有个人信息：{0}（{2:both}）", "请从文件里删去后再提供下载，或把它的 access 改为 internal；核实可以公开的，记入 reviews.yaml（hash: {1}）。";
        en: "this file identifies a person: {0} ({2:both})", "Take it out of the file before it is handed out, or set its access to internal; what was judged fit for the public goes into reviews.yaml (hash: {1}).";
    PrivateInFileDoubt "private-in-file-doubt" Warning
        zh: "这个文件里可能有个人信息：{0}（{2:both}）", "请打开核对；不该公开的从文件里删去，核实可以公开的记入 reviews.yaml（hash: {1}）。";
        en: "this file may identify a person: {0} ({2:both})", "Open it and see; take out what should not be public, and enter what may be in reviews.yaml (hash: {1}).";
    FileMissing "file-missing" Warning
        zh: "条目的文件夹里没有“{0}”{1:near}，不提供下载", "检查文件名，或把文件放进条目的文件夹。";
        en: "there is no “{0}” in the record's folder{1:near}; it is not handed out", "Check the name, or put the file into the folder.";
    FileUnlisted "file-unlisted" Info
        zh: "条目没有列出这个文件，不提供下载", "要提供下载，请写进条目的 files:；否则请移出内容文件夹。";
        en: "no record lists this file; it is not handed out", "List it under files: to hand it out, or move it out of the content folder.";
    FileUnreviewed "file-unreviewed" Error
        zh: "这个文件无法完整检查（{0:both}），须由人工通读后才能公开", "通读无误后写 reviewed: {by: 姓名, date: 日期}，或把它的 access 改为 internal。";
        en: "this file cannot be read whole ({0:both}); a person must read it before it is public", "Once it is read, write reviewed: {by: name, date: date}, or set its access to internal.";
    FileRefused "file-refused" Error
        zh: "这个文件不能公开（{0:both}）", "请另存为可以检查的格式（docx、xlsx、pdf、zip、mp4 …）。";
        en: "this file cannot be handed out ({0:both})", "Save it in a format that can be looked into (docx, xlsx, pdf, zip, mp4 …).";
    FileKind "file-kind" Error
        zh: "这类文件不提供下载：{0}", "请另存为这些格式之一：{1}；或在 site.yaml 的 files: {admit: […]} 里列出 {0}。";
        en: "files of this kind are not handed out: {0}", "Save it as one of: {1}; or list {0} in site.yaml under files: {admit: […]}.";
    FileKindNever "file-kind-never" Error
        zh: "{0} 文件一律不提供下载：{1:both}", "请另存为 pdf、docx、xlsx 等格式，几个文件一起的打成 zip。";
        en: "{0} files are never handed out: {1:both}", "Save it as pdf, docx or xlsx; pack several files as zip.";
    FileLocation "file-location" Error
        zh: "这张图片存着拍摄地点的坐标，原样提供下载就会一起公开", "用看图软件去掉位置信息后另存。";
        en: "this picture carries the coordinates of where it was taken, and as a download they go out with it", "Remove them with a picture viewer and save it again.";
    ScanNoPicture "scan-no-picture" Warning
        zh: "扫描页“{0}”不是网页能显示的图片，没有列入", "另存为 jpg 或 png，再改文件名。";
        en: "the scanned page “{0}” is no picture that a page can show; it is left out", "Save it as jpg or png and change the name here.";
    CaptionsHeader "captions-header" Warning
        zh: "字幕文件的第一行不是 WEBVTT", "在最前面加一行 WEBVTT，下面空一行。";
        en: "the captions do not begin with WEBVTT", "Write WEBVTT into the first line and leave an empty line below.";
    CaptionsCue "captions-cue" Warning
        zh: "这条字幕无法识别（{0:both}），没有印进文字稿", "先写一行“00:01.000 --> 00:04.000”，下面写文字，两条之间空一行。";
        en: "this caption cannot be read ({0:both}) and is not in the transcript", "Write a line like 00:01.000 --> 00:04.000, the words below it, and an empty line between two.";
    CaptionsOrder "captions-order" Warning
        zh: "这条字幕比上一条开始得早", "按开始时间的先后排列。";
        en: "this caption begins earlier than the one above", "Put captions in the order in which they begin.";
    CaptionsEmpty "captions-empty" Warning
        zh: "字幕文件里没有可识别的字幕，页面上没有文字稿", "看看是不是存成了别的格式；字幕须是 WebVTT（.vtt）。";
        en: "there are no captions in this file that can be read; the page has no transcript", "See whether it was saved in another format; captions are WebVTT (.vtt).";
    CaptionsMark "captions-mark" Error
        zh: "字幕里不能用隐去标记", "不公开的字句请直接从字幕里删去。";
        en: "captions cannot withhold words with marks", "Take what is closed out of the captions.";
    FileLarge "file-large" Warning
        zh: "这个文件有 {0} MB，读者下载很慢", "能压缩的请压缩，影片可以降低清晰度；超过 4 GiB 的不能公布。";
        en: "this file has {0} MB; readers will wait for it", "Compress it, or save a film at a lower quality; above 4 GiB it cannot be published.";
    FileFilmLarge "file-film-large" Error
        zh: "这段影片或声音有 {0} MB，超过 {1} MB，程序无法去掉其中的地点等隐藏信息", "请降低清晰度，或分成几段。";
        en: "this film or sound has {0} MB, more than the {1} MB from which places and other hidden data can be taken out", "Save it at a lower quality, or cut it into parts.";
    FileClosedValue "file-closed-value" Error
        zh: "条目 {0} 提供下载的这个文件里有 {1} 中不公开的内容（不在此显示；{2:both}）", "请从文件里删去，或把它的 access 改为 internal；如果本来就可以公开，请在那边取消隐去。";
        en: "this file, handed out by {0}, holds something that is closed in {1} (not shown here; {2:both})", "Take it out of the file, or set its access to internal; if it may be public, open it there.";
    FileLeftOver "file-left-over" Error
        zh: "这个文件里有批注、修订或隐藏的内容，读者看不见，却能取出来（{0:both}）", "在 Word 或 WPS 里接受全部修订、删除批注、删去隐藏的内容后另存；确实要一并公开的，通读后写 reviewed: {by: 姓名, date: 日期}。";
        en: "this file holds comments, tracked changes or hidden content: readers do not see them and can still take them out ({0:both})", "Accept all changes, delete comments and what is hidden, and save it again; what is meant to be public is read through and marked reviewed: {by: name, date: date}.";
    FileNamesPerson "file-names-person" Warning
        zh: "文件属性里写着人名：{0}（{1:both}）", "在 Word 或 WPS 里用“文件 › 信息 › 检查文档”删去文档属性和个人信息后另存。";
        en: "the properties of the file name a person: {0} ({1:both})", "Remove properties and personal information with File › Info › Inspect Document, and save it again.";
    FileHidden "file-hidden" Warning
        zh: "文件里图片的隐藏信息（{0:both}）里有个人信息：{1}", "请先去掉图片的隐藏信息，再插入文件。";
        en: "the hidden data of a picture in the file ({0:both}) identify a person: {1}", "Remove them from the picture before it is put in.";
    FileUnlabelled "file-unlabelled" Info
        zh: "这个文件没有说明文字，页面上只写“附件”", "在语言文件里写 files: {{0}: {label: …}}。";
        en: "this file has no label; the page calls it an attachment", "Write files: {{0}: {label: …}} in the file of the language.";
    FileNameDisagrees "file-name-disagrees" Warning
        zh: "文件名“{0}”的后缀与内容不符", "改成与内容相符的后缀。";
        en: "the suffix of “{0}” is not that of its content", "Give it the suffix of its content.";
    FilePictureLocation "file-picture-location" Warning
        zh: "文件里的图片（{0:both}）存着拍摄地点的坐标", "请先去掉图片的位置信息，再插入文件。";
        en: "a picture in the file ({0:both}) carries the coordinates of where it was taken", "Remove them from the picture before it is put in.";
    EmbargoLifted "embargo-lifted" Info
        zh: "封闭期已于 {0} 届满，本条已按公开处理", "不需要处理；如果仍不该公开，请改写 open_after 或 access。";
        en: "the embargo ended on {0}; the record is open", "Nothing needs doing; if it must stay closed, change open_after or access.";
    EmbargoDue "embargo-due" Info
        zh: "封闭期将于 {0} 届满，届时自动公开", "请在此之前复核内容。";
        en: "the embargo ends on {0}; the record opens by itself then", "Review its content before that day.";
    ClosedValueOpen "closed-value-open" Warning
        zh: "这里公开写出了 {0} 中不公开的内容", "如果这里也该隐去，请用 {withheld:…}；如果本来就可以公开，请在那边取消隐去。";
        en: "this stands openly here and is closed in {0}", "Withhold it here too with {withheld:…}, or, if it may be public, open it there.";
    LeakValue "leak-value" Error
        zh: "生成的 {0} 里出现了本文件中不公开的内容（不在此显示）；没有写任何文件", "请查看引用本文件或与本文件内容相同的页面和主题文件，去掉这段内容。";
        en: "the finished file {0} holds something of this file that is closed (not shown here); nothing was written", "Look at the pages and theme files that repeat it, and take it out there.";
    PageFault "page-fault" Error
        zh: "页面 {0} 无法生成：{1}", "这多半是主题的错误；换回内置主题再试。";
        en: "the page {0} cannot be made: {1}", "Most likely the theme is at fault; try the built-in one.";
}
