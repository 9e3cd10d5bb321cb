//! Real output against the schemas that scripts are written by. A new command is one line.

use std::fs;

use serde_json::Value;
use ti::sandbox::{Options, Server};

use crate::generated::{compare, root};
use crate::support::portal::asking;
use crate::support::{Mock, ti};

/// The schema, the exit code, and a command line with an answer that it describes.
const OUTPUTS: &[(&str, i32, &str)] = &[
    (
        "kti-search",
        0,
        "--demo kti search evil.com 8.8.8.8 nothing.example",
    ),
    (
        "kti-search",
        8,
        "--demo kti search evil.com 10.0.0.0/8 rubbish _a.example",
    ),
    (
        "lookup",
        8,
        "--demo lookup evil.com 8.8.8.8 nothing.example d41d8cd98f00b204e9800998ecf8427e rubbish",
    ),
    ("kti-types", 0, "kti types"),
    (
        "extract",
        0,
        concat!("extract ", env!("CARGO_MANIFEST_DIR"), "/README.md"),
    ),
    ("kaspersky-list", 0, "--demo kaspersky list"),
    ("kaspersky-names", 0, "--demo kaspersky list --actors"),
    (
        "kaspersky-get",
        0,
        "--demo kaspersky get 0b5cf2f2-5a11-4e0c-9a3e-000000000001",
    ),
    (
        "kaspersky-get",
        0,
        "--demo kaspersky get 0b5cf2f2-5a11-4e0c-9a3e-000000000001 --include all --save parts --inline",
    ),
    ("kaspersky-ioc", 0, "--demo kaspersky ioc"),
    ("brcti-geo", 0, "--demo brcti geo"),
    (
        "brcti-geo",
        0,
        "--demo --large brcti geo --depth country --limit 3",
    ),
    ("brcti-types", 0, "--demo brcti types"),
    ("brcti-types", 0, "--demo brcti traffic"),
    ("brcti-series", 0, "--demo brcti attacks"),
    ("brcti-series", 0, "--demo --large brcti attacks --by month"),
    ("brcti-series", 0, "--demo brcti traffic --series"),
    ("brcti-iocs", 0, "--demo brcti attacks --iocs"),
    ("index-info", 0, "--demo index info"),
    ("config-show", 0, "config show"),
    ("config-check", 0, "--demo config check"),
    ("config-check", 0, "--demo config check --no-lookup"),
    ("config-check", 3, "config check kti"),
];

/// Described where an answer has to be made first.
const CACHE: &str = "cache-info";

/// Described where there has to be a log.
const MATCH: &str = "match";
/// Described in `json_errors.rs`.
const ERROR: &str = "error";

/// Those of the program, by the names of their files.
fn schema(name: &str) -> Value {
    let known = ti::cli::schemas().find(|known| known.name == name);
    let schema = known
        .unwrap_or_else(|| panic!("there is no schema {name}"))
        .schema();
    schema.to_value()
}

#[track_caller]
fn validate(name: &str, output: &Value) {
    let schema = schema(name);
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    assert_ne!(
        *output,
        Value::Array(Vec::new()),
        "{name}: nothing to validate"
    );
}

#[test]
fn output_is_as_its_schema_says() {
    for (name, code, arguments) in OUTPUTS {
        let arguments: Vec<_> = arguments.split(' ').chain(["--json", "-q"]).collect();
        validate(name, &ti(&arguments).ends(*code).json());
    }
}

#[test]
fn every_sample_is_as_the_schema_says() {
    let text = fs::read_to_string(root().join("src/providers/kti/sandbox/samples.json")).unwrap();
    let samples: Value = serde_json::from_str(&text).unwrap();
    let name = |sample: &Value| {
        let of = |key: &str| sample[key].as_str();
        of("Ip").or(of("Domain")).unwrap().to_string() + "\n"
    };
    let inputs: String = samples.as_array().unwrap().iter().map(name).collect();
    let ran = ti(&["--demo", "-q", "kti", "search", "--json"])
        .stdin(inputs)
        .ends(0);
    validate("kti-search", &ran.json());
}

#[test]
fn an_error_is_as_the_schema_says() {
    let options = Options {
        faults: vec!["403".parse().unwrap()],
        ..Options::default()
    };
    let server =
        Server::start(ti::providers::ALL[0].sandbox(&options).unwrap(), options, 0).unwrap();
    for (name, arguments) in [
        (
            "kti-search",
            &["kti", "search", "evil.com", "b.example"][..],
        ),
        ("config-check", &["config", "check", "kti"]),
    ] {
        let mut run = ti(&[arguments, &["--json"]].concat());
        for (setting, value) in server.settings() {
            run = run.env(&format!("TI_KTI_{}", setting.to_uppercase()), &value);
        }
        validate(name, &run.ends(4).json());
    }
}

#[test]
fn the_cache_is_as_its_schema_says() {
    let mock = Mock::json(r#"{"IntelInfo":{"Type":"domain","RetCode":2,"Domain":{}}}"#);
    let cache = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        ti(arguments)
            .env("XDG_CACHE_HOME", cache.path().to_str().unwrap())
            .kti(&mock.url())
            .ends(0)
    };
    run(&["kti", "search", "evil.com"]);
    validate(CACHE, &run(&["cache", "info", "--json"]).json());
}

#[test]
fn a_match_is_as_its_schema_says() {
    let mut run = ti(&["match", "--iocs", "list.txt", "--json", "-q"])
        .file("list.txt", "evil.com\n192.0.2.0/24\n")
        .stdin("www.evil.com 192.0.2.7\n");
    validate(MATCH, &run.ends(0).json());
}

/// One type feeds JSON and schema.
#[test]
fn schemas_are_those_of_the_types() {
    let folder = root().join("docs/schema");
    let mut names = Vec::new();
    for known in ti::cli::schemas() {
        compare(&folder.join(format!("{}.json", known.name)), &known.text());
        names.push(format!("{}.json", known.name));
        let is_used = OUTPUTS.iter().any(|(name, ..)| *name == known.name);
        assert!(
            is_used || [CACHE, ERROR, MATCH].contains(&known.name),
            "{}",
            known.name
        );
    }
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&name), "{name} is of no command");
    }
}

#[test]
fn a_schema_is_printed() {
    for known in ti::cli::schemas() {
        for command in known.commands {
            let arguments: Vec<_> = ["schema"].into_iter().chain(command.split(' ')).collect();
            let printed = ti(&arguments).ends(0).json();
            assert_eq!(printed, known.schema().to_value(), "{command}");
        }
    }
    let listed = ti(&["schema"]).ends(0).stdout;
    let mut commands = ti::cli::schemas().flat_map(|known| known.commands);
    assert!(commands.all(|command| listed.lines().any(|line| line == *command)));
    let ran = ti(&["schema", "kti", "search", "-o", "search.json"]).ends(0);
    assert_eq!(ran.stdout, "");
    for (arguments, hint) in [
        (&["schema", "kti"][..], "did you mean ti schema kti search?"),
        (
            &["schema", "attacks", "--iocs"],
            "did you mean ti schema brcti attacks --iocs?",
        ),
        (&["schema", "kti", "serach"], "search"),
    ] {
        let told = ti(arguments).ends(2).stderr;
        assert!(told.contains(hint), "{told}");
    }
}

/// Nothing that is sent some day makes an answer of today wrong, and a field that is there today
/// stays.
#[test]
fn schemas_are_open_and_every_field_is_explained() {
    fn walk(name: &str, path: &str, schema: &Value) {
        assert_ne!(schema["additionalProperties"], false, "{name}: {path}");
        for (field, below) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{field}");
            assert!(below["description"].is_string(), "{name}: {path}");
            walk(name, &path, below);
        }
        for inner in ["items", "additionalProperties"] {
            if schema[inner].is_object() {
                walk(name, path, &schema[inner]);
            }
        }
        for one in schema["anyOf"].as_array().into_iter().flatten() {
            walk(name, path, one);
        }
    }
    for known in ti::cli::schemas() {
        walk(known.name, "", &known.schema().to_value());
    }
}

/// What `--fields` offers is in the JSON, where a row is an element of it.
#[test]
fn columns_are_fields_of_the_same_type() {
    for (name, _, command) in OUTPUTS {
        let schema = schema(name);
        if schema["type"] != "array" {
            continue;
        }
        let is_series = *name == "brcti-series";
        let arguments: Vec<_> = command.split(' ').chain(["-q", "--fields"]).collect();
        for field in ti(&arguments).ends(0).stdout.lines() {
            // A row is one of the counts at a time.
            if is_series && ["type", "count"].contains(&field) {
                continue;
            }
            let mut at = &schema["items"];
            for part in field.split('.') {
                while let Some(known) = at["anyOf"].get(0) {
                    at = known;
                }
                at = &at["properties"][part];
            }
            assert!(at.is_object(), "{command}: {field}");
        }
    }
}

/// What a service sends otherwise than documented is described as well.
#[test]
fn odd_answers_are_as_the_schema_says() {
    let brcti = |result: &str| format!(r#"{{"result":{result}}}"#);
    let portal = |data: &str| format!(r#"{{"status":"ok","return_data":{data}}}"#);
    for (name, command, answer) in [
        (
            "brcti-geo",
            "brcti geo",
            brcti(r#"{"CN":{"x":"many"},"??":7,"DE":{"a":18446744073709551615,"b":1}}"#),
        ),
        (
            "brcti-types",
            "brcti types",
            brcti(r#"{"new_count":-1,"ip_count":"2"}"#),
        ),
        (
            "brcti-series",
            "brcti attacks",
            brcti(r#"[{"time":"soon","stats":{"new":1.5,"total":null}},{"time":7}]"#),
        ),
        (
            "brcti-iocs",
            "brcti attacks --iocs",
            brcti(r#"[{},{"ip_address":"?","port":[1],"new":{"a":1}}]"#),
        ),
        (
            "kaspersky-list",
            "kaspersky list",
            portal(
                r#"{"publications":[{},{"id":7,"published":"soon","updated":{},"tags":"a, b","new":[1]}]}"#,
            ),
        ),
        (
            "kaspersky-get",
            "kaspersky get x",
            portal(r#"{"id":null,"report_new":"text","new":1}"#),
        ),
        (
            "kti-search",
            "kti search 192.0.2.1",
            r#"{"IntelInfo":{"RetCode":0,"Ip":{"Ip":"192.0.2.1","Carrier":{"a":1},"Location":"x","Asn":{"Number":"AS1","Rank":1.5,"Info":[7]},
            "Tags":[{"Type":{"a":1},"Tags":[1]}]},"Domain":"y"},"LeftCount":"many","TotalCount":1.5,"RequestId":7,"status":"theirs"}"#.to_string(),
        ),
        (
            "kaspersky-ioc",
            "kaspersky ioc",
            portal(r#"{"master_ioc":"a,b,c,d,e\n,,x,2026-01-02,\n"}"#),
        ),
    ] {
        let mock = Mock::json(answer);
        let arguments: Vec<_> = command.split(' ').chain(["--json", "-q"]).collect();
        let mut run = asking(&mock, &arguments).env("TI_BRCTI_ENDPOINT", &mock.url())
            .kti(&mock.url());
        validate(name, &run.ends(0).json());
    }
}

/// The kinds of value that a schema lets through, as a person calls them.
fn kinds(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for form in ["anyOf", "oneOf"] {
        let forms = schema[form].as_array().into_iter().flatten();
        found.extend(forms.flat_map(kinds));
    }
    let of_type = |name: &str| match name {
        "string" => vec!["text".to_string()],
        "integer" => vec!["number".to_string()],
        "boolean" => ["true", "false"].map(str::to_string).to_vec(),
        "array" => match &kinds(&schema["items"])[..] {
            [one] if one == "object" => vec!["list of objects".to_string()],
            items => vec![format!("list of {}", items.join(" or "))],
        },
        other => vec![other.to_string()],
    };
    match &schema["type"] {
        Value::String(name) => found.extend(of_type(name)),
        Value::Array(names) => {
            found.extend(names.iter().filter_map(Value::as_str).flat_map(of_type));
        }
        _ if found.is_empty() => found.push("as sent".to_string()),
        _ => {}
    }
    // In the order in which they came, each once.
    let is_first = |(place, kind): &(usize, &String)| !found[..*place].contains(kind);
    let first = found.iter().enumerate().filter(is_first);
    first.map(|(_, kind)| kind.clone()).collect()
}

/// `text or null`; what is kept whatever it is comes last.
fn listed(mut kinds: Vec<String>) -> String {
    let count = kinds.len();
    kinds.retain(|kind| kind != "as sent");
    let is_open = kinds.len() < count;
    let known = match kinds.split_last() {
        None => return "as sent".to_string(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    };
    match is_open {
        true => format!("{known}, else as sent"),
        false => known,
    }
}

/// As within a sentence; a name like `RFC` stays.
fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            format!("{}{}", first.to_lowercase(), &text[first.len_utf8()..])
        }
        _ => text.to_string(),
    }
}

/// The words that a value can be, where they are few.
fn words(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for form in ["anyOf", "oneOf"] {
        found.extend(
            schema[form]
                .as_array()
                .into_iter()
                .flatten()
                .flat_map(words),
        );
    }
    let values = schema["enum"].as_array().into_iter().flatten();
    let values = values.chain(schema.get("const")).filter_map(Value::as_str);
    found.extend(values.map(|word| format!("`{word}`")));
    found
}

/// A line a field, those of nested objects too: its path, what it is, what it means.
fn fields(path: &str, schema: &Value, lines: &mut String) {
    let at = |field: &str| match path {
        "" => field.to_string(),
        path => format!("{path}.{field}"),
    };
    for (field, below) in schema["properties"].as_object().into_iter().flatten() {
        let kinds = listed(kinds(below));
        let meaning = below["description"].as_str().unwrap_or_default();
        let mut meaning = meaning.replace('\n', " ");
        let words = words(below);
        if !words.is_empty() {
            meaning = format!("{} ({})", meaning.trim_end_matches('.'), words.join(", "));
        }
        let meaning = uncapitalised(meaning.trim_end_matches('.')).replace('|', "\\|");
        lines.push_str(&format!("| `{}` | {kinds} | {meaning} |\n", at(field)));
        fields(&at(field), below, lines);
    }
    if schema["items"].is_object() {
        fields(&format!("{path}[]"), &schema["items"], lines);
    }
    if schema["additionalProperties"].is_object() {
        fields(&at("*"), &schema["additionalProperties"], lines);
    }
    // A value of its kind, or what came in its place.
    if let Some(known) = schema["anyOf"].as_array().and_then(|forms| forms.first()) {
        fields(path, known, lines);
    }
}

/// Puts `made` between the two marks.
fn put(page: &str, mark: &str, made: &str) {
    let path = root().join(format!("docs/{page}.md"));
    let text = fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- {mark} -->\n");
    let start = text
        .find(&begin)
        .unwrap_or_else(|| panic!("docs/{page}.md has no {begin}"));
    let start = start + begin.len();
    let stop = start + text[start..].find("<!-- end -->").unwrap();
    compare(&path, &format!("{}{made}{}", &text[..start], &text[stop..]));
}

#[test]
fn the_pages_have_the_fields_of_the_types() {
    for known in ti::cli::schemas() {
        let page = match known.name.split('-').next().unwrap() {
            "config" => "setup",
            "cache" => "bulk",
            "index" => "match",
            "error" => "scripting",
            page => page,
        };
        let schema = known.schema().to_value();
        let element = match schema["type"] == "array" {
            true => &schema["items"],
            false => &schema,
        };
        let mut lines = "| field | type | meaning |\n|---|---|---|\n".to_string();
        fields("", element, &mut lines);
        if element["additionalProperties"] == true {
            lines.push_str(
                "| anything else | as sent | what the service sends and ti does not know |\n",
            );
        }
        put(page, &format!("fields: {}", known.name), &lines);
    }
}

#[test]
fn the_list_of_schemas_is_whole() {
    let mut lines = "| command | schema | an |\n|---|---|---|\n".to_string();
    for known in ti::cli::schemas() {
        let commands: Vec<_> = known
            .commands
            .iter()
            .map(|command| format!("`ti {command}`"))
            .collect();
        let (name, schema) = (known.name, known.schema().to_value());
        let kind = schema["type"].as_str().unwrap();
        let commands = match &commands[..] {
            [] => "any, on stderr, if nothing comes of it".to_string(),
            commands => commands.join(", "),
        };
        lines.push_str(&format!(
            "| {commands} | [schema/{name}.json](schema/{name}.json) | {kind} |\n"
        ));
    }
    put("scripting", "schemas", &lines);
}

/// Answers that are compared have fields of their own, and so has what is gone.
#[test]
fn what_has_changed_is_as_the_schema_says() {
    for (name, command) in [
        ("kti-search", &["kti", "search"][..]),
        ("lookup", &["lookup"]),
    ] {
        let first = [
            &["--demo", "--ndjson", "-q"],
            command,
            &["8.8.8.8", "left.example"],
        ];
        let earlier = ti(&first.concat()).ends(0).stdout;
        let common = ["--demo", "--json", "-q"];
        let inputs = ["8.8.8.8", "evil.com", "--changed-since", "old.ndjson"];
        let arguments = [&common, command, &inputs].concat();
        let compared = ti(&arguments).file("old.ndjson", earlier).ends(0).json();
        validate(name, &compared);
        let fields: Vec<_> = compared[0].as_object().unwrap().keys().take(2).collect();
        assert_eq!(fields, ["change", "level_before"]);
    }
}
