//! Answers in the form that `Accept` asks for; XML is the service's default.

use quick_xml::escape::escape;
use serde_json::{Value, json};

use crate::sandbox::{Received, Reply};

use super::check::Refusal;

pub fn data(answer: &Value, request: &Received) -> Reply {
    encode(200, answer, request)
}

pub fn error(refusal: &Refusal, request_id: &str, request: &Received) -> Reply {
    let body = json!({
        "Error": {
            "Code": refusal.code,
            "InnerCode": refusal.code,
            "Message": refusal.message,
        },
        "RequestId": request_id,
    });
    encode(refusal.status, &body, request)
}

fn encode(status: u16, body: &Value, request: &Received) -> Reply {
    let accept = request.header("accept").unwrap_or_default();
    if accept.contains("application/json") {
        return Reply::json(status, body.to_string());
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response>{}</response>\n",
        xml(body)
    );
    Reply::new(status, "text/xml; charset=utf-8", xml)
}

fn xml(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => escape(text.as_str()).into_owned(),
        Value::Array(items) => items
            .iter()
            .map(|item| format!("<item>{}</item>", xml(item)))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| format!("<{name}>{}</{name}>", xml(value)))
            .collect(),
        scalar => scalar.to_string(),
    }
}
