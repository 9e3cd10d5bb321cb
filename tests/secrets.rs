//! A canary for every secret that there is: whatever is run, and however it fails, it is nowhere
//! to be seen, in no form.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use ti::config::{Condition, Setting, Shape};
use ti::provider::Provider;
use ti::sandbox::{Received, Reply};

use crate::support::commands::ASKING;
use crate::support::portal::certificate;
use crate::support::{Mock, Ran, Ti, ti, words};

/// What each canary begins with. Half a secret is one too many.
const MARK: &str = "CaNaRy";

/// A value that every format writes in another way.
fn canary(setting: &str) -> String {
    format!("{MARK}+{setting}/k\"3&y<=")
}

/// The mark in every form in which it could show.
fn shapes() -> Vec<String> {
    let mut shapes = vec![
        MARK.to_string(),
        MARK.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        MARK.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        MARK.bytes().map(|byte| format!("\\u{byte:04x}")).collect(),
        MARK.bytes().map(|byte| format!("&#{byte};")).collect(),
        hex::encode(MARK),
        hex::encode(MARK).to_uppercase(),
        format!("{:?}", MARK.as_bytes())
            .trim_matches(['[', ']'])
            .to_string(),
    ];
    // At each place in a group of base64; the letters beside it are not all its own.
    for before in ["", "a", "ab"] {
        let encoded = BASE64_STANDARD.encode(format!("{before}{MARK}"));
        let own = encoded.trim_end_matches('=');
        shapes.push(own[(before.len() * 8).div_ceil(6)..own.len() - 1].to_string());
    }
    shapes
}

#[track_caller]
fn run_and_look(run: &mut Ti) -> Ran {
    let ran = run.run();
    let mut texts = vec![
        ("stdout".to_string(), ran.stdout.clone()),
        ("stderr".to_string(), ran.stderr.clone()),
    ];
    for entry in walk(run.home.path()) {
        // The configuration is where the secret belongs.
        if !entry.ends_with("config.toml") {
            let bytes = std::fs::read(&entry).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            texts.push((entry.display().to_string(), text));
        }
    }
    for (place, text) in texts {
        for shape in shapes() {
            assert!(!text.contains(&shape), "{shape} in {place}: {text}");
        }
    }
    ran
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => walk(&path),
            false => vec![path],
        })
        .collect()
}

/// Everything that came, in every form that a server could echo it in.
fn echo(request: &Received) -> String {
    let mut sent: Vec<_> = request.query.split('&').map(str::to_string).collect();
    sent.extend(request.headers.iter().map(|(_, value)| value.clone()));
    let words: Vec<_> = sent
        .iter()
        .flat_map(|value| value.split(' '))
        .filter(|word| word.len() > 3)
        .collect();
    let mut echoed = sent.join("\n");
    for word in words {
        // A login is unpacked by the server, too.
        let unpacked = BASE64_STANDARD.decode(word).ok();
        let unpacked = unpacked.and_then(|bytes| String::from_utf8(bytes).ok());
        for text in unpacked.iter().map(String::as_str).chain([word]) {
            let percent: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
            echoed.push_str(&format!(
                "\n{text} {text:?} {percent} {} {} {:?}",
                BASE64_STANDARD.encode(text),
                hex::encode(text),
                text.as_bytes()
            ));
            echoed.push_str(&text.replace('&', "&amp;").replace('"', "&quot;"));
        }
    }
    echoed
}

/// Services that echo what they were sent, as proxies and error pages do; long and short, as a
/// code, a message, a page, and in the middle of what an error quotes of them.
fn echoing() -> Vec<Mock> {
    let mocks = [200, 403].into_iter().flat_map(|status| {
        let plain = move |request: &Received| Reply::new(status, "text/plain", echo(request));
        let page = move |request: &Received| {
            let body = format!("<html><title>{}</title>", echo(request));
            Reply::new(status, "text/html", body)
        };
        let json = move |request: &Received| {
            let echoed = echo(request);
            let body = serde_json::json!({
                "Error": {"Code": "SignatureDoesNotMatch", "Message": echoed},
                "status": "error", "status_msg": echoed,
                "error": {"of": [echoed]}, "result": null,
            });
            Reply::json(status, body.to_string())
        };
        [Mock::start(plain), Mock::start(page), Mock::start(json)]
    });
    mocks.collect()
}

/// A run with this secret of a provider, and whatever else is set together with it.
fn with_secret(
    provider: &dyn Provider,
    secret: &Setting,
    endpoint: &str,
    arguments: &[&str],
) -> Ti {
    let (certificate, key) = certificate("test", -1, 365);
    let run = ti(arguments).file("client.pem", certificate + &key);
    let wants = |setting: &Setting| {
        setting.name == secret.name
            || secret.asked == Condition::With(setting.name)
            || setting.required
            || match setting.asked {
                Condition::Always => secret.asked != Condition::Unless(setting.name),
                _ => false,
            }
    };
    let lines = provider.settings().iter().filter(|setting| wants(setting));
    let lines = lines.filter_map(|setting| {
        let value = match setting.shape {
            Shape::Secret => format!("'{}'", canary(setting.name)),
            Shape::Headers => format!("{{ X-Gate = '{}' }}", canary(setting.name)),
            Shape::Text if setting.default.is_none() => "\"ann\"".to_string(),
            Shape::Path => format!("{:?}", run.path("client.pem")),
            Shape::Url => format!("{endpoint:?}"),
            _ => return None,
        };
        Some(format!("{} = {value}\n", setting.name))
    });
    let name = provider.name();
    let config = format!(
        "[profile.w.{name}]\nretries = 0\n{}",
        lines.collect::<String>()
    );
    run.config(&config)
}

/// The commands of a provider that ask it.
fn commands(provider: &str) -> Vec<Vec<&'static str>> {
    let words = ASKING
        .iter()
        .map(|line| line.split(' ').collect::<Vec<_>>());
    words.filter(|words| words[0] == provider).collect()
}

#[test]
fn no_secret_comes_out_of_a_run_whose_service_echoes_it() {
    let mocks = echoing();
    for provider in ti::providers::ALL {
        let check = vec!["config", "check", provider.name()];
        let commands = commands(provider.name());
        assert!(!commands.is_empty(), "{}", provider.name());
        let secrets = provider.settings().iter();
        for secret in secrets.filter(|setting| setting.is_secret()) {
            for mock in &mocks {
                for command in commands.iter().chain([&check]) {
                    for format in [&["--json"][..], &[]] {
                        // Records are those of the way that is checked; elsewhere they are data.
                        if *command != check && !format.is_empty() {
                            continue;
                        }
                        let arguments = [&["-vv"], &command[..], format].concat();
                        run_and_look(&mut with_secret(*provider, secret, &mock.url(), &arguments));
                    }
                }
            }
            for arguments in [
                &["-vv", "config", "show", "--json"][..],
                &[
                    "-vv",
                    "config",
                    "set",
                    &format!("{}.retries", provider.name()),
                    "3",
                ],
            ] {
                run_and_look(&mut with_secret(
                    *provider,
                    secret,
                    "http://127.0.0.1:9/",
                    arguments,
                ));
            }
        }
    }
}

/// An answer to `path` that is right, and has `echo` in its data.
fn data(path: &str, echo: &str) -> String {
    let of_kti = json!({
        "RequestId": echo, "LeftCount": 9, "TotalCount": 9, "IntelInfo": {"RetCode": 0, "Domain": {
            "Domain": "evil.com", "Judgments": ["C2", echo], "CurWhois": {"RegistrarName": echo}, echo: echo,
        }},
    });
    let of_portal =
        json!({"id": "X", "name": echo, "desc": echo, "tags_actors": [echo], echo: echo});
    let answer = match path.rsplit('/').next().unwrap() {
        "" => of_kti,
        "get_list" => {
            json!({"status": "ok", "return_data": {"count": 1, "publications": [of_portal]}})
        }
        "get_one" => json!({"status": "ok", "return_data": of_portal}),
        "queryIOCGeoDistribution" => json!({"result": {"CN": {echo: 3}, echo: {"a": 1}}}),
        "queryIOCTypeDistribution" | "queryTrafficTypeRatio" => {
            json!({"result": {"ip_count": 1, "non_traffic_count": 1, echo: 2}})
        }
        "queryAttackIOCInfo" => json!({"result": [
            {"ip_address": echo, "location": echo, "attack_type": echo, "port": "", "hash": echo, echo: 1},
        ]}),
        "queryAttackTypeStatistics" => json!({"result": [
            {"time": "2026-11-01 10:00:00", "stats": {"botnet": 1, echo: 2, "total": 3}, echo: 1},
        ]}),
        "queryTrafficTimeSeries" => json!({"result": [
            {"timestamp": "2026-11-01 10:00:00", "data": {"0": 1, echo: 2}, "total": 3, echo: 1},
        ]}),
        other => panic!("{other}"),
    };
    answer.to_string()
}

/// In whatever form it is shown, and from the cache as well.
#[test]
fn no_secret_comes_out_with_the_data() {
    for provider in ti::providers::ALL {
        let settings = provider.settings().iter();
        let secret = settings.clone().find(|setting| setting.is_secret());
        let secret = secret.unwrap();
        for command in commands(provider.name()) {
            // Master files are too large to be looked through, but for --raw.
            if ["ioc", "yara"].contains(&command[1]) {
                continue;
            }
            for format in ["--format table", "--json", "--csv", "--raw", "-vv"] {
                let mock = Mock::start(|request: &Received| {
                    let setting = match request.path.rsplit('/').next().unwrap() {
                        "" => "secret_key",
                        "get_list" | "get_one" => "password",
                        _ => "token",
                    };
                    Reply::json(200, data(&request.path, &canary(setting)))
                });
                let arguments = [&command[..], &words(format)].concat();
                let mut run = with_secret(*provider, secret, &mock.url(), &arguments);
                let ran = run_and_look(&mut run).code(0);
                // Others have not all of it.
                if ["--json", "--raw"].contains(&format) {
                    ran.shows("(redacted)");
                }
                ran.says("the answer holds a secret of the configuration");
            }
        }
    }
    let mock = Mock::start(|request: &Received| Reply::json(200, data(&request.path, SECRET)));
    let search =
        |more: &[&str]| ti(&[&["kti", "search", "evil.com"], more].concat()).kti(&mock.url());
    let home = search(&["--json"]);
    let home = home.env("TI_KTI_SECRET_KEY", SECRET).keep();
    let cache = home.path().join("cache");
    let cache = cache.to_str().unwrap();
    for more in [
        &["--json"][..],
        &["--offline", "--json"],
        &["--offline", "--raw"],
    ] {
        let mut run = search(more)
            .env("TI_KTI_SECRET_KEY", SECRET)
            .env("XDG_CACHE_HOME", cache);
        run_and_look(&mut run).code(0).shows("(redacted)");
    }
}

const SECRET: &str = "CaNaRy-s3cret";

/// A secret that happens to be in what a service counts, or in what is asked, costs no verdict.
#[test]
fn a_poor_secret_costs_no_verdict() {
    let body = r#"{"LeftCount":91234,"TotalCount":9,"IntelInfo":{"RetCode":0,"Domain":{"Domain":"evil.com","Judgments":["C2"]}}}"#;
    for (secret, left) in [
        ("evil", json!(91234)),
        ("1234", json!("(redacted)")),
        ("C2", json!(91234)),
    ] {
        let mock = Mock::json(body);
        let mut run = ti(&["kti", "search", "evil.com", "--json"]).kti(&mock.url());
        run = run.env("TI_KTI_SECRET_KEY", secret);
        let element = &run.ends(0).json()[0];
        assert_eq!(element["status"], "found", "{secret}");
        assert_eq!(element["domain"]["domain"], "evil.com", "{secret}");
        assert_eq!(element["quota"]["left"], left, "{secret}");
    }
}

/// Nor is anything lost of what was asked where a secret is in it, in a name above it, or in one
/// in its own script: what is judged is what came, and what is shown is without the secret.
#[test]
fn a_secret_in_what_is_asked_changes_no_verdict() {
    for (secret, asked, named) in [
        ("evilevil", "evilevil.com", "EvilEvil.com"),
        ("evilevil", "www.evilevil.com", "evilevil.com"),
        ("evilevil", "xevilevilx.com", "xevilevilx.com"),
        ("rhtz55j", "金山.cn", "xn--rhtz55j.cn"),
        ("rhtz55j", "www.金山.cn", "金山.cn"),
        ("8.8.8", "8.8.8.8", "8.8.8.8"),
        ("C2", "evil.com", "evil.com"),
        ("malicious", "evil.com", "evil.com"),
        ("IntelInfo", "evil.com", "evil.com"),
        ("result", "evil.com", "evil.com"),
    ] {
        let object = if asked.ends_with("com") || asked.ends_with("cn") {
            "Domain"
        } else {
            "Ip"
        };
        let of_kti = json!({"LeftCount": 9, "TotalCount": 9, "IntelInfo": {
            "RetCode": 0, object: {object: named, "Judgments": ["C2"], "By": secret},
        }});
        let of_brcti = json!({"result": [
            {"ip_address": named, "location": "CN,,", "attack_type": "botnet", "hash": secret},
            {"ip_address": asked, "location": "", "attack_type": "", "hash": secret},
        ]});
        for (source, body) in [("kti", of_kti), ("brcti", of_brcti)] {
            let mock = Mock::json(body.to_string());
            let cache = tempfile::tempdir().unwrap();
            let look_up = || {
                let gate = ["--fail-on", "malicious", "--json"];
                ti(&[&["lookup", asked, "--source", source], &gate[..]].concat())
                    .kti(&mock.url())
                    .env("TI_BRCTI_ENDPOINT", &mock.url())
                    .env("TI_KTI_SECRET_KEY", secret)
                    .env("TI_BRCTI_TOKEN", secret)
                    .env("XDG_CACHE_HOME", cache.path().to_str().unwrap())
                    .ends(10)
            };
            let first = look_up();
            first.says("the answer holds a secret of the configuration");
            // The second one may be from the cache.
            for ran in [first, look_up()] {
                let element = &ran.json()[0];
                assert_eq!(element["level"], "malicious", "{source}, {secret}");
                let mut shown = ran.stdout.clone();
                for ours in ["level", "indicator", "input", "answered_for"] {
                    let said = element[ours]
                        .as_str()
                        .or(element["sources"][0][ours].as_str());
                    shown = shown.replace(&format!("{:?}", said.unwrap_or_default()), "");
                }
                assert!(!shown.contains(&format!("{secret:?}")), "{source}: {shown}");
                assert!(!shown.contains("evilevil"), "{source}: {shown}");
            }
        }
    }
}

/// KTI signs in four ways.
#[test]
fn no_secret_comes_out_however_it_is_signed() {
    let mocks = echoing();
    for mock in &mocks {
        for (signature, method) in [
            ("aws4", "get"),
            ("aws4", "post"),
            ("simple", "get"),
            ("simple", "post"),
        ] {
            let config = format!(
                "[profile.w.kti]\nendpoint = \"{}\"\naccess_key = \"AKLTx\"\nsecret_key = '{}'\nsignature = \"{signature}\"\nmethod = \"{method}\"\nretries = 0\n",
                mock.url(),
                canary("secret_key")
            );
            for format in [&["--json", "-o", "out.json"][..], &["--csv"]] {
                let arguments = [&["-vv", "kti", "search", "evil.com"], format].concat();
                run_and_look(&mut ti(&arguments).config(&config));
            }
        }
    }
}

/// What signs a request lets in whoever repeats it, for some minutes.
#[test]
fn no_signature_comes_out_of_a_run_whose_service_echoes_it() {
    for (signature, method) in [
        ("aws4", "get"),
        ("aws4", "post"),
        ("simple", "get"),
        ("simple", "post"),
    ] {
        for (status, content) in [
            (200, "text/plain"),
            (403, "application/json"),
            (200, "application/json"),
        ] {
            let sent = Arc::new(Mutex::new(Vec::new()));
            let kept = sent.clone();
            let mock = Mock::start(move |request: &Received| {
                let body = String::from_utf8_lossy(&request.body).into_owned();
                let all = format!("{}\n{body}", echo(request));
                let found = all.split("Signature=").skip(1);
                let found = found.map(|rest| rest.chars().take(64).collect::<String>());
                kept.lock().unwrap().extend(found);
                let echoed = match content {
                    "text/plain" => all,
                    _ => serde_json::json!({
                        "RequestId": all, "Error": {"Code": all, "Message": all},
                        "IntelInfo": {"RetCode": 0, "Domain": {"Domain": "evil.com", "More": all}},
                    })
                    .to_string(),
                };
                let mut reply = Reply::new(status, content, echoed);
                let header = found_header(request);
                reply.headers.push(("X-Echo".to_string(), header));
                reply
            });
            let config = format!(
                "[profile.w.kti]\nendpoint = \"{}\"\naccess_key = \"AKLTx\"\nsecret_key = 's3cret'\nsignature = \"{signature}\"\nmethod = \"{method}\"\nretries = 0\n",
                mock.url(),
            );
            for command in [
                &["-vv", "kti", "search", "evil.com", "--json"][..],
                &["-vv", "kti", "search", "evil.com", "--fresh", "--raw"],
                &["-vv", "config", "check", "kti", "--json"],
            ] {
                let ran = ti(command).config(&config).run();
                let out = ran.stdout + &ran.stderr;
                let sent = std::mem::take(&mut *sent.lock().unwrap());
                let sent: Vec<_> = sent.iter().filter(|text| text.len() == 64).collect();
                assert!(!sent.is_empty());
                for signature in sent {
                    for shape in [
                        signature.clone(),
                        hex::encode(signature),
                        BASE64_STANDARD.encode(signature),
                        signature
                            .bytes()
                            .map(|byte| format!("%{byte:02x}"))
                            .collect(),
                    ] {
                        assert!(!out.contains(&shape), "{command:?}: {shape} in {out}");
                    }
                }
            }
        }
    }
}

fn found_header(request: &Received) -> String {
    let mut headers = request.headers.iter();
    let found = headers.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

#[test]
fn no_secret_comes_out_of_a_run_that_asks_nobody() {
    let canary = &canary("secret_key");
    let unreachable = format!(
        "[profile.w.kti]\nendpoint = \"http://127.0.0.1:9/\"\naccess_key = \"a\"\nsecret_key = '{canary}'\nretries = 0\n"
    );
    for arguments in [
        &["-vv", "kti", "search", "evil.com"][..],
        &["-vv", "config", "path"],
        &["-vv", "config", "check"],
        &["-vv", "config", "unset", "kti.endpoint"],
        &["-vv", "config", "set", "kti.secret_key", canary],
        &["-vv", "config", "init", "kti", "--non-interactive"],
        &[
            "-vv",
            "kti",
            "search",
            "evil.com",
            "--proxy",
            "http://127.0.0.1:9/",
        ],
        &["-vv", "kti", "search", "evil.com", "--cacert", "gone"],
    ] {
        run_and_look(&mut ti(arguments).config(&unreachable));
    }
    for damaged in [
        format!("[profile.w.kti]\nsecret_key = \"{canary}\n"),
        format!("[profile.w.kti]\nsecret_kee = '{canary}'\n"),
        format!("[profile.w.kti]\nsecret_key = {canary}\n"),
        format!("[profile.w.kti]\nsecret_key {canary}\n"),
        format!("[profile.w.kti]\nsecret_key = '{canary}' {canary}\n"),
        format!("[profile.w.kti]\nsecret_key = ['{canary}']\n"),
        format!("[profile.w.kti]\nsecret_key = {{ literal = '{canary}' }}\n"),
        format!("[profile.w.kti]\nsecret_key = \"\\q{canary}\"\n"),
        format!("[profile.w.kti]\nsecret_key = 'a'\nsecret_key = '{canary}'\n"),
        format!("[profile.w.brcti.headers]\n\"X-Key: {canary}\" = \"\"\n"),
        format!("[profile.w.brcti]\nheaders = \"X-Key: {canary}\"\n"),
    ] {
        run_and_look(&mut ti(&["-vv", "config", "show"]).config(&damaged));
        run_and_look(&mut ti(&["-vv", "config", "check"]).config(&damaged));
    }
    for value in [canary.clone(), format!("X-Key={canary}: {canary}")] {
        run_and_look(&mut ti(&["-vv", "config", "show"]).env("TI_BRCTI_HEADERS", &value));
    }
    run_and_look(&mut ti(&["-vv", "config", "show"]).env("TI_KTI_SECRET_KEY", canary));
    run_and_look(&mut ti(&["-vv", "config", "set", "kti.secret_key"]).stdin(canary.as_str()));
    let init = &[
        "-vv",
        "config",
        "init",
        "--non-interactive",
        "--set",
        "kti.access_key=a",
    ];
    run_and_look(&mut ti(init).env("TI_KTI_SECRET_KEY", canary));
}

/// It would be sent with every request, beside what the settings say.
#[test]
fn an_address_with_a_login_in_it_is_refused() {
    let endpoint = "http://user:CaNaRy+s3cret@127.0.0.1:1/";
    for (variable, command) in [
        ("TI_KTI_ENDPOINT", &["kti", "search", "evil.com"][..]),
        ("TI_KASPERSKY_ENDPOINT", &["kaspersky", "list"]),
        ("TI_BRCTI_ENDPOINT", &["brcti", "geo"]),
        ("TI_BRCTI_ENDPOINT", &["config", "check", "brcti"]),
    ] {
        let mut run = ti(command)
            .env("TI_KTI_ACCESS_KEY", "a")
            .env("TI_KTI_SECRET_KEY", "b")
            .env("TI_KASPERSKY_TOKEN", "t")
            .env(variable, endpoint);
        let ran = run.ends(3);
        let said = ran.stderr + &ran.stdout;
        assert!(said.contains("must not hold a name"), "{said}");
        assert!(!said.contains("CaNaRy"), "{said}");
    }
}
