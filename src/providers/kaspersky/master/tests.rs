use super::*;

fn read(answer: &str) -> Result<String> {
    let master = Master {
        member: "master_ioc",
        max: 1 << 20,
    };
    master.read(
        answer.as_bytes(),
        None,
        &Redactor::default(),
        &mut |content| {
            let mut text = String::new();
            let read = content.read_to_string(&mut text);
            read.map_err(|error| unreadable(&error))?;
            Ok(text)
        },
    )
}

#[test]
fn the_content_is_found_wherever_it_stands() {
    for answer in [
        r#"{"status":"ok","status_msg":"","return_data":{"master_ioc":"a,b"}}"#,
        r#"{"return_data":{"x":[{}],"master_ioc":"a,b","count":1},"more":{"a":[1]},"status":"OK"}"#,
        r#" {"status":"ok","return_data":"{\"master_ioc\":\"a,b\"}"} "#,
        r#"{"status":"ok","return_data":"a,b","status_msg":null}"#,
        r#"{"status":"ok","return_data":{"master_ioc":"YSxi"}}"#,
    ] {
        assert_eq!(read(answer).unwrap(), "a,b", "{answer}");
    }
}

#[test]
fn what_stands_beside_the_content_may_be_nested_as_it_likes() {
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    let data = format!(r#"{{"x":{open}{close},"master_ioc":"a,b"}}"#);
    for data in [&data, &serde_json::json!(data).to_string()] {
        let answer = format!(r#"{{"x":{open}{close},"status":"ok","return_data":{data}}}"#);
        assert_eq!(read(&answer).unwrap(), "a,b");
    }
}

#[test]
fn what_is_unusable_is_said_with_the_beginning_of_the_answer() {
    for (answer, why) in [
        ("", "the body is empty"),
        ("<html>Sign in</html>", "it is an HTML page"),
        ("[]", "it is not a JSON object"),
        (
            r#"{"status":"ok","return_data":{"master_ioc":"YSxi"#,
            "bad JSON: it is cut off",
        ),
        (
            r#"{"status":"ok","return_data":{"master_ioc":"YSxi"}"#,
            "bad JSON: it is cut off",
        ),
        (
            r#"{"status":"ok","return_data":{"master_ioc":"YSxi"}}x"#,
            "it is not JSON",
        ),
        (
            r#"{"status":"ok","return_data":{"master_yara":"YSxi"}}"#,
            "it has no master_ioc",
        ),
        (
            r#"{"status":"ok","return_data":null}"#,
            "it has no master_ioc",
        ),
        (
            r#"{"status":"ok","return_data":{"master_ioc":null}}"#,
            "it has no master_ioc",
        ),
        (
            r#"{"status":"ok","return_data":{"master_ioc":"H4sIAAAA"}}"#,
            "bad gzip: it is cut off",
        ),
    ] {
        let error = read(answer).unwrap_err();
        let message = format!("the answer is unusable: {why}");
        assert_eq!(error.message, message, "{answer}");
        assert_eq!(error.kind, Kind::Service);
    }
    let error = read("<html>Sign in</html>").unwrap_err();
    assert_eq!(error.causes, ["it begins: <html>Sign in</html>"]);
}

#[test]
fn a_status_that_is_not_ok_is_an_error_wherever_it_stands() {
    for answer in [
        r#"{"status":"error","status_msg":"no licence","return_data":null}"#,
        r#"{"return_data":{"master_ioc":"a,b"},"status_msg":"no licence","status":"error"}"#,
    ] {
        let error = read(answer).unwrap_err();
        assert_eq!(
            error.causes,
            ["\"no licence\" (status \"error\")"],
            "{answer}"
        );
    }
    assert!(read(r#"{"return_data":{"master_ioc":"a,b"}}"#).is_err());
}

#[test]
fn a_long_message_is_not_held() {
    let answer = format!(
        r#"{{"status":"no","status_msg":"{}"}}"#,
        "x".repeat(1 << 20)
    );
    assert!(read(&answer).unwrap_err().causes[0].len() < 5000);
}
