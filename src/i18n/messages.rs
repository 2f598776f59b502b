//! The type of the tables of messages. Its field names are the keys; the texts are in `en.rs` and `ar.rs`.

use contract::staff::KnownRole;

/// Key of a text: picks it from the table of a language.
pub type MessageKey = fn(&'static Messages) -> &'static str;

macro_rules! messages {
    ($($(#[$about:meta])* $name:ident: $kind:ty,)*) => {
        /// Texts of the portal in one language.
        #[allow(missing_docs, reason = "a field is named after the sentence it holds")]
        pub struct Messages { $($(#[$about])* pub $name: $kind,)* }

        #[cfg(all(test, not(target_family = "wasm")))]
        impl Messages {
            /// Names of the fields.
            pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// The same table with every text marked.
            pub(super) fn marked(&self) -> Self {
                use super::pseudo::mark::Mark;
                Self { $($name: self.$name.marked(),)* }
            }

            /// Every text of the table, with its key.
            pub(super) fn named_texts(&self) -> Vec<(&'static str, String)> {
                use super::pseudo::mark::Mark;
                let mut all = Vec::new();
                $(all.extend(self.$name.texts().into_iter().map(|text| (stringify!($name), text)));)*
                all
            }
        }
    };
}

impl Messages {
    /// True for the texts in Arabic.
    pub fn is_arabic(&self) -> bool {
        self.code == "ar"
    }
}

messages! {
    /// BCP 47 primary subtag, for `<html lang>`.
    code: &'static str,
    /// `ltr` or `rtl`, for `<html dir>`.
    dir: &'static str,
    /// Locale for `Intl`, with region.
    locale: &'static str,
    /// Zero in the digits of the page's own numbers; the other nine follow it. Given texts, such as a phone
    /// number, keep their digits.
    zero: char,
    /// Name of the language in the language itself, on the language button.
    own_name: &'static str,

    // Layout
    skip_to_content: &'static str,
    theme_dark: &'static str,
    theme_light: &'static str,
    help_call: &'static str,
    foot_links: &'static str,
    title_error: &'static str,
    offline_notice: &'static str,
    online_again: &'static str,

    // Both sign-in pages
    error_summary_title: &'static str,
    error_prefix: &'static str,
    reference: &'static str,
    copy_reference: &'static str,
    sign_in: &'static str,
    signing_in: &'static str,
    try_again_in: &'static str,
    /// Units after a countdown such as `9:59` or `2:00:00`.
    countdown_units: [&'static str; 2],

    // Patient sign-in
    patient_sign_in: &'static str,
    patient_intro: &'static str,
    mobile_number: &'static str,
    mobile_number_hint: &'static str,
    sign_in_with: &'static str,
    national_id: &'static str,
    patient_id: &'static str,
    national_id_number: &'static str,
    national_id_hint: &'static str,
    patient_id_number: &'static str,
    patient_id_hint: &'static str,
    to_staff: &'static str,
    switch_to_national_id: &'static str,
    sign_in_help: &'static str,
    // Each a line that is shown in bold, and a sentence.
    help_patient_id: &'static str,
    help_no_id: &'static str,
    help_number: &'static str,
    help_child: &'static str,
    other_ways: &'static str,

    // Staff sign-in
    forgot_password: &'static str,
    staff_sign_in: &'static str,
    staff_intro: &'static str,
    username: &'static str,
    password: &'static str,
    show_password: &'static str,
    hide_password: &'static str,
    password_shown: &'static str,
    password_hidden: &'static str,
    caps_lock: &'static str,
    arabic_password: &'static str,
    staff_client: &'static str,
    to_patient: &'static str,

    // Connection errors
    offline: &'static str,
    unreachable: &'static str,

    // Validation errors and warnings, and the time until another attempt
    phone_empty: &'static str,
    phone_characters: &'static str,
    phone_country: &'static str,
    phone_short: &'static str,
    phone_long: &'static str,
    phone_not_saudi: &'static str,
    phone_is_national_id: &'static str,
    national_id_empty: &'static str,
    national_id_characters: &'static str,
    national_id_short: &'static str,
    national_id_long: &'static str,
    national_id_not_ten: &'static str,
    national_id_first_digit: &'static str,
    national_id_check_digit: &'static str,
    national_id_is_phone: &'static str,
    patient_id_empty: &'static str,
    patient_id_characters: &'static str,
    patient_id_long: &'static str,
    patient_id_is_national_id: &'static str,
    read_as: &'static str,
    username_empty: &'static str,
    password_empty: &'static str,
    try_again_after: fn(u32) -> String,
    try_again_now: &'static str,

    // Not found; config error page
    page_not_found: &'static str,
    page_not_found_body: &'static str,
    back_to_start: &'static str,
    config_error: &'static str,
    config_error_body: &'static str,
    config_not_json: &'static str,
    config_mistakes: &'static str,
    config_unreachable: &'static str,

    // Navigation
    menu: &'static str,
    profile: &'static str,
    addresses: &'static str,
    roles: &'static str,
    sign_out: &'static str,

    // Service errors
    not_found: &'static str,
    wrong_credentials: &'static str,
    account_locked: &'static str,
    account_locked_minutes: fn(u32) -> String,
    no_permission: &'static str,
    no_permission_other_entrance: &'static str,
    blank_credentials: &'static str,
    not_a_sign_in: &'static str,
    timed_out: &'static str,
    service_down: &'static str,
    bad_answer: &'static str,
    other_patient: &'static str,
    too_many_tries: &'static str,
    too_many_tries_minutes: fn(u32) -> String,
    service_down_minutes: fn(u32) -> String,
    redirected: &'static str,
    reload: &'static str,
    not_set_up: &'static str,
    session_not_kept: &'static str,
    session_over: &'static str,
    not_allowed: &'static str,
    // One-time code
    enter_code: &'static str,
    /// With the last two digits of the phone.
    code_intro: fn(&str) -> String,
    code_idle: &'static str,
    form_emptied: &'static str,
    code_page_lost: &'static str,
    one_time_code: &'static str,
    code_hint: &'static str,
    code_empty: &'static str,
    code_characters: &'static str,
    code_length: &'static str,
    code_wrong: &'static str,
    code_over: &'static str,
    code_none_left: &'static str,
    code_sent_again: &'static str,
    send_code_again: &'static str,
    sending_code: &'static str,
    code_again_in: &'static str,
    code_again_after: fn(u32) -> String,
    code_again_now: &'static str,
    code_back: &'static str,

    // Time-outs and sign-out in another tab
    still_there: &'static str,
    time_ends: &'static str,
    signing_out_in: &'static str,
    signing_out_after: fn(u32) -> String,
    stay: &'static str,
    sign_out_now: &'static str,
    signed_out: &'static str,
    ended_idle: &'static str,
    ended_absolute: &'static str,
    ended_by_other_person: &'static str,
    ended_elsewhere: &'static str,

    // Where a person goes on to
    continue_to: &'static str,
    terms_to_accept: &'static str,
    onward_in: &'static str,
    onward_after: fn(u32) -> String,
    onward_stopped: &'static str,
    stay_here: &'static str,

    // Record pages
    about_you: &'static str,
    contact: &'static str,
    name: &'static str,
    name_other_script: &'static str,
    first_name: &'static str,
    middle_name: &'static str,
    last_name: &'static str,
    patient_number: &'static str,
    /// Verb before a label: "Show National ID".
    show: &'static str,
    hide: &'static str,
    /// In place of a masked value for screen readers, with the characters that are shown of it, if any.
    masked: fn(&str) -> String,
    copy: &'static str,
    copied: &'static str,
    copy_refused: &'static str,
    print: &'static str,
    support: &'static str,
    download: &'static str,
    download_hint: &'static str,
    check_in_card: &'static str,
    check_in_hint: &'static str,
    qr_code: &'static str,
    bar_code: &'static str,
    full_screen: &'static str,
    close: &'static str,
    email: &'static str,
    date_of_birth: &'static str,
    date_of_birth_hijri: &'static str,
    computed: &'static str,
    age: &'static str,
    hijri_era: &'static str,
    gender: &'static str,
    male: &'static str,
    female: &'static str,
    unknown: &'static str,
    marital_status: &'static str,
    marital_status_code: &'static str,
    nationality: &'static str,
    nationality_code: &'static str,
    occupation: &'static str,
    id_type: &'static str,
    code_number: fn(&str) -> String,
    billing_address: &'static str,
    shipping_address: &'static str,
    both_addresses: &'static str,
    no_addresses: &'static str,
    nothing_on_record: &'static str,
    address: &'static str,
    phone: &'static str,
    fax: &'static str,
    country: &'static str,
    coordinates: &'static str,
    map: &'static str,
    /// With the site that gets the coordinates, or [`Messages::map_app`].
    map_notice: fn(&str) -> String,
    map_app: &'static str,
    map_new_tab: &'static str,

    // Staff records
    your_roles: &'static str,
    /// Job title of a role.
    role: fn(KnownRole) -> &'static str,
    /// What a role does, where its name says so.
    role_task: fn(KnownRole) -> Option<&'static str>,
    no_roles: &'static str,
    role_number: &'static str,
    role_name: &'static str,
    role_level: &'static str,
    role_authority: &'static str,
    created_by: &'static str,
    updated_by: &'static str,
    created_at: &'static str,
    updated_at: &'static str,
    status: &'static str,
    /// For `false` and for `true`; the other pairs as well.
    deleted: [&'static str; 2],
    account: &'static str,
    user_number: &'static str,
    signed_in: &'static str,
    signed_in_as: &'static str,
    subject: &'static str,
    active: [&'static str; 2],
    account_expired: [&'static str; 2],
    account_is_locked: [&'static str; 2],
    credentials_expired: [&'static str; 2],
    blocked: [&'static str; 2],
    super_user: [&'static str; 2],
    terms_accepted: [&'static str; 2],
    workplace: &'static str,
    organization: &'static str,
    organization_number: &'static str,
    suite_access: &'static str,
    tenant: &'static str,
    country_number: &'static str,
    country_code: &'static str,
    country_tenant: &'static str,
    measurement_units: &'static str,
    metric: &'static str,
    imperial: &'static str,
    time_zone: &'static str,
    time_zone_number: &'static str,
    time_zone_offset: &'static str,
    server_time: &'static str,
    device_number: &'static str,
    culture: &'static str,
    culture_number: &'static str,
}
