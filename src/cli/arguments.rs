//! What can be typed, as clap understands it. Help speaks Chinese first, then English.

use crate::date::PartialDate;
use crate::diagnostic::Format;
use crate::disclose::Profile;
use crate::lang::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 脱贫档案静态网站生成器 / A static-site generator for poverty-alleviation archives
#[derive(Debug, Parser)]
#[command(name = "tuopin", version, about)]
pub(super) struct Invocation {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub(super) struct Common {
    /// 含有 content/ 的文件夹 / the folder that contains content/
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// 成品文件夹 / the product's folder
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// 只放不公开材料的第二个内容文件夹 / a second content folder, for closed material only
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) closed: Option<PathBuf>,
    /// 缓存文件夹，none 为不用 / the cache's folder, or none
    #[arg(long, global = true, value_name = "DIR|none")]
    pub(super) cache: Option<PathBuf>,
    /// 以哪一天为“今天” / the day to take for today
    #[arg(long, global = true, value_name = "DATE", value_parser = full_date)]
    pub(super) as_of: Option<PartialDate>,
    /// 提示用的语言 / the language of messages
    #[arg(long, global = true, value_name = "zh|en", value_parser = language)]
    pub(super) language: Option<Lang>,
    /// 说明每一步用的时间和内存 / tell the time of each stage and the peak memory
    #[arg(long, global = true)]
    pub(super) timings: bool,
    /// 只说错误 / say errors only
    #[arg(long, global = true)]
    pub(super) quiet: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 生成网站 / build the site
    Build(BuildOptions),
    /// 检查内容，不写任何文件 / check the content and write nothing
    Check(CheckOptions),
    /// 在本机预览 / preview on this machine
    Serve(ServeOptions),
}

/// `build`
#[derive(Args, Debug)]
pub(super) struct BuildOptions {
    /// 公开版或内部版 / the public or the internal edition
    #[arg(long, value_enum, default_value_t = ProfileName::Public)]
    pub(super) profile: ProfileName,
    /// 网站的地址，代替 site.yaml 里的 / the site's address instead of that in site.yaml
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

/// `check`
#[derive(Args, Debug)]
pub(super) struct CheckOptions {
    /// 输出的格式 / the form of the output
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    pub(super) format: FormatName,
    /// 全部列出 / list everything
    #[arg(long)]
    pub(super) all: bool,
    /// 把警告也当作错误 / take warnings for errors
    #[arg(long, value_enum)]
    pub(super) deny: Option<Denied>,
}

/// `serve`
#[derive(Args, Debug)]
pub(super) struct ServeOptions {
    /// 端口 / the port
    #[arg(long, default_value_t = 8000)]
    pub(super) port: u16,
    /// 打开浏览器 / open the browser
    #[arg(long)]
    pub(super) open: bool,
    /// 公开版或内部版 / the public or the internal edition
    #[arg(long, value_enum, default_value_t = ProfileName::Public)]
    pub(super) profile: ProfileName,
}

/// The names of profiles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ProfileName {
    /// 公开 / for everybody
    Public,
    /// 内部 / for the office, marked on every page
    Internal,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Profile {
        match name {
            ProfileName::Public => Profile::Public,
            ProfileName::Internal => Profile::Internal,
        }
    }
}

/// The names of output formats.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FormatName {
    /// 给人看 / for people
    Human,
    /// 一行一条 / one line each
    Short,
    /// 一行一个 JSON / one JSON object a line
    Json,
    /// 代码托管平台的标注 / annotations of code hosts
    Github,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Format {
        match name {
            FormatName::Human => Format::Human,
            FormatName::Short => Format::Short,
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
        }
    }
}

/// What `--deny` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Denied {
    /// 警告 / warnings
    Warnings,
}

fn full_date(text: &str) -> Result<PartialDate, String> {
    let date = PartialDate::parse(text).map_err(|_| format!("{text}: 2026-01-01"))?.value;
    if date.to_string().len() == "2026-01-01".len() { Ok(date) } else { Err(format!("{text}: 2026-01-01")) }
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| format!("{text}: zh, en"))
}
