//! What of a finding may be told where the place that it is of is closed. A finding quotes what it found fault with; of a closed
//! text nothing may be quoted, however short.

use super::Code;

impl Code {
    /// Which details of a finding may be told where its place is closed: names of fields, numbers, other files. All others
    /// quote what stands there, or say it in other words.
    pub(super) fn told_of_closed(self) -> &'static [usize] {
        match self {
            Code::FactsDiffer => &[0, 1, 2],
            Code::ValueChoice | Code::ReferenceCode => &[0, 2],
            Code::KeyUnknown | Code::TermUnknown | Code::YamlDuplicateKey | Code::ReferenceCodeTwice | Code::FactTwice => &[1],
            Code::ColumnUnknown
            | Code::ColumnTwice
            | Code::PublishSmallest
            | Code::KeyMisspelt
            | Code::TermTwice
            | Code::PersonUnnamed
            | Code::DatasetTwice => &[0, 1],
            Code::CharacterControl | Code::CharacterReplacement | Code::EncodingBroken | Code::TextHeldBack => &[0, 1],
            Code::ValueNotText
            | Code::ValueNotList
            | Code::ValueNotMap
            | Code::ValueNotNumber
            | Code::ValueNotTruth
            | Code::ValueEmpty
            | Code::ValueMissing
            | Code::ValueCurlyQuotes
            | Code::FieldMissing
            | Code::KeySlipped
            | Code::NameReserved
            | Code::PublishBy
            | Code::PublishSum
            | Code::PublishOpen
            | Code::PublishSealed
            | Code::ClosedDataOpen
            | Code::TranslationStamp
            | Code::NestingDeep => &[0],
            _ => &[],
        }
    }

    /// Whether such a finding is of a whole file and quotes a line of it all the same.
    pub(super) fn quotes_a_line(self) -> bool {
        matches!(self, Code::EncodingGb18030 | Code::EncodingUtf16)
    }
}
