//! Outgoing HTTP: one request, no redirects, a bounded answer, and a clear word on whether it may have been acted on.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);
const MAX_ANSWER: usize = 64 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("the address cannot be used: {0}")]
    Address(&'static str),
    /// Nothing was sent: the same again is safe.
    #[error("no connection: {0}")]
    NotSent(String),
    /// It was sent, and no answer came: whether it was acted on is unknown.
    #[error("no answer: {0}")]
    OutcomeUnknown(String),
}

/// What the other side said.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

static TLS: LazyLock<TlsConnector> = LazyLock::new(|| {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring knows the default versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
});

/// Checks an address before it is kept: http or https, with a host, without a password in it.
pub fn check_url(text: &str) -> Result<Url, HttpError> {
    let url = Url::parse(text).map_err(|_| HttpError::Address("it is no address"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(HttpError::Address("it begins with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(HttpError::Address("passwords belong into a header"));
    }
    Ok(url)
}

/// Sends one request and reads the answer.
pub async fn send(
    method: &str,
    url: &Url,
    headers: &[(String, String)],
    body: String,
) -> Result<Answer, HttpError> {
    let not_sent = |e: &dyn std::fmt::Display| HttpError::NotSent(e.to_string());
    let host = url.host().ok_or(HttpError::Address("it has no host"))?;
    let mut request = Request::builder()
        .method(method)
        .uri(url[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
        .header(header::HOST, url[url::Position::BeforeHost..url::Position::AfterPort].to_owned())
        .header(header::USER_AGENT, concat!("dentpro/", env!("CARGO_PKG_VERSION")));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(|_| HttpError::Address("a header cannot be sent"))?;
    let tcp = timeout(CONNECT, connect(url)).await.map_err(|e| not_sent(&e))??;
    if url.scheme() == "http" {
        return exchange(tcp, request).await;
    }
    let name = match host {
        Host::Domain(name) => ServerName::try_from(name.to_owned()).map_err(|e| not_sent(&e))?,
        Host::Ipv4(address) => IpAddr::from(address).into(),
        Host::Ipv6(address) => IpAddr::from(address).into(),
    };
    let tls = timeout(CONNECT, TLS.connect(name, tcp)).await.map_err(|e| not_sent(&e))?;
    exchange(tls.map_err(|e| not_sent(&e))?, request).await
}

/// Connects to the first address of the host that answers. Addresses of the machine's own link, where clouds keep
/// their credentials, are no gateway's.
async fn connect(url: &Url) -> Result<TcpStream, HttpError> {
    let port = url.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Domain(name)) => tokio::net::lookup_host((name, port))
            .await
            .map_err(|e| HttpError::NotSent(e.to_string()))?
            .collect(),
        Some(Host::Ipv4(address)) => vec![(address, port).into()],
        Some(Host::Ipv6(address)) => vec![(address, port).into()],
        None => Vec::new(),
    };
    let mut last = HttpError::Address("it leads nowhere that may be called");
    for address in found.into_iter().filter(|a| may_call(a.ip())) {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(e) => last = HttpError::NotSent(e.to_string()),
        }
    }
    Err(last)
}

fn may_call(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            !(v4.is_link_local() || v4.is_multicast() || v4.is_broadcast() || v4.is_unspecified())
        }
        IpAddr::V6(v6) => !(v6.is_unicast_link_local() || v6.is_multicast() || v6.is_unspecified()),
    }
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Answer, HttpError>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|e| HttpError::NotSent(e.to_string()))?;
    let driver = tokio::spawn(connection);
    let answer = timeout(ANSWER, async {
        let response = sender.send_request(request).await.map_err(|e| e.to_string())?;
        let status = response.status();
        let body =
            Limited::new(response.into_body(), MAX_ANSWER).collect().await.map_err(|e| e.to_string())?;
        Ok::<_, String>(Answer { status, body: body.to_bytes() })
    })
    .await;
    driver.abort();
    match answer {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(e)) => Err(HttpError::OutcomeUnknown(e)),
        Err(elapsed) => Err(HttpError::OutcomeUnknown(elapsed.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    async fn server(answer: &'static str) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/send?to=1", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = [0; 2000];
            let n = stream.read(&mut heard).await.unwrap();
            assert!(String::from_utf8_lossy(&heard[..n]).starts_with("POST /send?to=1 HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).await.unwrap();
        });
        url
    }

    async fn call(url: &Url) -> Result<Answer, HttpError> {
        send("POST", url, &[("x-key".to_owned(), "secret".to_owned())], "hello".to_owned()).await
    }

    #[tokio::test]
    async fn an_answer_is_read_and_a_silence_is_told_from_a_dead_line() {
        let url = server("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok").await;
        let answer = call(&url).await.unwrap();
        assert_eq!((answer.status.as_u16(), answer.body.as_ref()), (202, b"ok".as_slice()));
        let url = server("").await;
        assert!(matches!(call(&url).await, Err(HttpError::OutcomeUnknown(_))));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        drop(listener);
        assert!(matches!(call(&url).await, Err(HttpError::NotSent(_))));
    }

    #[tokio::test]
    async fn the_machines_own_link_is_nobodys_gateway() {
        for text in ["http://169.254.169.254/latest", "http://[fe80::1]/", "http://0.0.0.0/"] {
            let refused = call(&check_url(text).unwrap()).await;
            assert!(matches!(refused, Err(HttpError::Address(_))), "{text}");
        }
        for text in ["ftp://a.example/", "https://user:pass@a.example/", "file:///etc/passwd", "nonsense", ""]
        {
            assert!(check_url(text).is_err(), "{text}");
        }
    }
}
