//! Where the portal can be. [`Route`] is the only way to name a place: its path, who may enter,
//! where a visitor ends up who may not. The [`Router`] below it is the thin shell over the
//! browser's History API; it knows no page and no person.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use crate::platform::follow;

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

/// The History API behind a signal: the place that was asked for last.
#[derive(Clone, Copy)]
pub struct Router {
    /// The folder the portal is in: empty at the root of its origin, else such as `/portal`.
    pub base: &'static str,
    asked: RwSignal<Route>,
}

impl Router {
    /// A router that stands at `route` and is not tied to a browser's history: for rendering.
    pub fn at(base: &'static str, route: Route) -> Self {
        Self {
            base,
            asked: RwSignal::new(route),
        }
    }

    /// Follows Back and Forward from now on.
    pub fn follow_history(self) {
        window_event_listener(ev::popstate, move |_| self.asked.set(current(self.base)));
    }

    /// The place asked for. Whether the visitor may see it is [`Route::settle`]'s business.
    pub fn asked(self) -> Route {
        follow(self.asked).get()
    }

    /// The place asked for, asked once.
    pub fn asked_now(self) -> Route {
        self.asked.get_untracked()
    }

    /// Goes to a place, as following a link does.
    pub fn push(self, route: Route) {
        if self.asked.get_untracked() != route {
            self.write(route, |history, state, href| {
                history.push_state_with_url(state, "", Some(href))
            });
        }
    }

    /// Goes to a place without a step in the history, as a redirect must: a pushed redirect
    /// traps the Back button.
    pub fn replace(self, route: Route) {
        self.write(route, |history, state, href| {
            history.replace_state_with_url(state, "", Some(href))
        });
    }

    /// Puts one more entry for the place one is at into the history, so that Back leads from what
    /// stands there now to what stood there before. `false` where the browser refuses.
    pub fn step_in(self) -> bool {
        let Ok(history) = window().history() else {
            return false;
        };
        let state = history.state().unwrap_or(JsValue::NULL);
        history.push_state(&state, "").is_ok()
    }

    /// As Back does.
    pub fn step_back(self) {
        if let Ok(history) = window().history() {
            let _ = history.back();
        }
    }

    fn write(
        self,
        route: Route,
        put: fn(&web_sys::History, &JsValue, &str) -> Result<(), JsValue>,
    ) {
        if let Ok(history) = window().history() {
            let state = history.state().unwrap_or(JsValue::NULL);
            // Browsers refuse after a hundred changes in half a minute; the portal still moves.
            let _ = put(&history, &state, &route.href(self.base));
        }
        self.asked.set(route);
    }
}

const STAFF_WAS_HERE: &str = "staff";

/// The entrance last used in this tab. It rides on the history entry, so it outlives a reload
/// without anything being stored, and it says nothing about a person.
pub fn last_entrance() -> Entrance {
    let state = window().history().and_then(|history| history.state());
    match state.ok().and_then(|state| state.as_string()).as_deref() {
        Some(STAFF_WAS_HERE) => Entrance::Staff,
        _ => Entrance::Patient,
    }
}

/// Notes on the current history entry by which entrance somebody came in.
pub fn remember_entrance(entrance: Entrance) {
    if let Ok(history) = window().history() {
        let state = match entrance {
            Entrance::Patient => JsValue::NULL,
            Entrance::Staff => JsValue::from_str(STAFF_WAS_HERE),
        };
        // Without an address the entry keeps its own.
        let _ = history.replace_state(&state, "");
    }
}

/// The folder the portal is in, as the document says where it names the program.
pub fn base() -> String {
    let program = document().query_selector("link[data-base]");
    let base = program
        .ok()
        .flatten()
        .and_then(|it| it.get_attribute("data-base"));
    base.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// The place the browser's address names.
pub fn current(base: &str) -> Route {
    let location = window().location();
    Route::parse(
        base,
        &location.pathname().unwrap_or_default(),
        &location.search().unwrap_or_default(),
    )
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
