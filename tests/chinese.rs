//! Messages in Chinese: what a person reads, never what a program reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ti::sandbox::Reply;

use crate::support::{Mock, Ti, ti};

const CATALOGUE: &str = "src/console/messages.zh.tsv";

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// With each placeholder as `{}`, several together as one, and without what joins it to others.
fn bare(text: &str) -> String {
    let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut parts = text.split('{');
    let mut bare = parts.next().unwrap().to_string();
    for part in parts {
        match part.split_once('}') {
            Some((_, after)) => bare.extend(["{}", after]),
            None => bare.extend(["{", part]),
        }
    }
    while bare.contains("{}{}") {
        bare = bare.replace("{}{}", "{}");
    }
    let bare = bare.replace('\u{1}', "{").replace('\u{2}', "}");
    bare.trim_matches([' ', ';', ',', ':']).to_string()
}

/// The texts in quotes in a source.
fn literals(source: &str, found: &mut BTreeSet<String>) {
    let lines = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let source: String = lines.flat_map(|line| [line, "\n"]).collect();
    let source = source.replace("'\"'", "").replace("'\\\"'", "");
    let mut chars = source.chars();
    while chars.by_ref().any(|c| c == '"') {
        let mut text = String::new();
        loop {
            match chars.next() {
                None | Some('"') => break,
                Some('\\') => match chars.next() {
                    // A line that goes on.
                    Some('\n') => {
                        let rest = chars.as_str().trim_start();
                        chars = rest.chars();
                    }
                    Some('n') => text.push('\n'),
                    escaped => text.extend(escaped),
                },
                Some(c) => text.push(c),
            }
        }
        found.insert(bare(&text));
    }
}

fn sources(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            literals(&fs::read_to_string(path).unwrap(), found);
        }
    }
}

fn placeholders(text: &str) -> Vec<&str> {
    let names = text.split('{').skip(1);
    let names = names.filter_map(|part| Some(part.split_once('}')?.0));
    names
        .filter(|name| ["", "#", "w", "c", "q", "?", "1", "2", "3"].contains(name))
        .collect()
}

#[test]
fn each_template_is_a_message_of_the_sources() {
    let mut said = BTreeSet::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut said,
    );
    said.extend(
        file("src/providers/kti/errors.tsv")
            .split(['\t', '\n'])
            .map(bare),
    );
    let is_said = |text: &str| said.contains(text);
    let is_the_systems = |text: &str| {
        text.ends_with("(os error {})") || text.starts_with("failed to lookup address information")
    };
    let mut lost = Vec::new();
    for line in file(CATALOGUE).lines() {
        let english = line.split('\t').next().unwrap();
        // Braces of its own have blanks within.
        let text = bare(&english.replace("{ ", "{{ ").replace(" }", " }}"));
        // A count of things, and what somebody does who is named elsewhere.
        let rest = text
            .strip_prefix("{} ")
            .filter(|_| !english.starts_with("{}"));
        let rest = rest.is_some_and(|rest| is_said(rest) || is_said(rest.trim_end_matches('s')));
        if !is_said(&text) && !rest && !is_the_systems(&text) {
            lost.push(english.to_string());
        }
    }
    assert!(
        lost.is_empty(),
        "nobody says any more:\n{}",
        lost.join("\n")
    );
}

#[test]
fn both_sides_of_the_catalogue_agree() {
    let catalogue = file(CATALOGUE);
    let mut seen = BTreeSet::new();
    for line in catalogue.lines() {
        let [english, chinese] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        assert!(!chinese.trim().is_empty(), "{line}");
        assert!(seen.insert(bare(english)), "twice: {line}");
        let there = placeholders(english).len();
        let here = placeholders(chinese);
        let numbered = here.iter().filter_map(|name| name.parse::<usize>().ok());
        match numbered.clone().max() {
            Some(last) => {
                assert!(last <= there, "{line}");
                assert_eq!(numbered.count(), here.len(), "{line}");
            }
            None => assert_eq!(here.len(), there, "{line}"),
        }
        // Two without anything between them could be any two.
        assert!(!english.contains("}{"), "{line}");
    }
}

const KTI: &str = "[profile.a.kti]\naccess_key = \"AK\"\nsecret_key = \"SK\"\n";

fn at(endpoint: &str) -> String {
    format!("{KTI}endpoint = \"{endpoint}\"\n")
}

#[test]
fn what_a_day_brings_is_told_in_chinese() {
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let refusing = Mock::start(|_| {
        let body = r#"{"Error":{"Code":"InvalidClientTokenId","Message":"The security token included in the request is invalid."},"RequestId":"r-1"}"#;
        Reply::new(403, "application/json", body)
    });
    let demo = |line: &str| {
        let words: Vec<_> = line.split(' ').collect();
        ti(&[&["--demo", "--lang", "zh"], &words[..]].concat())
    };
    let table: Vec<(Ti, i32, &[&str])> = vec![
        (
            ti(&["--lang", "zh", "kti", "search", "evil.com"]),
            3,
            &["错误：", "提示："],
        ),
        (
            ti(&[
                "--lang",
                "zh",
                "--profile",
                "b",
                "kti",
                "search",
                "evil.com",
            ])
            .config(&at(&nobody)),
            3,
            &["错误：", "没有配置组 \"b\"", "现有配置组：a"],
        ),
        (
            ti(&[
                "--lang",
                "zh",
                "kti",
                "search",
                "evil.com",
                "--retries",
                "0",
            ])
            .config(&at(&nobody)),
            5,
            &["evil.com：无法访问 127.0.0.1", "原因："],
        ),
        (
            ti(&["--lang", "zh", "kti", "search", "evil.com"]).config(&at(&refusing.url())),
            4,
            &[
                "错误：evil.com：KTI 拒绝了请求：InvalidClientTokenId",
                "请检查 access_key：ti config show 会说明其来源",
            ],
        ),
        (
            demo("kti search foo"),
            2,
            &["\"foo\" 不被接受", "原因：不是域名：没有点号"],
        ),
        (
            demo("lookup evil.com 1.2.3.4 foo"),
            8,
            &[
                "注意：示例数据来自内置沙盒：纯属虚构，并非情报",
                "错误：\"foo\" 不被接受：不是域名：没有点号",
                "注意：3 个输入：已查询 2，命中 1，无数据 1，失败 1",
                "注意：配额：剩余 LeftCount ",
                "错误：3 个输入中有 1 个没有得到应答",
            ],
        ),
        (
            ti(&["kti", "search", "evil.com"]).env("LC_ALL", "zh_CN.UTF-8"),
            3,
            &["错误："],
        ),
        (
            ti(&["kti", "search", "evil.com"]).env("TI_LANG", "zh"),
            3,
            &["错误："],
        ),
        (
            ti(&["--lang", "zh", "--config", "none.toml", "config", "check"]),
            3,
            &["ti config init --config none.toml 可创建配置"],
        ),
    ];
    for (mut ti, code, said) in table {
        let ran = ti.run().code(code);
        for said in said {
            assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
        }
    }
}

#[test]
fn the_steps_of_a_check_are_chinese_at_a_terminal_only() {
    let check =
        |more: &[&str]| ti(&[&["--demo", "--lang", "zh", "config", "check"], more].concat());
    let ran = check(&["--format", "table"]).run().code(0);
    for said in [
        "有应答（不带凭据时 HTTP 403",
        "消耗了一次查询",
        "与服务器一致",
    ] {
        assert!(ran.stdout.contains(said), "{said}\n{}", ran.stdout);
    }
    let ran = check(&["--json"]).run().code(0);
    assert!(ran.stdout.contains("as the server's"), "{}", ran.stdout);
}

#[test]
fn a_program_reads_the_same_in_every_language() {
    for format in ["--json", "--ndjson", "--csv"] {
        let run = |lang: &str| {
            let line = [
                "--demo", "kti", "search", "1.2.3.4", "evil.com", "foo", "--stable", format,
            ];
            ti(&line).env("TI_LANG", lang).run()
        };
        let (english, chinese) = (run("en"), run("zh"));
        assert_eq!(
            (english.code, &english.stdout),
            (chinese.code, &chinese.stdout)
        );
    }
    for line in [
        &["kti", "search", "evil.com", "--json"][..],
        &["--demo", "kti", "search", "foo", "--json"],
        &["kti", "search", "--jsno", "--json"],
    ] {
        let run = |lang: &str| ti(line).env("TI_LANG", lang).run().stderr;
        assert_eq!(run("zh"), run("en"));
        assert!(run("zh").starts_with("{\"error\":"), "{}", run("zh"));
    }
}

#[test]
fn what_goes_over_the_wire_is_no_message() {
    let run = |lang: &str| {
        let mock = Mock::start(|_| Reply::new(200, "application/json", "{}"));
        let line = ["-v", "--lang", lang, "kti", "search", "evil.com"];
        let stderr = ti(&line).config(&at(&mock.url())).run().stderr;
        let is_trace = |line: &&str| line.starts_with(['>', '<']);
        stderr.lines().filter(is_trace).count()
    };
    assert_eq!(run("zh"), run("en"));
}
