/// `8GiB`, `8G`, `500MB`, `1000` as bytes, above 0; K, M, G and T count by 1024.
pub fn size(text: &str) -> Result<u64, String> {
    let expected = || "expected a size like 500MiB or 8GiB".to_string();
    let text = text.trim().to_ascii_lowercase();
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let shift = match unit.trim() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err(expected()),
    };
    if number.is_empty() {
        return Err(expected());
    }
    let size = number.parse::<u64>().ok();
    match size.and_then(|size| size.checked_mul(1 << shift)) {
        Some(0) => Err(expected()),
        Some(size) if size <= i64::MAX as u64 => Ok(size),
        _ => Err("a size is below 8388608TiB".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (text, bytes) in [
            ("1000", 1000),
            ("4GiB", 4 << 30),
            ("2 mb", 2 << 20),
            ("1k", 1024),
            ("1T", 1 << 40),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "x", "G", "1.5GiB", "-1", "1e9", "２G"] {
            assert!(size(text).unwrap_err().starts_with("expected"), "{text}");
        }
        for text in ["99999999999999999999", "99999999999999G"] {
            assert!(size(text).unwrap_err().contains("below"), "{text}");
        }
    }
}
