//! What a record or dataset says of who may see it, and the level that this comes to on a day.

use crate::date::PartialDate;
use crate::site::Access;

/// Access level, embargo and classification of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closure {
    /// Who may see it.
    pub access: Access,
    /// From when on its level no longer holds.
    pub open_after: Option<PartialDate>,
    /// 密级
    pub classification: Classification,
}

/// 密级. 秘密 and above stop every build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Classification {
    /// 公开
    #[default]
    Open,
    /// 内部
    Internal,
    /// 秘密, 机密, 绝密
    Secret,
}

impl Classification {
    /// The words of `classification:`.
    pub const CHOICES: &'static [(&'static str, Classification)] = &[
        ("公开", Classification::Open),
        ("内部", Classification::Internal),
        ("秘密", Classification::Secret),
        ("机密", Classification::Secret),
        ("绝密", Classification::Secret),
    ];
}

impl Closure {
    /// The level that holds on a day: an embargo that has passed opens, a classification closes.
    #[must_use]
    pub fn level_on(self, as_of: PartialDate) -> Access {
        let level = match self.open_after {
            Some(date) if date.last_day() <= as_of.first_day() && self.access != Access::Sealed => Access::Public,
            // Closed until a day, whatever else is said or not said.
            Some(_) if self.access == Access::Public => Access::Internal,
            _ => self.access,
        };
        match self.classification {
            Classification::Open => level,
            Classification::Internal => level.max(Access::Internal),
            // Stops every build as well; should a preview go on, it is as if it were not there.
            Classification::Secret => Access::Sealed,
        }
    }
}
