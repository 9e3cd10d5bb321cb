//! The files of the invented reports, made from the samples.

use std::io::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use quick_xml::escape::escape;

use crate::sandbox::Encoding;

use super::Sample;

/// Base64 of gzip, as the portal wraps everything; or the same with damage.
pub fn wrap(content: &[u8], damage: Option<Encoding>) -> std::io::Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    let mut packed = encoder.finish()?;
    if damage == Some(Encoding::Gzip) {
        // The checksum stands in the last eight bytes.
        let at = packed.len() - 8;
        packed[at] ^= 1;
    }
    let mut text = BASE64_STANDARD.encode(packed);
    if damage == Some(Encoding::Base64) {
        text.replace_range(text.len() / 2..text.len() / 2 + 1, "!");
    }
    Ok(text)
}

/// The CSV of `get_master_ioc`.
pub fn master_ioc(samples: &[&Sample]) -> String {
    let mut csv = "Id,Publication,Indicator,DetectionDate,IndicatorType\r\n".to_string();
    let mut id = 0;
    for sample in samples {
        for (kind, _, value) in &sample.indicators {
            id += 1;
            let title = sample.name.replace('\'', "''");
            csv.push_str(&format!(
                "{id},'{title}',{value},{},{kind}\r\n",
                sample.date
            ));
        }
        // The portal's file has blank rows.
        csv.push_str("\r\n");
    }
    csv
}

/// The source of `get_master_yara`.
pub fn master_yara(samples: &[&Sample]) -> String {
    let rules: Vec<_> = samples.iter().filter_map(|sample| yara(sample)).collect();
    format!("import \"pe\"\n\n{}", rules.join("\n"))
}

pub fn yara(sample: &Sample) -> Option<String> {
    let name = sample.rule.as_ref()?;
    let further = (1..=sample.variants).map(|number| format!("{name}_{number}"));
    let names = std::iter::once(name.clone()).chain(further);
    let rules: Vec<_> = names.map(|name| rule(sample, &name)).collect();
    Some(rules.join("\n"))
}

fn rule(sample: &Sample, name: &str) -> String {
    let text = format!("{} {}", sample.id, sample.date);
    format!(
        "rule {name}\n{{\n    meta:\n        description = \"invented: {date}\"\n        report = \"{id}\"\n        \
         last_modified = \"{date}\"\n    \
         strings:\n        $a = \"{text}\" ascii wide\n        $b = {{ 4C 41 4E 54 [2-4] 45 52 }}\n    \
         condition:\n        any of them\n}}\n",
        date = sample.date,
        id = sample.id
    )
}

pub fn openioc(sample: &Sample) -> Option<String> {
    if sample.indicators.is_empty() {
        return None;
    }
    let items = sample.indicators.iter().zip(1..).map(|(item, number)| {
        let (kind, search, value) = item;
        let id = format!("{}-{number}", sample.id);
        let kind = kind.strip_suffix("Hash").unwrap_or("string");
        let document = search.split('/').next().unwrap_or_default();
        format!(
            "      <IndicatorItem id=\"{id}\" condition=\"is\">\n        \
             <Context document=\"{document}\" search=\"{search}\" type=\"mir\" />\n        \
             <Content type=\"{kind}\">{}</Content>\n      </IndicatorItem>\n",
            escape(value.as_str())
        )
    });
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <ioc xmlns=\"http://schemas.mandiant.com/2010/ioc\" id=\"{}\">\n  \
         <short_description>{}</short_description>\n  <definition>\n    <Indicator operator=\"OR\">\n\
         {}    </Indicator>\n  </definition>\n</ioc>\n",
        sample.id,
        escape(sample.name.as_str()),
        items.collect::<String>()
    ))
}

/// One page with the title on it.
pub fn pdf(sample: &Sample) -> Vec<u8> {
    let title: String = sample
        .name
        .chars()
        .filter(|c| c.is_ascii() && !"()\\".contains(*c))
        .collect();
    let page = format!("BT /F1 14 Tf 50 780 Td ({title}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_string(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_string(),
    ];
    let mut file = "%PDF-1.4\n".to_string();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let at = file.len();
    let size = objects.len() + 1;
    format!("{file}{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n")
        .into_bytes()
}
