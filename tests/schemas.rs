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

fn validator(name: &str) -> (Value, jsonschema::Validator) {
    let path = root().join(format!("docs/schema/{name}.json"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    (schema, validator)
}

#[track_caller]
fn validate(name: &str, output: &Value) {
    let (_, validator) = validator(name);
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
        let mut run = ti(&arguments);
        validate(name, &run.run().code(*code).json());
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
        .run()
        .code(0);
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
        validate(name, &run.run().code(4).json());
    }
}

#[test]
fn the_cache_is_as_its_schema_says() {
    let mock = Mock::json(r#"{"IntelInfo":{"Type":"domain","RetCode":2,"Domain":{}}}"#);
    let cache = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        ti(arguments)
            .env("XDG_CACHE_HOME", cache.path().to_str().unwrap())
            .env("TI_KTI_ENDPOINT", &mock.url())
            .env("TI_KTI_ACCESS_KEY", "a")
            .env("TI_KTI_SECRET_KEY", "b")
            .run()
            .code(0)
    };
    run(&["kti", "search", "evil.com"]);
    validate(CACHE, &run(&["cache", "info", "--json"]).json());
}

#[test]
fn a_match_is_as_its_schema_says() {
    let mut run = ti(&["match", "--iocs", "list.txt", "--json", "-q"])
        .file("list.txt", "evil.com\n192.0.2.0/24\n")
        .stdin("www.evil.com 192.0.2.7\n");
    validate(MATCH, &run.run().code(0).json());
}

/// One type feeds JSON and schema.
#[test]
fn schemas_of_typed_answers_are_up_to_date() {
    for (name, schema) in ti::cli::schemas() {
        let made = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        compare(&root().join(format!("docs/schema/{name}.json")), &made);
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
            "kaspersky-ioc",
            "kaspersky ioc",
            portal(r#"{"master_ioc":"a,b,c,d,e\n,,x,2026-01-02,\n"}"#),
        ),
    ] {
        let mock = Mock::json(answer);
        let arguments: Vec<_> = command.split(' ').chain(["--json", "-q"]).collect();
        let mut run = asking(&mock, &arguments).env("TI_BRCTI_ENDPOINT", &mock.url());
        validate(name, &run.run().code(0).json());
    }
}

#[test]
fn every_schema_is_used_and_linked() {
    let scripting = fs::read_to_string(root().join("docs/scripting.md")).unwrap();
    for entry in fs::read_dir(root().join("docs/schema")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_string();
        let known = |(known, ..): &(&str, i32, &str)| *known == name;
        assert!(
            [CACHE, ERROR, MATCH].contains(&&*name) || OUTPUTS.iter().any(known),
            "{name}"
        );
        assert!(scripting.contains(&format!("schema/{name}.json")), "{name}");
        let (schema, _) = validator(&name);
        let is_list = scripting.contains(&format!("schema/{name}.json) | array |"));
        assert_eq!(schema["type"] == "array", is_list, "{name}");
    }
}

/// The names of all properties, those of nested objects too.
fn properties(schema: &Value, names: &mut Vec<String>) {
    for (name, below) in schema["properties"].as_object().into_iter().flatten() {
        names.push(name.clone());
        properties(below, names);
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            properties(&schema[inner], names);
        }
    }
}

#[test]
fn every_field_is_explained_on_the_page_of_its_provider() {
    let all = OUTPUTS.iter().map(|(name, ..)| *name).chain([CACHE, MATCH]);
    for name in all {
        let page = match name.split('-').next().unwrap() {
            "config" => "setup",
            "cache" => "bulk",
            "index" => "match",
            provider => provider,
        };
        let text = fs::read_to_string(root().join(format!("docs/{page}.md"))).unwrap();
        let mut names = Vec::new();
        properties(&validator(name).0, &mut names);
        assert!(!names.is_empty(), "{name}");
        for field in names {
            let shown = ["`", "."].map(|before| format!("{before}{field}"));
            let ends = |rest: &str| rest.starts_with(['`', '.', '[', ',']);
            let mut places = shown.iter().flat_map(|shown| text.split(shown).skip(1));
            assert!(places.any(ends), "{name}: {field} is not in docs/{page}.md");
        }
    }
}
