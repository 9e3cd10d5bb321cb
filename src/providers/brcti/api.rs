//! The service as it is asked: six calls, and what stands before them.

use serde_json::value::RawValue;
use url::Url;

use crate::config::Settings;
use crate::console::Reporter;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::http::{Client, Credentials, Limits, Method, Request, Response, beneath};
use crate::output::Output;
use crate::provider::LoggedIn;
use crate::redact::Redactor;
use crate::system::Clock;

use super::answer;
use super::call::Call;

/// A series of a million points is some 80 MB.
const MAX_BODY: usize = 512 << 20;

/// The service, ready to be asked.
pub struct Api<'a> {
    client: Client<'a>,
    endpoint: Url,
    credentials: Credentials,
    redactor: Redactor,
}

impl<'a> Api<'a> {
    pub fn new(settings: &Settings, clock: Clock, notes: &'a dyn Reporter) -> Result<Self> {
        let endpoint = settings.endpoint()?;
        let credentials = credentials(settings)?;
        let limits = Limits {
            max_body: MAX_BODY,
            is_passing: answer::is_passing,
        };
        Ok(Api {
            client: Client::new(settings, limits, clock, notes)?,
            endpoint,
            credentials,
            redactor: settings.redactor.clone(),
        })
    }

    pub fn url(&self, call: Call) -> Url {
        beneath(&self.endpoint, call.path())
    }

    /// What the service sends, handed to `out` for `--raw`.
    pub fn ask(&self, call: Call, out: &mut Output) -> Result<Response> {
        let response = self.send(call)?;
        out.raw(&response.body)?;
        Ok(response)
    }

    pub fn send(&self, call: Call) -> Result<Response> {
        let response = self.client.send(&|_| {
            let url = self.url(call);
            Ok(Request::json(Method::Get, url, &self.credentials))
        });
        response.map_err(|error| explained(error, call))
    }

    /// Hands the result in an answer to `read`, `None` for `null`; what `read` refuses is unusable,
    /// and it says why.
    pub fn understand<T>(
        &self,
        response: &Response,
        call: Call,
        read: impl FnOnce(Option<&RawValue>) -> Result<T, String>,
    ) -> Result<T> {
        answer::understand(response, call, &self.redactor, read)
    }
}

/// The smallest of the six answers, and not one that could be taken for another: to see whether
/// the service lets us in.
pub fn login(settings: &Settings, cx: &Context) -> Result<LoggedIn> {
    let api = Api::new(settings, cx.clock, cx.notes)?;
    api.understand(&api.send(Call::Types)?, Call::Types, |_| Ok(()))?;
    Ok(LoggedIn {
        said: "the distribution of indicator types came".to_string(),
        quota: None,
        spent: None,
    })
}

/// The server cuts its list to ten entries, and hangs up where it has fewer.
fn explained(error: Error, call: Call) -> Error {
    // In the words of `http`; any other failure has another cause.
    let hung_up = error
        .message
        .ends_with("closed the connection without an answer");
    match hung_up && call == Call::AttackIocs {
        true => error.hint(
            "a br-cti server that has fewer than ten of these entries hangs up instead of answering: ti brcti attacks shows whether there are records",
        ),
        false => error,
    }
}

/// What stands before services of its kind: the vendor documents no authentication.
fn credentials(settings: &Settings) -> Result<Credentials> {
    let token = Credentials::bearer(settings, "token")?;
    let credentials = match (token, settings.text("username")) {
        (Some(_), Some(_)) => {
            return Err(Error::config("token and username are both set")
                .cause("a request can carry only one of them")
                .hint("keep the one that your account has"));
        }
        (Some(token), None) => token,
        (None, Some(_)) => Credentials::basic(settings, "username", "password")?,
        (None, None) => Credentials::none(),
    };
    credentials.with_headers(settings, "headers")
}
