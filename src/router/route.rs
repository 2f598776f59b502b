//! The places of the portal: paths, who may see each, and where a visitor is led who may not. Pure: the
//! browser's history is in `history`.

use config::Config;

/// Which of the two sign-in pages a person comes in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance {
    /// `/`, against the patient middleware.
    Patient,
    /// `/staff`, against the staff service.
    Staff,
}

/// A place that only a signed-in person sees. The only places `?next=` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// Who the person is; for patients and staff.
    Profile,
    /// A patient's billing and shipping address.
    Addresses,
    /// What a member of staff may do.
    Roles,
}

/// Every place in the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A sign-in page, and where to go after it.
    SignIn(Entrance, Option<Inside>),
    /// A page behind sign-in.
    Inside(Inside),
    /// Any other address.
    NotFound,
}

/// Who is looking, as far as a route needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// Nobody is signed in; the entrance is the one last used in this tab.
    Guest(Entrance),
    /// Somebody came in by this entrance.
    SignedIn(Entrance),
}

/// Which sign-in pages the configuration opens. At least one is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrances {
    /// `patient.enabled`
    pub patient: bool,
    /// `staff.enabled`
    pub staff: bool,
}

impl From<&Config> for Entrances {
    fn from(config: &Config) -> Self {
        Self {
            patient: config.patient.enabled,
            staff: config.staff.enabled,
        }
    }
}

impl Entrances {
    /// The entrance asked for where it is open, else the other one.
    pub fn nearest(self, asked: Entrance) -> Entrance {
        match asked {
            Entrance::Patient if self.patient || !self.staff => Entrance::Patient,
            Entrance::Staff if !self.staff => Entrance::Patient,
            Entrance::Patient | Entrance::Staff => Entrance::Staff,
        }
    }
}

impl Inside {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Profile, Self::Addresses, Self::Roles];

    /// Its path below the portal's folder, by which `?next=` names it.
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

    /// Whether a person who came in by `entrance` has this page.
    pub const fn admits(self, entrance: Entrance) -> bool {
        match self {
            Self::Profile => true,
            Self::Addresses => matches!(entrance, Entrance::Patient),
            Self::Roles => matches!(entrance, Entrance::Staff),
        }
    }

    /// The page a person sees first.
    const fn landing(entrance: Entrance) -> Self {
        match entrance {
            Entrance::Patient => Self::Profile,
            Entrance::Staff => Self::Roles,
        }
    }
}

impl Route {
    /// Reads an address: `path` as in `location.pathname`, `query` as in `location.search`. `base` is
    /// the folder the portal is in: empty at the root of its origin, else such as `/portal`.
    /// Anything that is not exactly a place of ours is [`Route::NotFound`]; a `next` that is not
    /// exactly a page behind sign-in is dropped, so an address from elsewhere can lead nowhere.
    pub fn parse(base: &str, path: &str, query: &str) -> Self {
        let Some(path) = path.strip_prefix(base) else {
            return Self::NotFound;
        };
        match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::SignIn(Entrance::Patient, next(query)),
            "/staff" => Self::SignIn(Entrance::Staff, next(query)),
            path => Inside::parse(path).map_or(Self::NotFound, Self::Inside),
        }
    }

    /// The address of the place, from the root of the origin.
    pub fn href(self, base: &str) -> String {
        [base, self.path()].concat()
    }

    const fn path(self) -> &'static str {
        match self {
            Self::SignIn(Entrance::Patient, None) | Self::NotFound => "/",
            Self::SignIn(Entrance::Patient, Some(Inside::Profile)) => "/?next=/profile",
            Self::SignIn(Entrance::Patient, Some(Inside::Addresses)) => "/?next=/addresses",
            Self::SignIn(Entrance::Patient, Some(Inside::Roles)) => "/?next=/roles",
            Self::SignIn(Entrance::Staff, None) => "/staff",
            Self::SignIn(Entrance::Staff, Some(Inside::Profile)) => "/staff?next=/profile",
            Self::SignIn(Entrance::Staff, Some(Inside::Addresses)) => "/staff?next=/addresses",
            Self::SignIn(Entrance::Staff, Some(Inside::Roles)) => "/staff?next=/roles",
            Self::Inside(Inside::Profile) => "/profile",
            Self::Inside(Inside::Addresses) => "/addresses",
            Self::Inside(Inside::Roles) => "/roles",
        }
    }

    /// Where `visitor` really ends up who asks for this place. Settling twice changes nothing.
    ///
    /// A guest who asks for a page behind sign-in gets the sign-in page that leads there; a
    /// signed-in person who asks for a sign-in page gets the page it leads to.
    #[must_use]
    pub fn settle(self, visitor: Visitor, open: Entrances) -> Self {
        match (self, visitor) {
            (Self::NotFound, _) => Self::NotFound,
            (Self::SignIn(entrance, next), Visitor::Guest(_)) => {
                Self::SignIn(open.nearest(entrance), next)
            }
            (Self::Inside(place), Visitor::Guest(last)) => {
                let entrance = match place {
                    Inside::Roles => Entrance::Staff,
                    Inside::Profile | Inside::Addresses => last,
                };
                Self::SignIn(open.nearest(entrance), Some(place))
            }
            (Self::SignIn(_, next), Visitor::SignedIn(entrance)) => Self::Inside(
                next.filter(|place| place.admits(entrance))
                    .unwrap_or(Inside::landing(entrance)),
            ),
            (Self::Inside(place), Visitor::SignedIn(entrance)) => {
                if place.admits(entrance) {
                    self
                } else {
                    Self::Inside(Inside::landing(entrance))
                }
            }
        }
    }
}

/// The `next` of a query string, if it is exactly a page behind sign-in.
fn next(query: &str) -> Option<Inside> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("next="))?;
    match value.get(..3) {
        Some("%2F" | "%2f") => Inside::ALL
            .into_iter()
            .find(|place| place.path().get(1..) == value.get(3..)),
        _ => Inside::parse(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Entrances = Entrances {
        patient: true,
        staff: true,
    };

    fn every_route() -> Vec<Route> {
        let mut all = vec![Route::NotFound];
        for entrance in [Entrance::Patient, Entrance::Staff] {
            all.push(Route::SignIn(entrance, None));
            all.extend(Inside::ALL.map(|place| Route::SignIn(entrance, Some(place))));
        }
        all.extend(Inside::ALL.map(Route::Inside));
        all
    }

    fn read(address: &str) -> Route {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Route::parse("", path, query)
    }

    #[test]
    fn every_place_but_not_found_is_read_back_from_its_address() {
        for route in every_route() {
            if route != Route::NotFound {
                assert_eq!(read(&route.href("")), route);
            }
        }
    }

    #[test]
    fn in_a_folder_every_place_is_below_it_and_nothing_else_is_a_place() {
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
    fn a_trailing_slash_and_an_encoded_slash_are_the_same_place() {
        assert_eq!(read("/staff/"), Route::SignIn(Entrance::Staff, None));
        assert_eq!(
            read("/staff?next=%2Froles"),
            Route::SignIn(Entrance::Staff, Some(Inside::Roles))
        );
    }

    #[test]
    fn next_leads_nowhere_but_behind_sign_in() {
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
                Route::SignIn(Entrance::Patient, None),
                "{next}"
            );
        }
    }

    #[test]
    fn settling_twice_changes_nothing_and_never_shows_the_wrong_person_a_page() {
        let visitors = [Entrance::Patient, Entrance::Staff]
            .into_iter()
            .flat_map(|e| [Visitor::Guest(e), Visitor::SignedIn(e)]);
        for visitor in visitors {
            for route in every_route() {
                for open in [
                    BOTH,
                    Entrances {
                        patient: true,
                        staff: false,
                    },
                    Entrances {
                        patient: false,
                        staff: true,
                    },
                ] {
                    let settled = route.settle(visitor, open);
                    assert_eq!(settled.settle(visitor, open), settled);
                    match (settled, visitor) {
                        (Route::Inside(place), Visitor::SignedIn(e)) => assert!(place.admits(e)),
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
    fn a_guest_is_led_to_the_right_sign_in_and_on_to_the_page_asked_for() {
        let guest = Visitor::Guest(Entrance::Patient);
        let asked = Route::Inside(Inside::Addresses).settle(guest, BOTH);
        assert_eq!(
            asked,
            Route::SignIn(Entrance::Patient, Some(Inside::Addresses))
        );
        assert_eq!(
            asked.settle(Visitor::SignedIn(Entrance::Patient), BOTH),
            Route::Inside(Inside::Addresses)
        );
        assert_eq!(
            Route::Inside(Inside::Roles).settle(guest, BOTH),
            Route::SignIn(Entrance::Staff, Some(Inside::Roles))
        );
        assert_eq!(
            Route::Inside(Inside::Profile).settle(Visitor::Guest(Entrance::Staff), BOTH),
            Route::SignIn(Entrance::Staff, Some(Inside::Profile))
        );
    }

    #[test]
    fn without_a_page_asked_for_a_patient_lands_on_profile_and_staff_on_roles() {
        assert_eq!(
            Route::SignIn(Entrance::Patient, None)
                .settle(Visitor::SignedIn(Entrance::Patient), BOTH),
            Route::Inside(Inside::Profile)
        );
        assert_eq!(
            Route::SignIn(Entrance::Staff, None).settle(Visitor::SignedIn(Entrance::Staff), BOTH),
            Route::Inside(Inside::Roles)
        );
    }
}
