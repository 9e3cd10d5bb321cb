//! The vendor's error table (公共错误): what each code means, in English and Chinese.

use crate::document::Phrase;
use crate::error::Kind;

/// One row: the code, how its message begins (as far as it is fixed), and the meaning.
struct Known {
    code: &'static str,
    begins: &'static str,
    means: Phrase,
}

const fn row(
    code: &'static str,
    begins: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Known {
    Known {
        code,
        begins,
        means: Phrase::new(en, zh),
    }
}

const TABLE: &[Known] = &[
    row(
        "MissingAuthenticationToken",
        "Request is missing 'Host'",
        "the request has no Host header",
        "请求header中缺少Host",
    ),
    row(
        "MissingAuthenticationToken",
        "Request is missing Auth",
        "the request has no authentication token",
        "请求header中缺少认证token",
    ),
    row(
        "MissingAuthenticationToken",
        "",
        "a header is missing from the request",
        "请求header中缺少必要的字段",
    ),
    row(
        "SignatureDoesNotMatch",
        "Host' must",
        "Host must be among the signed headers",
        "请求的SignedHeader中必须包含Host",
    ),
    row(
        "SignatureDoesNotMatch",
        "Credential should be scoped with a valid term",
        "the credential's scope must end in aws4_request",
        "请求Authorization header中的“Credential”末尾必须是“aws4_request”",
    ),
    row(
        "SignatureDoesNotMatch",
        "Credential should be scoped to a valid region",
        "the region in the credential's scope is not valid",
        "请求Authorization header中的“Credential”中的Region信息无效",
    ),
    row(
        "SignatureDoesNotMatch",
        "Credential should be scoped to correct service",
        "the service in the credential's scope is not valid",
        "请求Authorization header中的“Credential”中的Service信息无效",
    ),
    row(
        "SignatureDoesNotMatch",
        "Signature expired",
        "the signature has expired",
        "签名已过期",
    ),
    row(
        "SignatureDoesNotMatch",
        "Date in Credential",
        "the date in the credential's scope is not that of the request",
        "请求Authorization header中的“Credential”中的Date应该是ISO8601基本格式，形如“YYYYMMDD”",
    ),
    row(
        "SignatureDoesNotMatch",
        "",
        "the signature is not the one that the service calculates",
        "请求中提供的签名与实际计算结果不匹配",
    ),
    row(
        "InvalidClientTokenId",
        "",
        "the access key is not valid",
        "请求中提供的AccessKeyId无效",
    ),
    row(
        "AccessDenied",
        "",
        "the user is not entitled to this operation",
        "用户无权限操作该资源",
    ),
    row(
        "PermissionDenied",
        "",
        "the user is not entitled to this operation",
        "权限不足",
    ),
    row(
        "IncompleteSignature",
        "Date must be",
        "the date must be in ISO 8601 basic format",
        "Date必须符合ISO_8601基本格式",
    ),
    row(
        "IncompleteSignature",
        "KSC query-string",
        "signing parameters are missing from the query",
        "查询条件中缺少签署信息",
    ),
    row(
        "IncompleteSignature",
        "Unsupported ksc",
        "only AWS4-HMAC-SHA256 is supported",
        "只支持如下签名算法: AWS4-HMAC-SHA256",
    ),
    row(
        "IncompleteSignature",
        "Authorization header requires 'Credential'",
        "the Authorization header has no Credential",
        "请求Authorization header中需要包含 \"Credential\" 参数",
    ),
    row(
        "IncompleteSignature",
        "Credential must have",
        "the Credential must have five parts",
        "请求Authorization header中 \"Credential\" 至少包含5项以斜杠分隔的元素",
    ),
    row(
        "IncompleteSignature",
        "Authorization header requires existence",
        "the request has neither X-Amz-Date nor Date",
        "请求中缺少 \"X-Amz-Date\" 或者 \"Date\" header 信息",
    ),
    row(
        "IncompleteSignature",
        "Authorization header requires 'Signature'",
        "the Authorization header has no Signature",
        "请求Authorization header中缺少 \"Signature\" 信息",
    ),
    row(
        "IncompleteSignature",
        "Authorization header requires 'SignedHeaders'",
        "the Authorization header has no SignedHeaders",
        "请求Authorization header中缺少 \"SignedHeaders\" 信息",
    ),
    row(
        "IncompleteSignature",
        "",
        "the Authorization header is malformed",
        "请求Authorization header的格式错误",
    ),
    row(
        "ServiceUnavailable",
        "Auth Service",
        "the service that checks signatures is unavailable",
        "验签或授权服务暂不可用",
    ),
    row(
        "ServiceUnavailable",
        "Request was rejected",
        "the call refers to an internal service that does not exist",
        "请求被拒绝, 因其引用的InnerAPI无内部服务",
    ),
    row(
        "ServiceUnavailable",
        "OpenAPI",
        "the API or the service behind it is unavailable",
        "openAPI或服务暂不可用",
    ),
    row(
        "ServiceUnavailable",
        "",
        "the service is unavailable",
        "服务暂不可用",
    ),
    row(
        "DryRunOperation",
        "",
        "it would have succeeded, but DryRun was set",
        "请求本可成功, 但由于设置DryRun标记未成功",
    ),
    row(
        "NoSuchEntity",
        "",
        "the call refers to an internal API that does not exist",
        "请求被拒绝, 因其引用的InnerAPI不存在",
    ),
    row(
        "LimitExceeded",
        "",
        "requests come faster than the service allows",
        "请求被拒绝, 因该openAPI接口访问速度已达到流控上限",
    ),
    row(
        "InvalidParameterValue",
        "",
        "a parameter is invalid or out of range",
        "输入参数的值无效、不合法或者超出范围",
    ),
    row(
        "InvalidMethod",
        "",
        "the HTTP method is not valid for this service",
        "Method对当前web服务无效",
    ),
    row(
        "MissingParameter",
        "",
        "a parameter is missing",
        "输入参数的值不能为空",
    ),
    row(
        "InvalidQueryParameter",
        "",
        "a query parameter is malformed",
        "查询参数格式不对、不存在或者不符合金山云标准",
    ),
    row(
        "ServiceTimeout",
        "",
        "the service behind the API timed out",
        "内部服务由于超时暂不可用",
    ),
];

/// What a code means, given the message that came with it.
pub fn meaning(code: &str, message: &str) -> Option<Phrase> {
    let mut rows = TABLE.iter().filter(|known| known.code == code);
    rows.find(|known| message.trim_start_matches('\'').starts_with(known.begins))
        .map(|known| known.means)
}

/// Which exit code an error of the service leads to.
pub fn kind(code: Option<&str>, status: u16) -> Kind {
    match (code, status) {
        (Some("LimitExceeded"), _) | (_, 429) => Kind::Quota,
        (
            Some(
                "MissingAuthenticationToken"
                | "SignatureDoesNotMatch"
                | "InvalidClientTokenId"
                | "AccessDenied"
                | "PermissionDenied"
                | "IncompleteSignature",
            ),
            _,
        ) => Kind::Credentials,
        (None, 401 | 403) => Kind::Credentials,
        _ => Kind::Service,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_code_and_message() {
        let en = |code, message| meaning(code, message).map(|phrase| phrase.en);
        assert_eq!(
            en(
                "SignatureDoesNotMatch",
                "Signature expired:20210812T024736Z"
            ),
            Some("the signature has expired")
        );
        assert_eq!(
            en(
                "SignatureDoesNotMatch",
                "'Host' must be a 'SignedHeader' in the Authorization."
            ),
            Some("Host must be among the signed headers")
        );
        assert_eq!(
            en("SignatureDoesNotMatch", "anything"),
            Some("the signature is not the one that the service calculates")
        );
        assert_eq!(en("Unheard", "of"), None);
        assert_eq!(
            meaning("LimitExceeded", "x").unwrap().zh,
            "请求被拒绝, 因该openAPI接口访问速度已达到流控上限"
        );
    }

    #[test]
    fn codes_lead_to_exit_codes() {
        assert_eq!(kind(Some("SignatureDoesNotMatch"), 403), Kind::Credentials);
        assert_eq!(kind(Some("LimitExceeded"), 409), Kind::Quota);
        assert_eq!(kind(Some("InvalidParameterValue"), 400), Kind::Service);
        assert_eq!(kind(None, 403), Kind::Credentials);
        assert_eq!(kind(None, 500), Kind::Service);
    }
}
