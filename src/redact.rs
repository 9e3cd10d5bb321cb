//! The secrets of a run, taken out of whatever text leaves it.

use std::sync::{Arc, PoisonError, RwLock};

use secrecy::{ExposeSecret, SecretString};

/// Every secret that was read, so that no text leaves with one in it.
#[derive(Debug, Clone, Default)]
pub struct Redactor(Arc<RwLock<Vec<SecretString>>>);

impl Redactor {
    pub fn learn(&self, secret: &SecretString) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.push(secret.clone());
    }

    /// The text with every known secret replaced, also where it was percent-encoded.
    pub fn scrub(&self, text: &str) -> String {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut text = text.to_string();
        for secret in known.iter().map(ExposeSecret::expose_secret) {
            // A secret like `1` would blot out every 1 there is, and nobody would be the wiser.
            if secret.len() < 4 {
                continue;
            }
            let encoded =
                percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC);
            for shape in [secret.to_string(), encoded.to_string()] {
                if text.contains(&shape) {
                    text = text.replace(&shape, "(redacted)");
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_secret_does_not_come_out() {
        let redactor = Redactor::default();
        redactor.learn(&SecretString::from("s/cret+1"));
        assert_eq!(
            redactor.scrub("a s/cret+1 b s%2Fcret%2B1"),
            "a (redacted) b (redacted)"
        );
        assert!(!format!("{redactor:?}").contains("cret+1"));
    }
}
