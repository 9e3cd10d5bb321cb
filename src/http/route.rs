//! How a request leaves this machine: straight, or through a proxy.

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::config::Settings;
use crate::error::{Error, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Direct,
    /// Its URL without user and password.
    Proxy(Url),
}

/// Who says what proxy there is.
#[derive(Debug, Clone)]
pub(super) enum Proxies {
    /// Sample data stays on this machine.
    None,
    /// The setting `proxy`.
    Set(String),
    /// The variables that reqwest reads in the same way.
    OfSystem,
}

impl Proxies {
    pub fn of(settings: &Settings) -> Self {
        match settings.text("proxy") {
            _ if settings.is_demo() => Proxies::None,
            Some(proxy) => Proxies::Set(proxy.to_string()),
            None => Proxies::OfSystem,
        }
    }
}

impl Route {
    /// The way to `url`.
    pub(super) fn to(url: &Url, proxies: &Proxies) -> Result<Route> {
        let matcher = match proxies {
            Proxies::None => return Ok(Route::Direct),
            Proxies::Set(proxy) => Matcher::builder().all(proxy.as_str()).build(),
            Proxies::OfSystem => Matcher::from_system(),
        };
        // A URL that was checked is a URI too.
        let Ok(uri) = url.as_str().parse() else {
            return Ok(Route::Direct);
        };
        let Some(proxy) = matcher.intercept(&uri) else {
            return Ok(Route::Direct);
        };
        let proxy = Url::parse(&proxy.uri().to_string()).map_err(|error| {
            Error::config("the proxy is not a URL that can be used").cause(error)
        })?;
        Ok(Route::Proxy(proxy))
    }

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
