//! Which script a character belongs to that the typeface lacks: as far as a reader needs it to know what is missing.

use std::collections::BTreeMap;

/// Scripts by their blocks (Unicode 16), first and last character.
const BLOCKS: [(u32, u32, &str); 34] = [
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0700, 0x074F, "Syriac"),
    (0x0750, 0x077F, "Arabic"),
    (0x0870, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x2E80, 0x2FDF, "Han"),
    (0x3005, 0x3007, "Han"),
    (0x3040, 0x309F, "Hiragana"),
    (0x30A0, 0x30FF, "Katakana"),
    (0x3130, 0x318F, "Hangul"),
    (0x31F0, 0x31FF, "Katakana"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xAC00, 0xD7AF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFF, "Arabic"),
    (0xFF65, 0xFF9F, "Katakana"),
    (0xFFA0, 0xFFDC, "Hangul"),
    (0x1_F000, 0x1_FAFF, "pictures"),
    (0x2_0000, 0x2_FFFF, "Han"),
    (0x3_0000, 0x3_FFFF, "Han"),
];

fn script(c: char) -> &'static str {
    let c = u32::from(c);
    let block = BLOCKS.iter().find(|(first, last, _)| (*first..=*last).contains(&c));
    block.map_or("other", |(_, _, script)| script)
}

/// `Han 2 (U+4E2D, U+6587), Thai 1 (U+0E01)`: how many of each script, and the first of them.
pub(super) fn named(missing: &[char]) -> String {
    const LISTED_MAX: usize = 12;
    let mut scripts: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    missing.iter().for_each(|c| scripts.entry(script(*c)).or_default().push(*c));
    let told = scripts.into_iter().map(|(script, all)| {
        let codes: Vec<_> = all.iter().take(LISTED_MAX).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        let more = if all.len() > LISTED_MAX { " …" } else { "" };
        format!("{script} {} ({}{more})", all.len(), codes.join(", "))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_told_by_their_script() {
        assert_eq!(named(&['中', '文', 'ก', '\u{202e}']), "Han 2 (U+4E2D, U+6587), Thai 1 (U+0E01), other 1 (U+202E)");
        let many: Vec<char> = ('\u{4e00}'..'\u{4e20}').collect();
        assert!(named(&many).starts_with("Han 32 (U+4E00, ") && named(&many).ends_with("U+4E0B …)"));
    }
}
