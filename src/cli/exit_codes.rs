//! What the exit codes mean: for `--help` and the manual.

pub const EXIT_CODES: &[(u8, &str)] = &[
    (0, "answered, nothing found included"),
    (1, "a fault of the program or the machine"),
    (
        2,
        "usage: a bad flag, or an indicator refused before any request",
    ),
    (3, "configuration: profile, secret, certificate file"),
    (4, "credentials refused, or not entitled"),
    (5, "network, TLS, timeout"),
    (
        6,
        "the service answered something unusable, or an API error",
    ),
    (
        7,
        "quota used up, or a rate limit that is too long to wait for",
    ),
    (8, "partial: some inputs answered, some failed"),
    (9, "no such report"),
    (10, "--fail-on met"),
    (
        11,
        "--fail-unchanged, and the file is the same; --changed-since, and nothing has changed",
    ),
    (130, "interrupted"),
];

/// The end of `ti --help`.
pub fn after_help() -> String {
    let codes: String = EXIT_CODES
        .iter()
        .map(|(code, meaning)| format!("  {code:>3}  {meaning}\n"))
        .collect();
    format!(
        "Exit codes:\n{codes}\nSettings are looked for in flags, then TI_* variables, then the profile:\n  \
         ti config init makes one, ti config check finds out what is wrong"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn every_kind_of_failure_has_its_code_explained() {
        for kind in [
            Kind::Internal,
            Kind::Usage,
            Kind::Config,
            Kind::Credentials,
            Kind::Network,
            Kind::Service,
            Kind::Quota,
            Kind::Partial,
            Kind::Interrupted,
            Kind::ClosedPipe,
            Kind::NotFound,
            Kind::Threshold,
            Kind::Unchanged,
            Kind::Answered,
        ] {
            let code = kind.exit_code();
            assert!(
                EXIT_CODES.iter().any(|(known, _)| *known == code),
                "{kind:?}"
            );
        }
    }
}
