//! The output intent: the file's colors are sRGB, or the inks of a printing condition, and the file contains the
//! profile that defines them (ISO 19005-2, 6.2.3; ISO 15930-7, 6.2.5).
//!
//! The profile for sRGB is made here, from the numbers in IEC 61966-2-1, in the format of ISO 15076-1 (ICC version
//! 4). It isn't copied from anyone's file, so nobody's license applies.

use lopdf::{Document, Object, Stream, dictionary};

use super::broken::failed;
use super::conformance::Conformance;
use super::text_string::text_string;
use crate::failure::Outcome;

/// The name of the color space in the ICC's registry.
const CONDITION: &str = "sRGB IEC61966-2.1";

/// Adds the output intent to the catalog.
pub(super) fn add(document: &mut Document, conformance: Conformance<'_>) -> Outcome<()> {
    let (standard, condition, is_registered, parts, profile) = match conformance {
        Conformance::Ua1 | Conformance::Ua2 => ("GTS_PDFA1", CONDITION, true, 3, srgb_profile()),
        Conformance::PrintShop(press) => {
            let profile = press.profile.clone();
            ("GTS_PDFX", &*press.name, press.is_registered, 4, profile)
        }
    };
    let profile = document.add_object(Stream::new(dictionary! { "N" => parts }, profile));
    let mut intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => standard,
        "OutputConditionIdentifier" => text_string(condition),
        "Info" => text_string(condition),
        "DestOutputProfile" => profile,
    };
    if is_registered {
        intent.set("RegistryName", text_string("http://www.color.org"));
    }
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    Ok(())
}

/// The white of the profile connection space, D50 (ISO 15076-1, 7.2.16), as XYZ.
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
/// sRGB's primaries as XYZ under D50: those of IEC 61966-2-1, adapted from D65 with [`D65_TO_D50`].
const PRIMARIES: [[f64; 3]; 3] = [
    [0.436_065_7, 0.222_488_4, 0.013_916_0],
    [0.385_147_1, 0.716_873_2, 0.097_076_4],
    [0.143_066_4, 0.060_607_9, 0.714_096_1],
];
/// The linear Bradford transform (ISO 15076-1, annex E), row by row.
const D65_TO_D50: [f64; 9] = [
    1.047_882_1,
    0.022_918_7,
    -0.050_201_4, //
    0.029_586_8,
    0.990_478_5,
    -0.017_059_3, //
    -0.009_231_6,
    0.015_075_7,
    0.751_678_5,
];
/// sRGB's curve as parameters g, a, b, c, d in ISO 15076-1, table 68, function type 3: (a·x + b)^g from d up, c·x
/// below.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// A display profile with three primaries and one curve.
fn srgb_profile() -> Vec<u8> {
    let curve = [&b"para\0\0\0\0\0\x03\0\0"[..], &fixed(&CURVE)].concat();
    let [red, green, blue] = PRIMARIES.map(xyz);
    let chad = [&b"sf32\0\0\0\0"[..], &fixed(&D65_TO_D50)].concat();
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", localized(CONDITION)),
        (b"cprt", localized("Public domain (CC0 1.0)")),
        (b"wtpt", xyz(D50)),
        (b"chad", chad),
        (b"rXYZ", red),
        (b"gXYZ", green),
        (b"bXYZ", blue),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    const HEADER: usize = 128;
    let mut offset = HEADER + 4 + 12 * tags.len();
    let mut table = number(tags.len());
    let mut data = Vec::new();
    for (signature, tag) in &tags {
        table.extend_from_slice(*signature);
        table.extend(number(offset));
        table.extend(number(tag.len()));
        offset += tag.len().next_multiple_of(4);
        data.extend_from_slice(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut header = number(offset);
    // No preferred color management, version 4.2, a display's RGB connected through XYZ.
    header.extend(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ ");
    // A date that never changes: 1999, the year of IEC 61966-2-1.
    header.extend([0x07, 0xcf, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    header.extend(b"acsp");
    // Platform, flags, device, and perceptual rendering intent: nothing in particular.
    header.resize(68, 0);
    header.extend(fixed(&D50));
    header.resize(HEADER, 0);
    [header, table, data].concat()
}

fn xyz(value: [f64; 3]) -> Vec<u8> {
    [&b"XYZ \0\0\0\0"[..], &fixed(&value)].concat()
}

/// A text in one language, as multiLocalizedUnicodeType.
fn localized(text: &str) -> Vec<u8> {
    let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    const RECORD: usize = 12;
    const START: usize = 16 + RECORD;
    let mut tag = b"mluc\0\0\0\0".to_vec();
    tag.extend([number(1), number(RECORD)].concat());
    tag.extend(b"enUS");
    tag.extend([number(text.len()), number(START), text].concat());
    tag
}

/// Numbers as s15Fixed16, in units of 1/65536.
fn fixed(values: &[f64]) -> Vec<u8> {
    values
        .iter()
        .flat_map(|value| ((value * 65536.0).round() as i32).to_be_bytes())
        .collect()
}

fn number(value: usize) -> Vec<u8> {
    (value as u32).to_be_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_red_green_and_blue_make_white() {
        for axis in 0..3 {
            let sum: f64 = PRIMARIES.iter().map(|primary| primary[axis]).sum();
            assert!((sum - D50[axis]).abs() < 0.0003, "{axis}: {sum}");
        }
    }

    #[test]
    fn the_curve_is_continuous_and_ends_at_1() {
        let [g, a, b, c, d] = CURVE;
        assert!((libm::pow(a * d + b, g) - c * d).abs() < 1e-6);
        assert!((libm::pow(a + b, g) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_profile_contains_its_length() {
        let profile = srgb_profile();
        assert_eq!(profile[..4], (profile.len() as u32).to_be_bytes());
        assert_eq!(&profile[36..40], b"acsp");
        assert!(profile.len() < 4096);
    }
}
