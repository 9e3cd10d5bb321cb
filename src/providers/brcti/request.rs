//! A call as a request. Pure.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::http::{Method, Request};

use super::call::Call;

/// How to ask, from the profile.
pub struct Access {
    endpoint: Url,
    /// The vendor documents no authentication; this is what stands before services of its kind.
    login: Login,
    headers: Vec<(String, SecretString)>,
}

enum Login {
    None,
    Bearer(SecretString),
    Basic(String, SecretString),
}

impl Access {
    pub fn of(settings: &Settings) -> Result<Self> {
        let endpoint = settings.endpoint()?;
        let login = match (settings.secret("token")?, settings.text("username")) {
            (Some(_), Some(_)) => {
                return Err(Error::config("token and username are both set")
                    .cause("a request can carry only one of them")
                    .hint("keep the one that your account has"));
            }
            (Some(token), None) => Login::Bearer(token),
            (None, Some(name)) => {
                Login::Basic(name.to_string(), settings.required_secret("password")?)
            }
            (None, None) => Login::None,
        };
        Ok(Access {
            endpoint,
            login,
            headers: settings.headers("headers")?,
        })
    }

    /// The address of a call: the endpoint's own path stays before it.
    pub fn url(&self, call: Call) -> Url {
        let mut url = self.endpoint.clone();
        // An endpoint is an http or https URL, which has segments.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(call.path());
        }
        url
    }

    pub fn request(&self, call: Call) -> Request {
        let mut headers = vec![("accept".into(), "application/json".to_string())];
        match &self.login {
            Login::None => {}
            Login::Bearer(token) => {
                let value = format!("Bearer {}", token.expose_secret());
                headers.push(("authorization".into(), value));
            }
            Login::Basic(name, password) => {
                let pair = BASE64_STANDARD.encode(format!("{name}:{}", password.expose_secret()));
                headers.push(("authorization".into(), format!("Basic {pair}")));
            }
        }
        let own = self.headers.iter();
        headers.extend(own.map(|(name, value)| {
            let value = value.expose_secret().to_string();
            (name.clone().into(), value)
        }));
        Request {
            method: Method::Get,
            url: self.url(call),
            headers,
            body: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(endpoint: &str, login: Login) -> Access {
        Access {
            endpoint: Url::parse(endpoint).unwrap(),
            login,
            headers: vec![("X-Team".to_string(), SecretString::from("blue"))],
        }
    }

    #[test]
    fn the_endpoint_may_have_a_path_of_its_own() {
        for (endpoint, expected) in [
            (
                "https://cti.example.org",
                "https://cti.example.org/kp/queryIOCGeoDistribution",
            ),
            (
                "https://gw.example.org/br/v1/",
                "https://gw.example.org/br/v1/kp/queryIOCGeoDistribution",
            ),
            (
                "https://gw.example.org/br",
                "https://gw.example.org/br/kp/queryIOCGeoDistribution",
            ),
        ] {
            let url = access(endpoint, Login::None).url(Call::Geo);
            assert_eq!(url.as_str(), expected);
        }
    }

    #[test]
    fn credentials_and_headers_go_along() {
        let login = Login::Basic("ann".to_string(), SecretString::from("pw"));
        let request = access("https://cti.example.org", login).request(Call::Types);
        let shown: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        assert_eq!(
            shown,
            [
                "accept: application/json",
                "authorization: Basic YW5uOnB3",
                "X-Team: blue"
            ]
        );
    }
}
