//! How a request leaves this machine: straight, or through a proxy.

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

use crate::error::{Error, Result};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Direct,
    /// Its URL without user and password.
    Proxy(Url),
}

impl Route {
    /// The way to `url`, by the setting `proxy` or by the variables that reqwest reads in the
    /// same way.
    pub(super) fn to(url: &Url, proxy: Option<&str>) -> Result<Route> {
        let matcher = match proxy {
            Some(proxy) => Matcher::builder().all(proxy).build(),
            None => Matcher::from_system(),
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
