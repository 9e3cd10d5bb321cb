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
                row.id, row.publication, row.indicator, row.detection_date, row.kind
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
    assert_eq!(read("1,T,a,2026-01-02,x\n"), ["1|T|a|2026-01-02|x"]);
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
