//! The routes of the portal: paths, who may see each, and where a visitor is led who may not. Pure; the
//! browser's history is in `history`.

use config::Config;

/// The people whom a sign-in page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Patients: `/`, against the patient middleware.
    Patient,
    /// Staff: `/staff`, against the staff service.
    Staff,
}

impl Audience {
    /// File name of its web app manifest in a language.
    pub fn manifest_name(self, language: &str) -> String {
        let stem = match self {
            Self::Patient => "patient.",
            Self::Staff => "staff.",
        };
        [stem, language, ".webmanifest"].concat()
    }
}

/// A route that only a signed-in person may see, and the only kind that `?next=` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectedRoute {
    /// Profile of a patient or a member of staff.
    Profile,
    /// A patient's billing and shipping address.
    Addresses,
    /// Roles and workplace of a member of staff.
    Roles,
}

/// A route of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Sign-in page of an audience, and the route after it.
    SignIn(Audience, Option<ProtectedRoute>),
    /// Page behind sign-in.
    Protected(ProtectedRoute),
    /// Any other address.
    NotFound,
}

/// The visitor, as far as routing depends on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// Signed out; with the audience that signed in last in this tab.
    Guest(Audience),
    /// Signed in.
    SignedIn(Audience),
}

/// Audiences that the configuration enables: at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audiences {
    /// `patient.enabled`
    pub patient: bool,
    /// `staff.enabled`
    pub staff: bool,
}

impl From<&Config> for Audiences {
    fn from(config: &Config) -> Self {
        Self {
            patient: config.patient.enabled,
            staff: config.staff.enabled,
        }
    }
}

impl Audiences {
    /// The audience itself where it is enabled, else the other one.
    pub fn nearest(self, requested: Audience) -> Audience {
        match requested {
            Audience::Patient if self.patient || !self.staff => Audience::Patient,
            Audience::Staff if !self.staff => Audience::Patient,
            Audience::Patient | Audience::Staff => Audience::Staff,
        }
    }
}

impl ProtectedRoute {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Profile, Self::Addresses, Self::Roles];

    /// Path below the portal's folder, by which `?next=` names it.
    const fn path(self) -> &'static str {
        match self {
            Self::Profile => "/profile",
            Self::Addresses => "/addresses",
            Self::Roles => "/roles",
        }
    }

    fn parse(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.path() == path)
    }

    /// True if people of this audience have the page.
    pub const fn admits(self, audience: Audience) -> bool {
        match self {
            Self::Profile => true,
            Self::Addresses => matches!(audience, Audience::Patient),
            Self::Roles => matches!(audience, Audience::Staff),
        }
    }

    /// The page after sign-in.
    const fn landing(audience: Audience) -> Self {
        match audience {
            Audience::Patient => Self::Profile,
            Audience::Staff => Self::Roles,
        }
    }
}

impl Route {
    /// Parses an address: `path` as in `location.pathname`, `query` as in `location.search`. `base` is the
    /// folder of the portal: empty at the root of the origin, else such as `/portal`.
    ///
    /// Any other path is [`Route::NotFound`]. A `next` that is not exactly a protected route is dropped, so
    /// that a link from elsewhere cannot redirect out of the portal.
    pub fn parse(base: &str, path: &str, query: &str) -> Self {
        let Some(path) = path.strip_prefix(base) else {
            return Self::NotFound;
        };
        match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::SignIn(Audience::Patient, next(query)),
            "/staff" => Self::SignIn(Audience::Staff, next(query)),
            path => ProtectedRoute::parse(path).map_or(Self::NotFound, Self::Protected),
        }
    }

    /// The path, from the root of the origin.
    pub fn href(self, base: &str) -> String {
        [base, self.path()].concat()
    }

    const fn path(self) -> &'static str {
        match self {
            Self::SignIn(Audience::Patient, None) | Self::NotFound => "/",
            Self::SignIn(Audience::Patient, Some(ProtectedRoute::Profile)) => "/?next=/profile",
            Self::SignIn(Audience::Patient, Some(ProtectedRoute::Addresses)) => "/?next=/addresses",
            Self::SignIn(Audience::Patient, Some(ProtectedRoute::Roles)) => "/?next=/roles",
            Self::SignIn(Audience::Staff, None) => "/staff",
            Self::SignIn(Audience::Staff, Some(ProtectedRoute::Profile)) => "/staff?next=/profile",
            Self::SignIn(Audience::Staff, Some(ProtectedRoute::Addresses)) => {
                "/staff?next=/addresses"
            }
            Self::SignIn(Audience::Staff, Some(ProtectedRoute::Roles)) => "/staff?next=/roles",
            Self::Protected(ProtectedRoute::Profile) => "/profile",
            Self::Protected(ProtectedRoute::Addresses) => "/addresses",
            Self::Protected(ProtectedRoute::Roles) => "/roles",
        }
    }

    /// The audience of the page that a server sends for this route: it cannot know who signed in last.
    pub fn audience(self, open: Audiences) -> Audience {
        open.nearest(match self {
            Self::SignIn(audience, _) => audience,
            Self::Protected(ProtectedRoute::Roles) => Audience::Staff,
            Self::Protected(_) | Self::NotFound => Audience::Patient,
        })
    }

    /// The route that a visitor is led to who asks for this one. Idempotent.
    ///
    /// For a page behind sign-in a guest gets the sign-in page that leads there; for a sign-in page a
    /// signed-in person gets the page it leads to.
    #[must_use]
    pub fn resolve(self, visitor: Visitor, open: Audiences) -> Self {
        match (self, visitor) {
            (Self::NotFound, _) => Self::NotFound,
            (Self::SignIn(audience, next), Visitor::Guest(_)) => {
                Self::SignIn(open.nearest(audience), next)
            }
            (Self::Protected(place), Visitor::Guest(last)) => {
                let audience = match place {
                    ProtectedRoute::Roles => Audience::Staff,
                    ProtectedRoute::Profile | ProtectedRoute::Addresses => last,
                };
                Self::SignIn(open.nearest(audience), Some(place))
            }
            (Self::SignIn(_, next), Visitor::SignedIn(audience)) => Self::Protected(
                next.filter(|place| place.admits(audience))
                    .unwrap_or(ProtectedRoute::landing(audience)),
            ),
            (Self::Protected(place), Visitor::SignedIn(audience)) => {
                if place.admits(audience) {
                    self
                } else {
                    Self::Protected(ProtectedRoute::landing(audience))
                }
            }
        }
    }
}

/// The `next` of a query string, if it is exactly a protected route.
fn next(query: &str) -> Option<ProtectedRoute> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("next="))?;
    match value.get(..3) {
        Some("%2F" | "%2f") => ProtectedRoute::ALL
            .into_iter()
            .find(|place| place.path().get(1..) == value.get(3..)),
        _ => ProtectedRoute::parse(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Audiences = Audiences {
        patient: true,
        staff: true,
    };

    fn every_route() -> Vec<Route> {
        let mut all = vec![Route::NotFound];
        for audience in [Audience::Patient, Audience::Staff] {
            all.push(Route::SignIn(audience, None));
            all.extend(ProtectedRoute::ALL.map(|place| Route::SignIn(audience, Some(place))));
        }
        all.extend(ProtectedRoute::ALL.map(Route::Protected));
        all
    }

    fn read(address: &str) -> Route {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Route::parse("", path, query)
    }

    #[test]
    fn every_route_but_not_found_parses_from_its_own_path() {
        for route in every_route() {
            if route != Route::NotFound {
                assert_eq!(read(&route.href("")), route);
            }
        }
    }

    #[test]
    fn with_a_base_folder_every_route_is_below_it_and_other_paths_are_not_found() {
        for route in every_route() {
            if route != Route::NotFound {
                let address = route.href("/portal");
                let (path, query) = address.split_once('?').unwrap_or((&address, ""));
                assert_eq!(Route::parse("/portal", path, query), route);
            }
        }
        assert_eq!(Route::parse("/portal", "/staff", ""), Route::NotFound);
        assert_eq!(Route::parse("/portal", "/portals", ""), Route::NotFound);
    }

    #[test]
    fn trailing_and_encoded_slashes_parse_to_the_same_route() {
        assert_eq!(read("/staff/"), Route::SignIn(Audience::Staff, None));
        assert_eq!(
            read("/staff?next=%2Froles"),
            Route::SignIn(Audience::Staff, Some(ProtectedRoute::Roles))
        );
    }

    #[test]
    fn next_that_is_no_protected_route_is_dropped() {
        for next in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/staff",
            "/",
            "profile",
            "/profile/..",
            "/profile%00",
            "%2F%2Fevil.example",
            "javascript:alert(1)",
            "/PROFILE",
            "",
            "%2",
            "%2F",
            "é",
        ] {
            assert_eq!(
                Route::parse("", "/", &format!("?next={next}")),
                Route::SignIn(Audience::Patient, None),
                "{next}"
            );
        }
    }

    #[test]
    fn audience_of_a_route_is_that_of_its_prerendered_page() {
        let staff_only = Audiences {
            patient: false,
            staff: true,
        };
        let patient_only = Audiences {
            patient: true,
            staff: false,
        };
        for (address, audience) in [
            ("/", Audience::Patient),
            ("/profile", Audience::Patient),
            ("/nowhere", Audience::Patient),
            ("/staff?next=/profile", Audience::Staff),
            ("/roles", Audience::Staff),
        ] {
            assert_eq!(read(address).audience(BOTH), audience, "{address}");
            assert_eq!(read(address).audience(staff_only), Audience::Staff);
            assert_eq!(read(address).audience(patient_only), Audience::Patient);
        }
    }

    #[test]
    fn web_app_manifest_is_of_an_audience_and_a_language() {
        assert_eq!(
            Audience::Patient.manifest_name("ar"),
            "patient.ar.webmanifest"
        );
        assert_eq!(Audience::Staff.manifest_name("en"), "staff.en.webmanifest");
    }

    #[test]
    fn page_of_the_other_audience_leads_to_the_page_after_sign_in() {
        let settled =
            |place, audience| Route::Protected(place).resolve(Visitor::SignedIn(audience), BOTH);
        assert_eq!(
            settled(ProtectedRoute::Roles, Audience::Patient),
            Route::Protected(ProtectedRoute::Profile)
        );
        assert_eq!(
            settled(ProtectedRoute::Addresses, Audience::Staff),
            Route::Protected(ProtectedRoute::Roles)
        );
    }

    #[test]
    fn resolve_is_idempotent_and_admits_the_right_audience_only() {
        let visitors = [Audience::Patient, Audience::Staff]
            .into_iter()
            .flat_map(|e| [Visitor::Guest(e), Visitor::SignedIn(e)]);
        for visitor in visitors {
            for route in every_route() {
                for open in [
                    BOTH,
                    Audiences {
                        patient: true,
                        staff: false,
                    },
                    Audiences {
                        patient: false,
                        staff: true,
                    },
                ] {
                    let settled = route.resolve(visitor, open);
                    assert_eq!(settled.resolve(visitor, open), settled);
                    match (settled, visitor) {
                        (Route::Protected(place), Visitor::SignedIn(e)) => assert!(place.admits(e)),
                        (Route::SignIn(e, _), Visitor::Guest(_)) => {
                            assert_eq!(open.nearest(e), e);
                        }
                        (Route::NotFound, _) => assert_eq!(route, Route::NotFound),
                        wrong => panic!("{wrong:?}"),
                    }
                }
            }
        }
    }

    #[test]
    fn guest_at_a_protected_route_resolves_to_the_sign_in_page_that_leads_there() {
        let guest = Visitor::Guest(Audience::Patient);
        let requested = Route::Protected(ProtectedRoute::Addresses).resolve(guest, BOTH);
        assert_eq!(
            requested,
            Route::SignIn(Audience::Patient, Some(ProtectedRoute::Addresses))
        );
        assert_eq!(
            requested.resolve(Visitor::SignedIn(Audience::Patient), BOTH),
            Route::Protected(ProtectedRoute::Addresses)
        );
        assert_eq!(
            Route::Protected(ProtectedRoute::Roles).resolve(guest, BOTH),
            Route::SignIn(Audience::Staff, Some(ProtectedRoute::Roles))
        );
        assert_eq!(
            Route::Protected(ProtectedRoute::Profile)
                .resolve(Visitor::Guest(Audience::Staff), BOTH),
            Route::SignIn(Audience::Staff, Some(ProtectedRoute::Profile))
        );
    }

    #[test]
    fn sign_in_without_next_leads_patients_to_profile_and_staff_to_roles() {
        assert_eq!(
            Route::SignIn(Audience::Patient, None)
                .resolve(Visitor::SignedIn(Audience::Patient), BOTH),
            Route::Protected(ProtectedRoute::Profile)
        );
        assert_eq!(
            Route::SignIn(Audience::Staff, None).resolve(Visitor::SignedIn(Audience::Staff), BOTH),
            Route::Protected(ProtectedRoute::Roles)
        );
    }
}
