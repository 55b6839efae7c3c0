//! AAC frames (ISO/IEC 14496-3 §4.4.2): fill and data elements before the sound, where encoders write their names and recorders
//! whatever they like. Their bytes become zero; taken out, all bits behind them would move.

/// Reads and clears bits.
struct Bits<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut number = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            number = number << 1 | usize::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(number)
    }

    /// Clears so many bits; none if they are not there.
    fn clear(&mut self, count: usize) -> Option<()> {
        for _ in 0..count {
            *self.bytes.get_mut(self.at / 8)? &= !(0x80 >> (self.at % 8));
            self.at += 1;
        }
        Some(())
    }
}

const DATA: usize = 4;
const FILL: usize = 6;

/// Clears the elements before the first one of sound. What they said goes to `say`.
pub(in super::super) fn clear(frame: &mut [u8], say: &mut impl FnMut(&[u8])) {
    let original = frame.to_vec();
    let mut bits = Bits { bytes: frame, at: 0 };
    while let Some(start) = element(&mut bits) {
        let place = start / 8..bits.at.div_ceil(8);
        let said = original.get(place.clone()).unwrap_or_default();
        if bits.bytes.get(place) != Some(said) {
            say(said);
        }
    }
}

/// Clears the next element and gives where its content began; none where sound begins or the frame ends.
fn element(bits: &mut Bits<'_>) -> Option<usize> {
    match bits.take(3)? {
        FILL => {
            let mut count = bits.take(4)?;
            if count == 15 {
                count += bits.take(8)?.checked_sub(1)?;
            }
            let start = bits.at;
            // Kinds 0 to 2 are filling and data; others belong to the sound before them, and there is none.
            let kind = if count > 0 { bits.take(4)? } else { 0 };
            bits.at = start;
            (kind <= 2).then_some(())?;
            bits.clear(count * 8)?;
            Some(start)
        }
        DATA => {
            bits.clear(4)?;
            let is_aligned = bits.take(1)? == 1;
            let mut count = bits.take(8)?;
            if count == 255 {
                count += bits.take(8)?;
            }
            if is_aligned {
                bits.at = bits.at.next_multiple_of(8);
            }
            let start = bits.at;
            bits.clear(count * 8)?;
            Some(start)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_encoder_becomes_zeros_of_the_same_length() {
        // Fill of 17 bytes: identifier, 15, escape 3, then four bits of kind and "L" and fifteen more in odd bits.
        let mut frame = vec![0b1101_1110, 0b0000_0110];
        frame.extend([0x0A; 16]);
        frame.extend([0x40, 0x21, 0x10]);
        let mut said = 0;
        clear(&mut frame, &mut |words| said += words.len());
        assert_eq!(frame[..2], [0b1101_1110, 0b0000_0110]);
        assert!(frame[2..18].iter().all(|byte| *byte == 0));
        assert_eq!(frame[19..], [0x21, 0x10]);
        assert!(said >= 17);
    }
}
