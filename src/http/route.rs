//! How a request leaves this machine: straight, or through a proxy.
//!
//! The variables are read here and not by the library, which goes straight to the service where
//! it cannot use what a variable says.

use std::ffi::OsStr;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::vec;

use hyper_util::client::proxy::matcher::Matcher;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::config::{Proxy, Settings};
use crate::error::Result;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Direct,
    /// Its URL without user and password.
    Proxy(Url),
}

/// Which proxy leads to which address.
#[derive(Debug, Clone)]
pub(super) struct Proxies {
    http: Option<Named>,
    https: Option<Named>,
    /// `NO_PROXY`, as it is.
    none_for: Arc<str>,
    /// Whether the system's own settings say, where variables are not the usual place.
    of_system: bool,
}

/// What a variable or a setting says, and its name.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    is_variable: bool,
    /// The words; `None` if they are not UTF-8.
    text: Option<SecretString>,
}

impl Proxies {
    /// By the setting `proxy`, or by the variables that curl reads. Sample data needs none.
    pub fn of(settings: &Settings) -> Self {
        let none = Proxies {
            http: None,
            https: None,
            none_for: "".into(),
            of_system: false,
        };
        if settings.is_demo {
            return none;
        }
        if let Some(proxy) = settings.proxy() {
            let named = Named {
                name: "proxy".to_string(),
                is_variable: false,
                text: Some(proxy.url().clone()),
            };
            return Proxies {
                http: Some(named.clone()),
                https: Some(named),
                ..none
            };
        }
        // Whoever asks a CGI program for something can set this one.
        let is_cgi = settings.env.get_os("REQUEST_METHOD").is_some();
        let first = |names: &[&str]| {
            let mut names = names
                .iter()
                .filter(|name| !is_cgi || **name != "HTTP_PROXY");
            names.find_map(|name| Some(Named::of(name, settings.env.get_os(name)?, settings)))
        };
        let all = first(&["ALL_PROXY", "all_proxy"]);
        let none_for = ["NO_PROXY", "no_proxy"];
        let none_for = none_for.iter().find_map(|name| settings.env.get_os(name));
        let http = first(&["HTTP_PROXY", "http_proxy"]).or_else(|| all.clone());
        let https = first(&["HTTPS_PROXY", "https_proxy"]).or(all);
        Proxies {
            of_system: cfg!(any(windows, target_os = "macos")) && http.is_none() && https.is_none(),
            http,
            https,
            none_for: none_for.unwrap_or_default().to_string_lossy().into(),
        }
    }

    /// The way to `url`.
    ///
    /// # Errors
    /// A proxy is meant that cannot be used.
    pub fn route(&self, url: &Url) -> Result<Route> {
        if self.of_system {
            return Ok(intercepted(&Matcher::from_system(), url));
        }
        Ok(match self.proxy(url)? {
            Some(proxy) => {
                let matcher = Matcher::builder().all(proxy.url().expose_secret()).build();
                intercepted(&matcher, url)
            }
            None => Route::Direct,
        })
    }

    fn named(&self, url: &Url) -> Option<&Named> {
        match url.scheme() {
            "https" => self.https.as_ref(),
            _ => self.http.as_ref(),
        }
    }

    /// The variable that names the proxy for `url`.
    pub fn variable(&self, url: &Url) -> Option<&str> {
        let named = self.named(url)?;
        named.is_variable.then_some(&*named.name)
    }

    fn proxy(&self, url: &Url) -> Result<Option<Proxy>> {
        let Some(Named { name, text, .. }) = self.named(url) else {
            return Ok(None);
        };
        // The matcher knows it for names only; curl knows it for addresses too.
        let mut none_for = self.none_for.split(',').map(str::trim);
        if none_for.any(|pattern| pattern == "*") {
            return Ok(None);
        }
        let any = Matcher::builder()
            .all("http://proxy.invalid")
            .no(&*self.none_for);
        if intercepted(&any.build(), url) == Route::Direct {
            return Ok(None);
        }
        let refused = |why| Proxy::refused(name, why);
        let text = text.as_ref().ok_or_else(|| refused("it is not UTF-8"))?;
        let proxy = Proxy::parse(text.expose_secret()).map_err(refused)?;
        let matcher = Matcher::builder().all(proxy.url().expose_secret()).build();
        match intercepted(&matcher, url) {
            Route::Direct => Err(refused("no request can be sent to it")),
            Route::Proxy(_) => Ok(Some(proxy)),
        }
    }

    /// Lets the client go the same ways.
    pub fn set(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        if self.of_system {
            return builder;
        }
        let proxies = self.clone();
        // What cannot be used was refused before the client is asked for anything.
        let proxy = reqwest::Proxy::custom(move |url| {
            let proxy = proxies.proxy(url).ok().flatten()?;
            Some(proxy.url().expose_secret().to_string())
        });
        builder.no_proxy().proxy(proxy)
    }
}

impl Named {
    fn of(name: &str, value: &OsStr, settings: &Settings) -> Self {
        let text = value.to_str();
        let proxy = text.and_then(|text| Proxy::parse(text).ok());
        for secret in proxy.iter().flat_map(Proxy::secrets) {
            settings.redactor.learn(&secret);
        }
        Named {
            name: name.to_string(),
            is_variable: true,
            text: text.map(SecretString::from),
        }
    }
}

fn intercepted(matcher: &Matcher, url: &Url) -> Route {
    // A URL that was checked is a URI too.
    let uri = url.as_str().parse().ok();
    let proxy = uri.and_then(|uri| matcher.intercept(&uri));
    let proxy = proxy.and_then(|proxy| Url::parse(&proxy.uri().to_string()).ok());
    proxy.map_or(Route::Direct, Route::Proxy)
}

impl Route {
    /// Host and port that a connection to `url` goes to first.
    pub(super) fn end<'u>(&'u self, url: &'u Url) -> (&'u str, u16) {
        let url = match self {
            Route::Direct => url,
            Route::Proxy(proxy) => proxy,
        };
        // A proxy's scheme may be one whose port only proxies know.
        let port = url.port_or_known_default().unwrap_or(1080);
        (url.host_str().unwrap_or_default(), port)
    }
}

/// The addresses of a host as a URL has it, where IPv6 stands in brackets.
pub(super) fn addresses(host: &str, port: u16) -> io::Result<vec::IntoIter<SocketAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    (bare, port).to_socket_addrs()
}

/// Whether what is sent there can be read on the way.
pub fn is_exposed(url: &Url) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !is_loopback
}

/// What to say of a login that is sent there.
pub fn exposure(url: &Url) -> String {
    let host = &url[..url::Position::AfterPort];
    format!(
        "requests to {host} go unencrypted: whoever is on the way can read and repeat them, login included"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stays_on_the_machine_needs_no_encryption() {
        for (url, exposed) in [
            ("http://127.0.0.1:8080/", false),
            ("http://127.9.9.9/", false),
            ("http://localhost/", false),
            ("http://[::1]:1/", false),
            ("https://gw.example/", false),
            ("http://gw.example/", true),
            ("http://10.0.0.1/", true),
            ("http://localhost.example/", true),
        ] {
            assert_eq!(is_exposed(&Url::parse(url).unwrap()), exposed, "{url}");
        }
    }
}
