//! Hosts and sites, by the rules that browsers have for cookies.

use std::net::IpAddr;

/// Second-level labels that countries register names below, as in `hospital.org.example`. An approximation
/// of the public suffix list, which a report can do without.
const SECOND_LEVEL: [&str; 10] = [
    "ac", "co", "com", "edu", "gov", "med", "mil", "net", "org", "sch",
];

/// The host of an origin, in lower case.
pub(crate) fn host(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    if authority.starts_with('[') {
        return authority
            .find(']')
            .and_then(|end| authority.get(..=end))
            .unwrap_or(authority);
    }
    authority.split(':').next().unwrap_or_default()
}

/// Returns `true` if a server with this host may set a cookie with this `Domain` ([RFC 6265, section
/// 5.1.3](https://www.rfc-editor.org/rfc/rfc6265#section-5.1.3)).
pub(crate) fn matches_domain(host: &str, domain: &str) -> bool {
    host == domain
        || (!is_address(host)
            && host
                .strip_suffix(domain)
                .is_some_and(|rest| rest.ends_with('.')))
}

/// Returns `true` if two origins are of the same site, so that browsers send a `SameSite=Strict` cookie
/// from one to the other.
pub(crate) fn is_same_site(one: &str, other: &str) -> bool {
    let scheme = |origin: &str| origin.starts_with("https:");
    let (host_one, host_other) = (host(one), host(other));
    scheme(one) == scheme(other)
        && (host_one == host_other
            || (!is_address(host_one)
                && !is_address(host_other)
                && registrable(host_one).is_some()
                && registrable(host_one) == registrable(host_other)))
}

/// The domain that an organization has registered.
fn registrable(host: &str) -> Option<&str> {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let top = dots.next()?;
    let second = dots.next();
    let second_label = host.get(second.map_or(0, |at| at + 1)..top)?;
    let is_country = host.len() - top == ".cc".len();
    let start = if is_country && SECOND_LEVEL.contains(&second_label) {
        dots.next().map_or(0, |at| at + 1)
    } else {
        second.map_or(0, |at| at + 1)
    };
    host.get(start..)
}

fn is_address(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{host, is_same_site, matches_domain};

    #[test]
    fn host_of_an_origin_has_neither_scheme_nor_port() {
        assert_eq!(host("https://a.example:8443"), "a.example");
        assert_eq!(host("http://[::1]:8080"), "[::1]");
        assert_eq!(host("http://localhost"), "localhost");
    }

    #[test]
    fn domain_matches_the_host_and_the_hosts_below_it() {
        assert!(matches_domain(
            "portal.hospital.example",
            "hospital.example"
        ));
        assert!(matches_domain("hospital.example", "hospital.example"));
        assert!(!matches_domain("myhospital.example", "hospital.example"));
        assert!(!matches_domain(
            "hospital.example",
            "portal.hospital.example"
        ));
        // An address has no parent.
        assert!(!matches_domain("127.0.0.1", "0.0.1"));
        assert!(matches_domain("127.0.0.1", "127.0.0.1"));
    }

    #[test]
    fn same_site_is_decided_by_scheme_and_registered_domain() {
        for (one, other, same) in [
            (
                "https://portal.hospital.example",
                "https://spice.hospital.example:8443",
                true,
            ),
            (
                "https://hospital.example",
                "https://spice.hospital.example",
                true,
            ),
            ("https://portal.example", "https://hospital.example", false),
            ("https://one.gov.sa", "https://two.gov.sa", false),
            (
                "https://portal.one.gov.sa",
                "https://spice.one.gov.sa",
                true,
            ),
            ("http://localhost:1", "http://localhost:2", true),
            ("http://localhost:1", "http://127.0.0.1:1", false),
            ("http://127.0.0.1:1", "http://10.0.0.1:1", false),
            ("https://localhost", "http://localhost", false),
        ] {
            assert_eq!(is_same_site(one, other), same, "{one} {other}");
        }
    }
}
