//! Views that are made anew where Leptos would update them in place.

use std::{future::ready, mem};

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::{on_cleanup, window},
    reactive::{
        effect::RenderEffect,
        graph::{Observer, Source, ToAnySource},
    },
    tachys::{
        hydration::Cursor,
        reactive_graph::RenderEffectState,
        renderer::types::{Element, Node},
        ssr::StreamBuilder,
        view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
    },
};
use wasm_bindgen::{JsCast, closure::Closure};

/// A signal that outlives pages, to be read by one: it lets go of its reader when that is gone.
/// Leptos by itself would only when the signal changes next, and the language may never: of each
/// page left a part would stay in memory.
pub fn follow<S: ToAnySource>(signal: S) -> S {
    if let Some(reader) = Observer::get() {
        let signal = signal.to_any_source();
        on_cleanup(move || signal.remove_subscriber(&reader));
    }
    signal
}

/// Listens on the window, for as long as the page is there.
pub fn listen(event: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    let _ = window().add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    act.forget();
}

/// A view that is made anew where Leptos would update it in place: for what changes as a whole,
/// such as a page. The code that would compare two states of every element in it is left out.
pub struct Anew<V>(pub V);

impl<V: Render> Render for Anew<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        let mut old = mem::replace(state, self.0.build());
        old.insert_before_this(state);
        old.unmount();
    }
}

impl<V: AddAnyAttr> AddAnyAttr for Anew<V> {
    type Output<A: Attribute> = Anew<V::Output<A>>;

    fn add_any_attr<A: Attribute>(self, attr: A) -> Self::Output<A>
    where
        Self::Output<A>: RenderHtml,
    {
        Anew(self.0.add_any_attr(attr))
    }
}

impl<V: RenderHtml> RenderHtml for Anew<V> {
    type AsyncOutput = V::AsyncOutput;
    type Owned = Anew<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        self.0.resolve().await
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0.to_html_async_with_buf::<OUT_OF_ORDER>(
            buf,
            position,
            escape,
            mark_branches,
            extra_attrs,
        );
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self::Owned {
        Anew(self.0.into_owned())
    }
}

/// A view that is made in the browser only, and whose type nobody outside knows.
pub struct Sealed(Box<dyn FnOnce() -> SealedState + Send>);

impl Sealed {
    /// Seals the view that `make` makes.
    pub fn new<V: Render + 'static>(make: impl FnOnce() -> V + Send + 'static) -> Self {
        Self(Box::new(|| SealedState(Box::new(make().build()))))
    }
}

/// A [`Sealed`] view on the page.
pub struct SealedState(Box<dyn Mountable>);

impl Mountable for SealedState {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

#[cfg(feature = "ssr")]
type Serve = Box<dyn FnOnce(&mut String, &mut Position) + Send>;
type TakeOver = Box<dyn FnOnce(&Cursor, &PositionState) -> SealedState + Send>;

/// A place on the page that is taken over as it was served, and whose later contents are made in the
/// browser.
pub struct Slot {
    #[cfg(feature = "ssr")]
    serve: Serve,
    take_over: TakeOver,
    later: Box<dyn FnMut() -> Sealed + Send>,
}

impl Slot {
    /// A slot with what `served` says in it, where it was served, until a signal changes that it or
    /// `later` reads. Then, or from the start where nothing was served, with what `later` makes.
    pub fn new<V: RenderHtml + 'static>(
        served: impl FnOnce() -> V + Copy + Send + 'static,
        later: impl FnMut() -> Sealed + Send + 'static,
    ) -> Self {
        Self {
            #[cfg(feature = "ssr")]
            serve: Box::new(move |html, position| {
                served().to_html_with_buf(html, position, true, false, Vec::new());
            }),
            take_over: Box::new(move |cursor, position| {
                SealedState(Box::new(served().hydrate::<true>(cursor, position)))
            }),
            later: Box::new(later),
        }
    }
}

fn renew(before: Option<SealedState>, later: Sealed) -> SealedState {
    let mut after = (later.0)();
    if let Some(mut before) = before {
        before.insert_before_this(&mut after);
        before.unmount();
    }
    after
}

impl Render for Slot {
    type State = RenderEffectState<SealedState>;

    fn build(self) -> Self::State {
        let mut later = self.later;
        RenderEffect::new(move |before| renew(before, later())).into()
    }

    fn rebuild(self, state: &mut Self::State) {
        Anew(self).rebuild(state);
    }
}

impl AddAnyAttr for Slot {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A>
    where
        Self::Output<A>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Slot {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    fn resolve(self) -> impl Future<Output = Self::AsyncOutput> + Send {
        ready(self)
    }

    /// Only where pages are served from; a browser never writes any.
    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        #[cfg(feature = "ssr")]
        (self.serve)(html, position);
        #[cfg(not(feature = "ssr"))]
        let _ = (html, position);
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        let Self {
            take_over,
            mut later,
            ..
        } = self;
        let (cursor, position) = (cursor.clone(), position.clone());
        let mut take_over = Some(take_over);
        RenderEffect::new(move |before| match take_over.take() {
            Some(take_over) => take_over(&cursor, &position),
            None => renew(before, later()),
        })
        .into()
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
