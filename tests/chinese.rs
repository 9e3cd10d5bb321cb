//! Messages in Chinese: what a person reads, never what a program reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ti::sandbox::Reply;

use crate::support::{Mock, Ti, ti, words};

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
    bare.trim_matches([' ', ';', ',', ':', '\n']).to_string()
}

/// Whoever takes a text from a source to tell it to a person.
const TELLERS: [&str; 13] = [
    "Error::usage(",
    "Error::config(",
    "Error::service(",
    ".cause(",
    ".hint(",
    ".note(",
    ".warning(",
    ".error(",
    ".say(",
    ".yes(",
    ".offer(",
    ".line(",
    ".secret(",
];

/// The texts in quotes in a source; and those of them that somebody is told.
fn literals(source: &str, found: &mut BTreeSet<String>, told: &mut BTreeSet<String>) {
    let source = source.split("mod tests {").next().unwrap();
    let lines = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let source: String = lines.flat_map(|line| [line, "\n"]).collect();
    let source = source.replace("'\"'", "").replace("'\\\"'", "");
    let mut chars = source.chars();
    let mut begin = 0;
    while chars.by_ref().any(|c| c == '"') {
        let before = &source[begin..source.len() - chars.as_str().len() - 1];
        let before = before.trim_end();
        let before = before.trim_end_matches("format!(").trim_end_matches('&');
        let is_told = TELLERS
            .iter()
            .any(|teller| before.trim_end().ends_with(teller));
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
        begin = source.len() - chars.as_str().len();
        if is_told {
            told.insert(bare(&text));
        }
        found.insert(bare(&text));
    }
}

fn sources(folder: &Path, found: &mut BTreeSet<String>, told: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found, told);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            literals(&fs::read_to_string(path).unwrap(), found, told);
        }
    }
}

/// The texts of all sources, and those that somebody is told.
fn texts() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut found, mut told) = Default::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&folder, &mut found, &mut told);
    (found, told)
}

/// Braces of its own have blanks within.
fn of_template(english: &str) -> String {
    bare(&english.replace("{ ", "{{ ").replace(" }", " }}"))
}

fn placeholders(text: &str) -> Vec<&str> {
    let names = text.split('{').skip(1);
    let names = names.filter_map(|part| Some(part.split_once('}')?.0));
    names
        .filter(|name| ["", "#", "w", "c", "q", "?", "1", "2", "3"].contains(name))
        .collect()
}

/// What libraries say: of JSON that is none, of a connection.
const LIBRARIES: [&str; 33] = [
    "{} at line {} column {}",
    "expected value",
    "EOF while parsing a value",
    "EOF while parsing an object",
    "EOF while parsing a list",
    "EOF while parsing a string",
    "trailing characters",
    "trailing comma",
    "key must be a string",
    "expected `:`",
    "expected `,` or `}`",
    "expected `,` or `]`",
    "invalid escape",
    "invalid number",
    "recursion limit exceeded",
    "missing field `{}`",
    "invalid type: {}, expected {}",
    "connection closed before message completed",
    "error decoding response body",
    "request or response body error",
    "error reading a body from connection",
    "end of file before message length reached",
    "peer closed connection without sending TLS close_notify",
    "operation timed out",
    "client error (Connect)",
    "client error (SendRequest)",
    "error sending request for url ({})",
    "file is not a database",
    "database disk image is malformed",
    "control character (\\u0000-\\u001F) found while parsing a string",
    "corrupt gzip stream does not have a matching checksum",
    "exit status: {}",
    "database is locked",
];

#[test]
fn each_template_is_a_message_of_the_sources() {
    let (mut said, _) = texts();
    said.extend(
        file("src/providers/kti/errors.tsv")
            .split(['\t', '\n'])
            .map(bare),
    );
    said.extend(CLAP.iter().map(|(_, template)| bare(template)));
    let clauses: BTreeSet<_> = said.iter().flat_map(|text| text.split("; ")).collect();
    let is_said = |text: &str| said.contains(text) || clauses.contains(text);
    let is_the_systems = |text: &str| {
        text.ends_with("(os error {})")
            || text == "{} at path {}"
            || text.starts_with("failed to lookup address information")
            || LIBRARIES.contains(&text)
    };
    let mut lost = Vec::new();
    for line in file(CATALOGUE).lines() {
        let english = line.split('\t').next().unwrap();
        let text = of_template(english);
        // A count of things, and what somebody does who is named elsewhere.
        let rest = text
            .strip_prefix("{} ")
            .filter(|_| !english.starts_with("{}"));
        let rest = rest.is_some_and(|rest| is_said(rest) || is_said(rest.trim_end_matches('s')));
        let what = text.strip_prefix("it is ").is_some_and(&is_said);
        if !is_said(&text) && !rest && !what && !is_the_systems(&text) {
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
fn each_sentence_that_somebody_is_told_has_a_template() {
    let catalogue = file(CATALOGUE);
    let templates: BTreeSet<_> = catalogue
        .lines()
        .map(|line| of_template(line.split('\t').next().unwrap()))
        .collect();
    let is_sentence = |text: &str| {
        let words = text.split(' ').filter(|word| word.len() > 1);
        let words = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()));
        words.count() > 1 && !text.contains("{ ")
    };
    let (_, told) = texts();
    assert!(told.len() > 300, "{}", told.len());
    // Commands to copy, what a service says, and what the sandbox does to its visitors.
    const SAME: [&str; 6] = [
        "ti config set {} VALUE",
        "chmod 600 {}",
        "mkdir -p {}",
        "{} (status {})",
        "RetCode 1: {}",
        "closed on purpose",
    ];
    let is_known = |text: &str| templates.contains(text) || SAME.contains(&text);
    let missing: Vec<_> = told
        .iter()
        .filter(|text| is_sentence(text) && !is_known(text))
        .collect();
    assert!(missing.is_empty(), "not in {CATALOGUE}:\n{missing:#?}");
}

/// Lines that the parser refuses, each with a template of what it says.
const CLAP: &[(&str, &str)] = &[
    ("kit", "unrecognized subcommand '{}'"),
    ("kit", "a similar subcommand exists: '{}'"),
    ("config uset", "some similar subcommands exist: {}"),
    ("kti search --jsno", "unexpected argument '{}' found"),
    ("kti search --jsno", "a similar argument exists: '{}'"),
    ("kti search x --lmit", "to pass '{}' as a value, use '{}'"),
    ("kti search --jsno", "For more information, try '{}'."),
    ("kti types --format jsno", "invalid value '{}' for '{}'"),
    ("kti types --format jsno", "[possible values: {}]"),
    ("kti types --format jsno", "a similar value exists: '{}'"),
    (
        "kti search --profile",
        "a value is required for '{}' but none was supplied",
    ),
    (
        "kaspersky get",
        "the following required arguments were not provided:",
    ),
    (
        "kti search --profile a --profile b",
        "the argument '{}' cannot be used multiple times",
    ),
    (
        "kti search x --raw --csv",
        "the argument '{}' cannot be used with '{}'",
    ),
    (
        "kti types --csv=a",
        "unexpected value '{}' for '{}' found; no more were expected",
    ),
    ("kti search x --jobs a", "invalid digit found in string"),
    (
        "kti search x --jobs 0",
        "number would be zero for non-zero type",
    ),
    (
        "kti search x --jobs 99999999999999999999999",
        "number too large to fit in target type",
    ),
    (
        "kti search x --jobs=",
        "cannot parse integer from empty string",
    ),
    (
        "kti search x --fresh --offline --max-age 3d",
        "the argument '{}' cannot be used with:",
    ),
    ("sandbox --port 99999", "{} is not in {}"),
    (
        "kti -q",
        "'{}' requires a subcommand but one was not provided",
    ),
    ("kti -q", "[subcommands: {}]"),
];

#[test]
fn what_the_parser_refuses_is_told_in_chinese() {
    let catalogue = file(CATALOGUE);
    for (line, template) in CLAP {
        let words = words(line);
        let english = ti(&words).ends(2).stderr;
        let fixed: Vec<_> = template.split("{}").filter(|part| part.len() > 4).collect();
        assert!(
            fixed.iter().all(|part| english.contains(part)),
            "{line}: {english}"
        );
        assert!(catalogue.contains(&format!("{template}\t")), "{template}");
        let chinese = ti(&words).env("TI_LANG", "zh").ends(2).stderr;
        for part in fixed.iter().chain(&["error: ", "tip: ", "Usage: "]) {
            assert!(!chinese.contains(part), "{line}: {chinese}");
        }
        assert!(chinese.starts_with("错误："), "{line}: {chinese}");
        assert_eq!(
            chinese.lines().count(),
            english.lines().count(),
            "{chinese}"
        );
    }
    // However the language is said.
    for mut ti in [
        ti(&["--lang", "zh", "kit"]),
        ti(&["kit", "--lang=zh"]),
        ti(&["kit"]).env("LC_ALL", "zh_CN.UTF-8"),
        ti(&["kit"]).config("lang = \"zh\"\n"),
        ti(&["kit", "--config", "my.toml"]).file("my.toml", "lang = \"zh\"\n"),
    ] {
        let said = ti.ends(2).stderr;
        assert!(
            said.starts_with("错误：没有子命令 'kit'\n\n  提示：有相近的子命令：'kti'\n\n用法："),
            "{said}"
        );
    }
    for mut ti in [
        ti(&["kit", "--lang", "en"]).env("TI_LANG", "zh"),
        ti(&["kit", "--", "--lang=zh"]),
        ti(&["kit"]).env("TI_LANG", "fr").config("lang = \"zh\"\n"),
        ti(&["kit", "--demo"]).config("lang = \"zh\"\n"),
    ] {
        let said = ti.ends(2).stderr;
        assert!(said.starts_with("error: "), "{said}");
    }
    // What was typed stays as it was typed.
    let typed = [
        "kaspersky",
        "list",
        "--lang=zh",
        "--limit",
        "it is empty: not set",
    ];
    let said = ti(&typed).ends(2).stderr;
    assert!(said.contains("'it is empty: not set'"), "{said}");
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
        assert!(seen.insert(english), "twice: {line}");
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
        Reply::json(403, body)
    });
    let demo = |line: &str| ti(&[&["--demo", "--lang", "zh"], &words(line)[..]].concat());
    let table: Vec<(Ti, i32, &[&str])> = vec![
        (
            ti(&["--lang", "zh", "kti", "search", "evil.com"]),
            3,
            &["错误：", "提示："],
        ),
        (
            ti(&words("--lang zh --profile b kti search evil.com")).config(&at(&nobody)),
            3,
            &["错误：", "没有配置组 \"b\"", "现有配置组：a"],
        ),
        (
            ti(&words("--lang zh kti search evil.com --retries 0")).config(&at(&nobody)),
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
        let ran = ti.ends(code);
        for said in said {
            ran.says(said);
        }
    }
}

#[test]
fn what_a_table_says_of_itself_is_chinese() {
    for (line, said) in [
        ("kaspersky list", &["… 窗口更宽时还有：行业，地区\n"][..]),
        (
            "lookup evil.com 8.8.8.8 nothing.example",
            &[
                "  远控, 恶意软件\n",
                "1 恶意，1 信息，1 无数据（--all 显示全部）\n",
            ],
        ),
        ("lookup evil.com", &["  威胁类型  远控, 恶意软件\n"]),
        ("lookup 36.99.136.136", &["  威胁类型  蜜罐情报\n"]),
        ("index info", &["kaspersky  示例数据  "]),
    ] {
        let arguments = [
            &["--demo", "--lang", "zh", "--format", "table"],
            &words(line)[..],
        ]
        .concat();
        let ran = ti(&arguments).env("COLUMNS", "80").run();
        for said in said {
            ran.shows(said);
        }
    }
}

#[test]
fn the_steps_of_a_check_are_chinese_at_a_terminal_only() {
    let check =
        |more: &[&str]| ti(&[&["--demo", "--lang", "zh", "config", "check"], more].concat());
    let ran = check(&["--format", "table"]).ends(0);
    for said in [
        "有应答（不带凭据时 HTTP 403",
        "消耗了一次查询",
        "与服务器一致",
    ] {
        ran.shows(said);
    }
    check(&["--json"]).ends(0).shows("in sync");
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
        let mock = Mock::start(|_| Reply::json(200, "{}"));
        let line = ["-v", "--lang", lang, "kti", "search", "evil.com"];
        let stderr = ti(&line).config(&at(&mock.url())).run().stderr;
        let is_trace = |line: &&str| line.starts_with(['>', '<']);
        stderr.lines().filter(is_trace).count()
    };
    assert_eq!(run("zh"), run("en"));
}
