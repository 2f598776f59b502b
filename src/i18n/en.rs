//! English, by the style sheet `docs/words.md`.

use ::config::Digits;
use contract::staff::KnownRole;

use super::messages::Messages;

/// English, whose numbers always have Latin digits.
pub(super) fn messages(_: Digits) -> &'static Messages {
    &MESSAGES
}

/// English.
pub(super) static MESSAGES: Messages = Messages {
    code: "en",
    dir: "ltr",
    locale: "en-GB",
    zero: '0',
    own_name: "English",

    skip_to_content: "Skip to main content",
    theme_dark: "Dark theme",
    theme_light: "Light theme",
    help_call: "Need help? Call",
    foot_links: "Information (opens in a new tab)",
    title_error: "Error: ",
    offline_notice: "You are offline. What you typed is still on this page. Try again when you are back online.",
    online_again: "You are online again",

    error_summary_title: "There is a problem",
    error_prefix: "Error: ",
    reference: "If you ask for help, give this reference:",
    copy_reference: "Copy the reference",
    sign_in: "Sign in",
    signing_in: "Signing in…",
    countdown_units: [" min", " h"],
    try_again_in: "You can try again in",

    patient_sign_in: "Patient sign in",
    patient_intro: "See the details the hospital has about you.",
    mobile_number: "Mobile number",
    mobile_number_hint: "The number you gave the hospital,\nfor example 050\u{a0}123\u{a0}4567",
    sign_in_with: "Sign in with",
    national_id: "National ID or Iqama",
    patient_id: "Patient ID",
    national_id_number: "National ID or Iqama number",
    national_id_hint: "The 10 digits on your ID card or Iqama",
    patient_id_number: "Patient ID number",
    patient_id_hint: "Your file number, on your hospital card or appointment letter",
    to_staff: "Work here? Staff sign in",
    switch_to_national_id: "Switch to National ID or Iqama",

    sign_in_help: "Help with signing in",
    help_patient_id: "Patient ID not known\nLook for it on your hospital card or appointment letter, or choose “National ID or Iqama”.",
    help_no_id: "No National ID or Iqama\nChoose “Patient ID” and enter the number on your hospital card or appointment letter.",
    help_number: "New or foreign mobile number\nIf your mobile number has changed or this page does not accept it, ask the hospital to change the number it has.",
    help_child: "For a child\nEnter the child’s National ID or Iqama number, or Patient ID, and the mobile number the hospital has for the child.",
    other_ways: "Sign in another way",
    forgot_password: "Forgot password?",
    staff_sign_in: "Staff sign in",
    staff_intro: "See your profile and your roles.",
    username: "Email or username",
    password: "Password",
    show_password: "Show password",
    hide_password: "Hide password",
    password_shown: "Your password is shown",
    password_hidden: "Your password is hidden",
    caps_lock: "Caps Lock is on",
    arabic_password: "You typed part of this with an Arabic keyboard",
    staff_client: "Sign in as",
    to_patient: "Patient sign in",

    offline: "You are offline. Check your connection and try again.",
    unreachable: "We cannot reach the service. Check your connection and try again.",

    phone_empty: "Enter your mobile number",
    phone_characters: "Enter a mobile number with digits only, for example 050\u{a0}123\u{a0}4567",
    phone_country: "We cannot use this country code. Enter the number the hospital has.",
    phone_short: "This number is too short. Saudi mobile numbers have 10 digits and start with 05.",
    phone_long: "This number is too long. Saudi mobile numbers have 10 digits and start with 05.",
    phone_not_saudi: "Saudi mobile numbers have 10 digits and start with 05. Check yours.",
    phone_is_national_id: "This looks like a National ID or Iqama number, not a mobile number. Check it.",
    national_id_empty: "Enter your National ID or Iqama number",
    national_id_characters: "Enter a National ID or Iqama number with digits only",
    national_id_short: "This number is too short. A National ID or Iqama number has 10 digits.",
    national_id_long: "This number is too long. A National ID or Iqama number has 10 digits.",
    national_id_not_ten: "A National ID or Iqama number has 10 digits. Check yours.",
    national_id_first_digit: "A National ID starts with 1, an Iqama with 2. If yours does not, choose “Patient ID”.",
    national_id_check_digit: "One of the digits looks wrong. Check the number.",
    national_id_is_phone: "This looks like a mobile number, not a National ID or Iqama number. Check it.",
    patient_id_empty: "Enter your Patient ID number",
    patient_id_characters: "Enter a Patient ID number with letters, digits, - or / only",
    patient_id_long: "This number is too long. A Patient ID number has 32 characters at most.",
    patient_id_is_national_id: "This looks like a National ID or Iqama number. If it is, choose “National ID or Iqama” above.",
    read_as: "The number we will use:",
    username_empty: "Enter your email or username",
    password_empty: "Enter your password",
    try_again_after: |seconds| ["You can try again in ", &time(seconds)].concat(),
    try_again_now: "You can try again now",
    page_not_found: "Page not found",
    page_not_found_body: "There is no page at this web address. If you typed it, check it.",
    back_to_start: "Go to the start page",
    config_error: "The portal cannot start",
    config_error_body: "The portal is not set up correctly. Tell the hospital.",
    config_not_json: "For the IT team: the file config.json is not JSON.",
    config_mistakes: "For the IT team, in the file config.json:",
    config_unreachable: "The portal did not load fully. Check your connection and reload the page.",

    menu: "Your pages",
    profile: "Profile",
    addresses: "Addresses",
    roles: "Roles",
    sign_out: "Sign out",

    not_found: "We cannot find a patient with these details. Check both numbers. If your mobile number has changed, ask the hospital to update it.",
    wrong_credentials: "The email, username or password is not right. Check them and try again.",
    account_locked: "Sign-in with this email or username is locked. Trying again does not help. Ask an administrator to unlock it.",
    account_locked_minutes: |minutes| {
        [
            "Sign-in with this email or username is locked. Wait ",
            &time(minutes.saturating_mul(60)),
            " and try again, or ask an administrator to unlock it.",
        ]
        .concat()
    },
    no_permission: "You cannot sign in here with your role. Ask an administrator for access.",
    no_permission_other_entrance: "You cannot sign in here with your role. Choose another option under “Sign in as” and try again.",
    blank_credentials: "Enter your email or username, and your password",
    not_a_sign_in: "The service did not finish signing you in. Trying again does not help. Tell your IT team.",
    timed_out: "The service is taking too long to answer. Try again later.",
    service_down: "The service is not working right now. Try again later.",
    bad_answer: "Something went wrong on our side. Try again later.",
    other_patient: "We did not get your details, so we cannot show them. Tell the hospital.",
    too_many_tries: "There were too many tries. Try again later.",
    too_many_tries_minutes: |minutes| {
        [
            "There were too many tries. Wait ",
            &time(minutes.saturating_mul(60)),
            " and try again.",
        ]
        .concat()
    },
    service_down_minutes: |minutes| {
        [
            "The service is not working right now. Wait ",
            &time(minutes.saturating_mul(60)),
            " and try again.",
        ]
        .concat()
    },
    redirected: "We cannot reach the service from this page. Reload the page and try again.",
    reload: "Reload the page",
    not_set_up: "The service does not accept this portal. Trying again does not help. Tell your IT team.",
    session_not_kept: "Your browser did not keep you signed in. Allow cookies for this site and try again. If that does not help, tell your IT team.",
    session_over: "Your session has ended. Sign in again.",
    not_allowed: "You are not allowed to see this. Ask an administrator for access.",
    enter_code: "Enter the code",
    code_intro: |ending| {
        [
            "We sent a code in a text message to the phone ending ",
            ending,
            ". It can take a while to arrive.",
        ]
        .concat()
    },
    code_idle: "This page was not used for a while, so what you typed was removed. Sign in again.",
    form_emptied: "This page was not used for a while, so what was typed here was removed. Enter your details again.",
    code_page_lost: "Your phone or browser closed the page that asked for the code. Sign in again to get a new code.",
    one_time_code: "Code",
    code_hint: "The digits in the text message",
    code_empty: "Enter the code from the text message",
    code_characters: "Enter the digits of the code only",
    code_length: "Enter all the digits of the code",
    code_wrong: "That code is not right. Check the text message and enter the code again.",
    code_over: "This code no longer works. Ask for a new code.",
    code_none_left: "You cannot get another code for this sign-in. Go back and sign in again.",
    code_sent_again: "We sent a new code. Use that one.",
    send_code_again: "Send a new code",
    sending_code: "Sending a new code…",
    code_again_in: "You can ask for a new code in",
    code_again_after: |seconds| ["You can ask for a new code in ", &time(seconds)].concat(),
    code_again_now: "You can ask for a new code now",
    code_back: "Go back and change what you typed",

    still_there: "Are you still there?",
    time_ends: "Your session ends soon",
    signing_out_in: "To keep your record safe, we will sign you out in",
    signing_out_after: |seconds| ["We will sign you out in ", &time(seconds)].concat(),
    stay: "Stay signed in",
    sign_out_now: "Sign out now",
    signed_out: "You are signed out",
    ended_idle: "You were signed out because the page was not used for a while. Sign in again.",
    ended_absolute: "You were signed out to keep your record safe. Sign in again.",
    ended_by_other_person: "You were signed out because of another sign-in in another tab. Sign in again.",
    ended_elsewhere: "You were signed out in another tab. Sign in again.",

    continue_to: "Continue to",
    terms_to_accept: "You have not accepted the terms of use. You may be asked to.",
    onward_in: "You will be taken there in",
    onward_after: |seconds| {
        [
            "You will be taken there in ",
            &time(seconds),
            ". Choose “Stay here” to stay.",
        ]
        .concat()
    },
    onward_stopped: "You stay on this page",
    stay_here: "Stay here",

    about_you: "About you",
    contact: "Contact",
    name: "Name",
    name_other_script: "Name in Arabic",
    first_name: "First name",
    middle_name: "Middle name",
    last_name: "Last name",
    patient_number: "Patient ID",
    show: "Show",
    hide: "Hide",
    masked: |ending| match ending {
        "" => "Hidden".to_owned(),
        _ => ["Hidden, ends in ", ending].concat(),
    },
    copy: "Copy",
    copied: "Copied",
    copy_refused: "Your browser did not let us copy. Show the text, select it and copy it yourself.",
    print: "Print this page",
    support: "Details for support",
    download: "Save this page as a file",
    download_hint: "The file has what you see on this page. What is hidden here is hidden in the file too.",
    check_in_card: "Check-in card",
    check_in_hint: "Show this at reception. Staff can scan either code.",
    qr_code: "QR code",
    bar_code: "Bar code",
    full_screen: "Full screen",
    close: "Close",
    email: "Email",
    date_of_birth: "Date of birth",
    date_of_birth_hijri: "Date of birth (Hijri)",
    computed: "worked out from your date of birth",
    hijri_era: "AH",
    age: "Age",
    gender: "Gender",
    male: "Male",
    female: "Female",
    unknown: "Unknown",
    marital_status: "Marital status",
    marital_status_code: "Marital status code",
    nationality: "Nationality",
    nationality_code: "Nationality code",
    occupation: "Occupation",
    id_type: "ID type",
    code_number: |code| ["Code ", code].concat(),
    billing_address: "Address for bills",
    shipping_address: "Address for deliveries",
    both_addresses: "Address for bills and deliveries",
    no_addresses: "The hospital has no address for you.",
    nothing_on_record: "The hospital has nothing more on record for you.",
    address: "Address",
    phone: "Phone",
    fax: "Fax",
    country: "Country",
    coordinates: "Place on the map",
    map: "Show on a map",
    map_notice: |site| {
        [
            "This opens another site or app. It tells ",
            site,
            " where this address is.",
        ]
        .concat()
    },
    map_app: "your map app",
    map_new_tab: "It opens in a new tab.",

    your_roles: "Your roles",
    role,
    role_task,
    no_roles: "You have no role yet. Ask an administrator for one.",
    role_number: "Role number",
    role_name: "Role name",
    role_level: "Level",
    role_authority: "Permission code",
    created_by: "Created by user",
    updated_by: "Updated by user",
    created_at: "Created",
    updated_at: "Updated",
    status: "Status",
    deleted: ["Not deleted", "Deleted"],
    account: "Account",
    user_number: "User number",
    signed_in: "Signed in as",
    signed_in_as: "Username",
    subject: "Sign-in reference",
    active: ["Not active", "Active"],
    account_expired: ["Not expired", "Expired"],
    account_is_locked: ["Not locked", "Locked"],
    credentials_expired: ["Password not expired", "Password expired"],
    blocked: ["Not blocked", "Blocked"],
    super_user: ["Not a super user", "Super user"],
    terms_accepted: ["Terms not accepted", "Terms accepted"],
    workplace: "Workplace",
    organization: "Organisation",
    organization_number: "Organisation number",
    suite_access: "Apps you can use",
    tenant: "Tenant number",
    country_number: "Country number",
    country_code: "Country calling code",
    country_tenant: "Tenant number of the country",
    measurement_units: "Units",
    metric: "Metric (kilograms, centimetres)",
    imperial: "Imperial (pounds, inches)",
    time_zone: "Time zone",
    time_zone_number: "Time zone number",
    time_zone_offset: "Hours from UTC (world time)",
    server_time: "Signed in at",
    device_number: "Device number",
    culture: "Language and formats",
    culture_number: "Language number",
};

fn time(seconds: u32) -> String {
    let (count, one, several) = match seconds {
        0..60 => (seconds.max(1), " second", " seconds"),
        60..7_200 => (seconds.div_ceil(60), " minute", " minutes"),
        7_200..172_800 => (seconds.div_ceil(3_600), " hour", " hours"),
        172_800.. => (seconds.div_ceil(86_400), " day", " days"),
    };
    let unit = if count == 1 { one } else { several };
    [&count.to_string(), unit].concat()
}

/// SPICE's own labels, and plain words where it has none.
fn role(role: KnownRole) -> &'static str {
    match role {
        KnownRole::SuperUser => "Super User",
        KnownRole::SuperAdmin => "Super Admin",
        KnownRole::RegionAdmin => "Region Admin",
        KnownRole::AccountAdmin => "Account Admin",
        KnownRole::OperatingUnitAdmin => "Operating Unit Admin",
        KnownRole::ReportAdmin => "Report Admin",
        KnownRole::HealthCoach => "Health Coach",
        KnownRole::HealthScreener => "Health Screener",
        KnownRole::Hrio => "Health Records and Information Officer",
        KnownRole::LabTechnician => "Lab Technician",
        KnownRole::Nurse => "Nurse",
        KnownRole::Nutritionist => "Nutritionist",
        KnownRole::Pharmacist => "Pharmacist",
        KnownRole::PhysicianPrescriber => "Physician Prescriber",
        KnownRole::Provider => "Provider",
        KnownRole::RedRiskUser => "High-Risk Patient Follow-up",
        KnownRole::SystemAdmin => "System Admin",
        KnownRole::Employee => "Employee",
        KnownRole::Job => "Automatic job",
        KnownRole::EmrReportAdmin => "Medical records: Report Admin",
        KnownRole::EmrRegionAdmin => "Medical records: Region Admin",
        KnownRole::EmrAccountAdmin => "Medical records: Account Admin",
        KnownRole::EmrOperatingUnitAdmin => "Medical records: Operating Unit Admin",
        KnownRole::EmrSiteAdmin => "Medical records: Site Admin",
        KnownRole::Chw => "Community Health Worker",
        KnownRole::PeerSupervisor => "Peer Supervisor",
        KnownRole::HealthFacilityAdmin => "Health Facility Admin",
        KnownRole::Sechn => "Enrolled Community Health Nurse",
        KnownRole::Mcha => "Maternal and Child Health Aide",
        KnownRole::Cha => "Community Health Assistant",
        KnownRole::Midwife => "Midwife",
        KnownRole::LabAssistant => "Lab Assistant",
        KnownRole::Srn => "Registered Nurse",
        KnownRole::DistrictAdmin => "District Admin",
        KnownRole::ChiefdomAdmin => "Chiefdom Admin",
    }
}

/// What a role does, in as many words as its name allows.
fn role_task(role: KnownRole) -> Option<&'static str> {
    Some(match role {
        KnownRole::SuperUser | KnownRole::SuperAdmin | KnownRole::SystemAdmin => {
            "Manages users and settings in the whole system"
        }
        KnownRole::RegionAdmin
        | KnownRole::AccountAdmin
        | KnownRole::OperatingUnitAdmin
        | KnownRole::HealthFacilityAdmin
        | KnownRole::DistrictAdmin
        | KnownRole::ChiefdomAdmin
        | KnownRole::EmrRegionAdmin
        | KnownRole::EmrAccountAdmin
        | KnownRole::EmrOperatingUnitAdmin
        | KnownRole::EmrSiteAdmin => "Manages users and settings in part of the system",
        KnownRole::ReportAdmin | KnownRole::EmrReportAdmin => "Manages reports",
        KnownRole::HealthCoach => "Helps patients live a healthy life",
        KnownRole::HealthScreener => "Checks people for signs of illness",
        KnownRole::Hrio => "Keeps health records",
        KnownRole::LabTechnician | KnownRole::LabAssistant => "Works on lab tests",
        KnownRole::Nurse | KnownRole::Srn | KnownRole::Provider => "Cares for patients",
        KnownRole::Nutritionist => "Advises patients on food",
        KnownRole::Pharmacist => "Gives out medicines",
        KnownRole::PhysicianPrescriber => "Sees patients and prescribes medicines",
        KnownRole::Chw | KnownRole::Cha | KnownRole::Sechn => "Cares for people where they live",
        KnownRole::Mcha => "Cares for mothers and children",
        KnownRole::Midwife => "Cares for mothers and newborns",
        KnownRole::Employee
        | KnownRole::Job
        | KnownRole::PeerSupervisor
        | KnownRole::RedRiskUser => return None,
    })
}
