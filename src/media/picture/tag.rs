//! The tags of TIFF 6.0 and Exif 2.32 that are called by a name here. All tags are read, these or others.

/// The name of a tag of the main and the Exif directory, or its number.
pub(super) fn name(tag: u16) -> String {
    match NAMES.iter().find(|(number, _)| *number == tag) {
        Some((_, name)) => (*name).to_owned(),
        None => format!("0x{tag:04X}"),
    }
}

/// The name of a tag of the GPS directory, or its number.
pub(super) fn gps_name(tag: u16) -> String {
    match tag {
        7 => "GPSTimeStamp".to_owned(),
        8 => "GPSSatellites".to_owned(),
        18 => "GPSMapDatum".to_owned(),
        27 => "GPSProcessingMethod".to_owned(),
        28 => "GPSAreaInformation".to_owned(),
        29 => "GPSDateStamp".to_owned(),
        _ => format!("GPS 0x{tag:04X}"),
    }
}

const NAMES: &[(u16, &str)] = &[
    (0x010D, "DocumentName"),
    (0x010E, "ImageDescription"),
    (0x010F, "Make"),
    (0x0110, "Model"),
    (0x011D, "PageName"),
    (0x0131, "Software"),
    (0x0132, "DateTime"),
    (0x013B, "Artist"),
    (0x013C, "HostComputer"),
    (0x0151, "TargetPrinter"),
    (0x8298, "Copyright"),
    (0x9003, "DateTimeOriginal"),
    (0x9004, "DateTimeDigitized"),
    (0x9286, "UserComment"),
    (0x927C, "MakerNote"),
    (0x9C9B, "XPTitle"),
    (0x9C9C, "XPComment"),
    (0x9C9D, "XPAuthor"),
    (0x9C9E, "XPKeywords"),
    (0x9C9F, "XPSubject"),
    (0xA004, "RelatedSoundFile"),
    (0xA40B, "DeviceSettingDescription"),
    (0xA420, "ImageUniqueID"),
    (0xA430, "CameraOwnerName"),
    (0xA431, "BodySerialNumber"),
    (0xA433, "LensMake"),
    (0xA434, "LensModel"),
    (0xA435, "LensSerialNumber"),
    (0xA436, "Title"),
    (0xA437, "Photographer"),
    (0xA438, "ImageEditor"),
    (0xC62F, "CameraSerialNumber"),
    (0xC634, "DNGPrivateData"),
    (0xC68B, "OriginalRawFileName"),
];
