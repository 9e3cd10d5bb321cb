use super::*;

/// Gives a few bytes at a time, as a network does.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.0.len().min(self.1).min(buffer.len());
        buffer[..size].copy_from_slice(&self.0[..size]);
        self.0 = &self.0[size..];
        Ok(size)
    }
}

fn read_by(text: &[u8], step: usize) -> io::Result<Vec<String>> {
    let mut rows = Rows::new(Trickle(text, step));
    let mut read = Vec::new();
    while let Some(next) = rows.next_row()? {
        read.push(match next {
            Next::Row(row) => format!(
                "{}|{}|{}|{}|{}",
                row.id, row.publication, row.indicator, row.detection_date, row.type_as_sent
            ),
            Next::Unreadable { line, why } => format!("{line}: {why}"),
        });
    }
    Ok(read)
}

fn read(text: impl AsRef<[u8]>) -> Vec<String> {
    let text = text.as_ref();
    let whole = read_by(text, usize::MAX).unwrap();
    assert_eq!(read_by(text, 1).unwrap(), whole);
    assert_eq!(read_by(text, 7).unwrap(), whole);
    whole
}

const HEADER: &str = "Id,Publication,Indicator,DetectionDate,IndicatorType\n";

#[test]
fn rows_as_the_contract_has_them() {
    let text = format!(
        "\u{feff}{HEADER}1,'A, B''s report',evil.example,2026-01-02,networkActivity\r\n\
         \n  \n,,,,\n2, Plain , 192.0.2.1 ,2026-01-03,x\n3,'two\nlines',a,2026-01-04,'md5Hash'"
    );
    assert_eq!(
        read(text),
        [
            "1|A, B's report|evil.example|2026-01-02|networkActivity",
            "2|Plain|192.0.2.1|2026-01-03|x",
            "3|two\nlines|a|2026-01-04|md5Hash",
        ]
    );
}

#[test]
fn damage_costs_its_line_and_no_more() {
    let good = |id: u32| format!("{id},'T',a.example,2026-01-02,x\n");
    let text = [
        HEADER.as_bytes(),
        good(1).as_bytes(),
        b"2,too,few\n",
        good(3).as_bytes(),
        b"4,a,b,c,d,e\n",
        // A stray quote joins this line with the next one up to its own quote.
        b"5,'Tis the season,a.example,2026-01-02,x\n",
        good(6).as_bytes(),
        b"7,'T',\xff,2026-01-02,x\n",
        b"8,'T'x,a,2026-01-02,x\n",
        good(9).as_bytes(),
        b"10,'never closed,a,2026-01-02,x\n",
    ]
    .concat();
    assert_eq!(
        read(text),
        [
            "1|T|a.example|2026-01-02|x",
            "3: it has too few cells",
            "3|T|a.example|2026-01-02|x",
            "5: it has too many cells",
            "6: text follows a closing quote",
            "6|T|a.example|2026-01-02|x",
            "8: it is not UTF-8",
            "9: text follows a closing quote",
            "9|T|a.example|2026-01-02|x",
            "11: a quote is opened and not closed",
        ]
    );
}

/// The first five cells where they make sense, and quotes that are part of a title.
#[test]
fn what_is_odd_and_makes_sense_is_read() {
    let one = |row: &str, out: &[&str]| assert_eq!(read(format!("{HEADER}{row}\n")), out, "{row}");
    let good = "1|T|a.example|2026-01-02|networkActivity";
    one("1,T,a.example,2026-01-02,networkActivity,more", &[good]);
    one("1,T,a.example,2026-01-02,networkActivity,", &[good]);
    one("1,T,a.example,2026-01-02,networkActivity,,", &[good]);
    one(
        "1,T, and more,a.example,2026-01-02,networkActivity",
        &["2: it has too many cells"],
    );
    one(
        "1,'Wolf' den,a.example,2026-01-02,networkActivity",
        &["1|'Wolf' den|a.example|2026-01-02|networkActivity"],
    );
    one(
        "1,'Tis the season,a.example,2026-01-02,networkActivity\n\
         2,'T',b.example,2026-01-02,networkActivity",
        &[
            "1|'Tis the season|a.example|2026-01-02|networkActivity",
            "2|T|b.example|2026-01-02|networkActivity",
        ],
    );
    one(
        "1,'A, B' den,a.example,2026-01-02,networkActivity",
        &["2: text follows a closing quote"],
    );
    // A sixth cell in the header, and in some rows.
    let text = "Id,Publication,Indicator,DetectionDate,IndicatorType,Actor\n\
                1,T,a.example,2026-01-02,networkActivity\n1,T,a.example,2026-01-02,networkActivity,A\n\
                1,T,a.example,2026-01-02,\n1,T,a.example,2026-01-02\n";
    let few = |line: u8| format!("{line}: it has too few cells");
    assert_eq!(read(text), [good, good, &few(4), &few(5)]);
    // Where the last column is one of those, it must be there.
    let text = "Id,Publication,Indicator,Actor,DetectionDate,IndicatorType\n\
                1,T,a.example,A,2026-01-02,networkActivity\n1,T,a.example,2026-01-02,networkActivity\n";
    assert_eq!(read(text), [good, &few(3)]);
    // The comma is at the end of the header too.
    let text = "Id,Publication,Indicator,DetectionDate,IndicatorType,\n1,T,a,2026-01-02,x\n2,T,a,2026-01-02,x,\n";
    assert_eq!(read(text), ["1|T|a|2026-01-02|x", "2|T|a|2026-01-02|x"]);
}

#[test]
fn a_header_says_where_the_columns_are() {
    let row = "1|T|a.example|2026-01-02|networkActivity";
    for text in [
        "id,title,severity,ioc,date,type\n1,T,high,a.example,2026-01-02,networkActivity\n",
        "Id,Indicator,Publication,Detection Date,Indicator Type\n1,a.example,T,2026-01-02,networkActivity\n",
        "Id,Publication,Severity,Indicator,DetectionDate,Indicator_Type\n1,T,high,a.example,2026-01-02,networkActivity\n",
        "Nr,Titel,Indikator,Datum,Art\n1,T,a.example,2026-01-02,networkActivity\n",
    ] {
        assert_eq!(read(text), [row], "{text}");
    }
    // One of them is in another's place, and none says where that one is.
    assert_eq!(
        read_by(
            b"Id,Severity,Publication,Wert,DetectionDate,IndicatorType\n",
            9
        )
        .unwrap_err()
        .kind(),
        io::ErrorKind::InvalidInput
    );
}

#[test]
fn a_header_in_the_middle_is_no_row() {
    let row = |id: u8| format!("{id},T,a.example,2026-01-02,x\n");
    for again in [
        HEADER,
        "Id,Indicator,Publication,DetectionDate,IndicatorType\n",
    ] {
        let swapped = again.starts_with("Id,Ind");
        let last = match swapped {
            true => "2,a.example,T,2026-01-02,x\n".to_string(),
            false => row(2),
        };
        let text = format!("{HEADER}{}{again}{last}", row(1));
        assert_eq!(
            read(text),
            ["1|T|a.example|2026-01-02|x", "2|T|a.example|2026-01-02|x"]
        );
    }
    // Whatever its names are, the file's own header is known again.
    let text = format!("a,b,c,d,e\n{}a,b,c,d,e\n", row(1));
    assert_eq!(read(text), ["1|T|a.example|2026-01-02|x"]);
}

#[test]
fn a_quote_that_stays_open_does_not_swallow_what_follows() {
    let row = "2,T,a.example,2026-01-02,x\n";
    let text = format!("{HEADER}1,'open,a,2026-01-02,x\n{}", row.repeat(5_000));
    let rows = read_by(text.as_bytes(), usize::MAX).unwrap();
    assert_eq!(rows.len(), 5_001);
    assert_eq!(rows[0], "2: a quote is opened and not closed");
}

#[test]
fn a_line_of_any_length_is_passed_over() {
    let text = format!("{HEADER}'{}\n2,T,a,2026-01-02,x\n", "x".repeat(10 * BUFFER));
    let rows = read_by(text.as_bytes(), 100_000).unwrap();
    assert_eq!(
        rows,
        ["2: a quote is opened and not closed", "2|T|a|2026-01-02|x"]
    );
}

#[test]
fn a_file_without_a_header_loses_no_row() {
    for row in [
        "1,T,a,2026-01-02,x",
        "1,T,a.example,2026/01/02,networkActivity",
        "1,T,a.example,,networkActivity",
    ] {
        assert_eq!(read(format!("{row}\n")), [row.replace(',', "|")]);
    }
}

#[test]
fn further_columns_are_taken_for_granted_when_the_header_has_them() {
    let text = "id,p,i,d,t,extra\n1,T,a,2026-01-02,x,more\n2,T,a,2026-01-02,x\n";
    assert_eq!(
        read(text),
        ["1|T|a|2026-01-02|x", "3: it has too few cells"]
    );
}

#[test]
fn what_is_no_table_is_no_row_either() {
    for text in ["<html>\n", "id;p;i;d;t\n1;T;a;2026-01-02;x\n"] {
        assert_eq!(
            read_by(text.as_bytes(), 9).unwrap_err().kind(),
            io::ErrorKind::InvalidInput
        );
    }
    assert!(read("").is_empty());
    assert!(read(HEADER).is_empty());
}

proptest::proptest! {
    #[test]
    fn rows_that_were_written_are_read(cells in proptest::collection::vec("[a-z',\n\r é]{0,8}", 4)) {
        let quoted = |cell: &str| format!("'{}'", cell.replace('\'', "''"));
        let line = format!(
            "{},{},{},2026-01-02,{}\n",
            quoted(&cells[0]), quoted(&cells[1]), quoted(&cells[2]), quoted(&cells[3])
        );
        let expected = format!(
            "{}|{}|{}|2026-01-02|{}",
            cells[0].trim_matches([' ', '\n', '\r']), cells[1].trim_matches([' ', '\n', '\r']),
            cells[2].trim_matches([' ', '\n', '\r']), cells[3].trim_matches([' ', '\n', '\r'])
        );
        proptest::prop_assert_eq!(read(format!("{HEADER}{line}")), [expected]);
    }

    #[test]
    fn nothing_makes_it_panic_or_stand_still(text in "[a',\n\r]{0,60}") {
        let _ = read_by(text.as_bytes(), 3);
        let _ = read_by(format!("{HEADER}{text}").as_bytes(), 1);
    }
}
