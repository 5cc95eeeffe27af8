//! Where a request comes from, through the proxies that are trusted to say so.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::state::AppState;

/// One address or a block of them (`10.0.0.0/8`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether the address lies in this block. An IPv4 address in IPv6 clothes counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let shift = |bits: u8| u32::from(bits - self.prefix);
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                (ours.to_bits() ^ theirs.to_bits()).checked_shr(shift(32)).unwrap_or(0) == 0
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                (ours.to_bits() ^ theirs.to_bits()).checked_shr(shift(128)).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no address or block of addresses, like 10.0.0.5 or 10.0.0.0/8");
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        match prefix.unwrap_or(longest) {
            prefix if prefix <= longest => Ok(Self { address, prefix }),
            _ => Err(wrong()),
        }
    }
}

/// The client's address: the connection's, or behind trusted proxies the last address in `X-Forwarded-For`
/// that none of them has. What stands further left was written by the client and may be a lie.
pub fn client_address(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.ip().to_canonical();
    let values: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    for hop in values.iter().flat_map(|value| value.split(',')).rev() {
        if !is_trusted(client) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

/// Whether a trusted proxy says that the client reached it over TLS.
pub fn came_over_tls(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> bool {
    let peer = peer.ip().to_canonical();
    let last = headers.get_all("x-forwarded-proto").iter().next_back().and_then(|value| value.to_str().ok());
    let https = last.and_then(|value| value.rsplit(',').next()).map(str::trim) == Some("https");
    https && trusted.iter().any(|network| network.contains(peer))
}

/// The client's address, as the settings allow it to be told.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        // A request that came over no connection was made in this process.
        let peer = peer.unwrap_or(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0));
        Ok(Self(client_address(peer, &parts.headers, &state.settings.trusted_proxies)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn client(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        client_address(SocketAddr::new(peer.parse().unwrap(), 4000), &headers, &trusted).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_his_address() {
        assert_eq!(client("203.0.113.9", &["10.1.1.1"], &[]), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &["10.1.1.1"], &["127.0.0.1"]), "203.0.113.9");
    }

    #[test]
    fn the_last_untrusted_hop_counts() {
        assert_eq!(client("127.0.0.1", &["203.0.113.9"], &["127.0.0.1"]), "203.0.113.9");
        assert_eq!(client("127.0.0.1", &["1.2.3.4, 203.0.113.9"], &["127.0.0.1"]), "203.0.113.9");
        assert_eq!(
            client("127.0.0.1", &["1.2.3.4", "203.0.113.9, 172.18.0.3"], &["127.0.0.1", "172.16.0.0/12"]),
            "203.0.113.9"
        );
        assert_eq!(client("127.0.0.1", &["nonsense"], &["127.0.0.1"]), "127.0.0.1");
        assert_eq!(client("::ffff:127.0.0.1", &["2001:db8::7"], &["127.0.0.1"]), "2001:db8::7");
    }

    #[test]
    fn blocks_are_read_with_care() {
        for wrong in ["", "localhost", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
        let everyone: Network = "0.0.0.0/0".parse().unwrap();
        assert!(everyone.contains("255.1.2.3".parse().unwrap()));
        assert!(!everyone.contains("::1".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn an_address_is_in_each_block_cut_from_it(bits: u32, other: u32, prefix in 0_u8..=32) {
            let address = IpAddr::V4(bits.into());
            let block: Network = format!("{address}/{prefix}").parse().unwrap();
            prop_assert!(block.contains(address));
            let same = u64::from(bits) >> (32 - prefix) == u64::from(other) >> (32 - prefix);
            prop_assert_eq!(block.contains(IpAddr::V4(other.into())), same);
        }
    }
}
