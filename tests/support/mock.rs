//! A service that says what the test tells it to, on a loopback port.

use std::sync::{Arc, Mutex};

use ti::sandbox::{Options, Received, Reply, Server, Service};

type Answer = Box<dyn Fn(&Received) -> Reply + Send + Sync>;

/// Dropped without having been asked, it fails the test.
pub struct Mock {
    server: Server,
    received: Arc<Mutex<Vec<Received>>>,
}

struct Scripted {
    answer: Answer,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Mock {
    pub fn start(answer: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let received = Arc::default();
        let service = Scripted {
            answer: Box::new(answer),
            received: Arc::clone(&received),
        };
        let server = Server::start(Box::new(service), Options::default(), 0).unwrap();
        Mock { server, received }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::start(move |_| Reply::json(200, body.clone()))
    }

    pub fn url(&self) -> String {
        self.server.url()
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(!self.received().is_empty(), "the service was never asked");
        }
    }
}

impl Service for Scripted {
    fn answer(&self, request: &Received) -> Reply {
        self.received.lock().unwrap().push(request.clone());
        (self.answer)(request)
    }

    fn failure(&self, status: u16, _: &Received) -> Reply {
        Reply::new(status, "text/plain", "")
    }

    fn settings(&self, _: &str) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
