//! Places that identify a person, found on the sources: numbers, addresses, children, illness beside a name.

use crate::detect::{self, Allowed, Hit, Kind};
use crate::diagnostic::{Code, Mark, Span};
use crate::model::body::PrivateUse;
use std::ops::Range;

/// The places of a text, `place` telling where each stands in its file.
pub(crate) fn uses(text: &str, allowed: &Allowed, skip: &[Range<usize>], place: impl Fn(Span) -> Span) -> Vec<PrivateUse> {
    let of_hit = |hit: Hit| PrivateUse {
        kind: hit.kind,
        span: place(Span::new(hit.span.start, hit.span.end)),
        masked: detect::masked(text, &hit).into(),
        stamp: detect::stamp(text, &hit),
    };
    detect::scan(text, allowed, skip).into_iter().map(of_hit).collect()
}

/// The finding of a place.
pub(crate) fn mark(found: &PrivateUse) -> Mark {
    Mark::new(code(found.kind), found.span).with(&*found.masked).with(format!("{:016x}", found.stamp))
}

fn code(kind: Kind) -> Code {
    match kind {
        Kind::ResidentId => Code::PrivateResidentId,
        Kind::ResidentIdAltered => Code::PrivateResidentIdAltered,
        Kind::ResidentIdOld => Code::PrivateResidentIdOld,
        Kind::ResidentIdMasked => Code::PrivateResidentIdMasked,
        Kind::DisabilityCertificate => Code::PrivateDisabilityCertificate,
        Kind::Mobile => Code::PrivateMobile,
        Kind::Landline => Code::PrivateLandline,
        Kind::BankCard => Code::PrivateBankCard,
        Kind::Passport => Code::PrivatePassport,
        Kind::Email => Code::PrivateEmail,
        Kind::MessengerAccount => Code::PrivateMessengerAccount,
        Kind::AddressWithName => Code::PrivateAddressWithName,
        Kind::Minor => Code::PrivateMinor,
        Kind::HealthWithName => Code::PrivateHealthWithName,
        Kind::CarPlate => Code::PrivateCarPlate,
    }
}
