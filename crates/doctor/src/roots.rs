//! Certificate authorities that the doctor trusts: the system's, as in a browser, and those of a hospital.

use ureq::tls::{Certificate, PemItem, RootCerts, parse_pem};

/// The trusted authorities; the system's by default.
#[derive(Clone)]
pub struct Roots(RootCerts);

impl Default for Roots {
    fn default() -> Self {
        Self(RootCerts::PlatformVerifier)
    }
}

impl Roots {
    /// The system's authorities, and all certificates of these PEM files.
    ///
    /// # Errors
    /// A message, if a file has no certificate or is not PEM.
    pub fn with_pem<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Self, String> {
        let mut own = Vec::new();
        for (name, pem) in files {
            let before = own.len();
            for item in parse_pem(pem) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => own.push(certificate),
                    // Keys in the file are ignored.
                    Ok(_) => {}
                    Err(_) => return Err(format!("{name} is not a PEM file")),
                }
            }
            if own.len() == before {
                return Err(format!("{name} contains no PEM certificate"));
            }
        }
        if own.is_empty() {
            return Ok(Self::default());
        }
        // The platform's verifier takes no other roots, so the system's are read from its store. A
        // certificate that cannot be read is left out, as the platform does.
        let system = rustls_native_certs::load_native_certs().certs;
        own.extend(
            system
                .iter()
                .map(|certificate| Certificate::from_der(certificate).to_owned()),
        );
        Ok(Self(RootCerts::new_with_certs(&own)))
    }

    pub(crate) fn certificates(&self) -> RootCerts {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Roots;

    #[test]
    fn file_without_a_certificate_is_an_error_that_names_it() {
        for text in [
            "",
            "text",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        ] {
            let error = Roots::with_pem([("hospital.pem", text.as_bytes())]).err();
            assert_eq!(
                error.as_deref(),
                Some("hospital.pem contains no PEM certificate"),
                "{text}"
            );
        }
        let cut = "-----BEGIN CERTIFICATE-----\nAAAA\n";
        let error = Roots::with_pem([("hospital.pem", cut.as_bytes())]).err();
        assert_eq!(error.as_deref(), Some("hospital.pem is not a PEM file"));
    }
}
