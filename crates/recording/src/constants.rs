//! The allow list: all that stays in a recording as it is. Everything else is replaced.

/// Values, compared as a whole and without case: words of the contract, messages, roles, suites.
const VALUES: &[&str] = &[
    // Outcomes and flags.
    "true",
    "false",
    "null",
    "success",
    "fail",
    "error",
    "active",
    "inactive",
    // Enumerated words.
    "male",
    "female",
    "nationalId",
    "patientId",
    "metric",
    "imperial",
    "about:blank",
    "966",
    "+966",
    // Bodies.
    "No user found",
    "Session alive",
    "Invalid CORS request",
    "Health Check succeeded.",
    // Messages.
    "Invalid credentials",
    "Account locked due to multiple invalid login attempts.",
    "Disabled Account",
    "You don't have a permission. Please contact administrator",
    "No Username and / or Password Provided",
    "You don't have permission to perform this operation",
    "The code has expired",
    "Token expired",
    "unauthorized",
    "Got user.",
    // The phrases of statuses.
    "Bad Request",
    "Unauthorized",
    "Forbidden",
    "Not Found",
    "Method Not Allowed",
    "Too Many Requests",
    "Internal Server Error",
    "Bad Gateway",
    "Service Unavailable",
    "Gateway Timeout",
    // Paths of the contract; Spring repeats them without the service's prefix.
    "/api/customer/is_patient_exists",
    "/api/customer/login",
    "/api/customer/verify_otp",
    "/api/customer/resend_otp",
    "/auth-service/session",
    "/auth-service/logout",
    "/user-service/user/validate",
    "/user-service/user/profile",
    "/session",
    "/logout",
    "/user/validate",
    "/user/profile",
    // Clients and suites.
    "spice mobile",
    "spice web",
    "cfr web",
    "web",
    "mob",
    "job",
    "admin",
    "cfr",
    "insights",
];

/// Names of roles, compared without case.
const ROLES: &str = "\
    SUPER_USER SUPER_ADMIN REGION_ADMIN ACCOUNT_ADMIN OPERATING_UNIT_ADMIN REPORT_ADMIN HEALTH_COACH \
    HEALTH_SCREENER HRIO LAB_TECHNICIAN NURSE NUTRITIONIST PHARMACIST PHYSICIAN_PRESCRIBER PROVIDER \
    RED_RISK_USER SYSTEM_ADMIN employee EMR_REPORT_ADMIN EMR_REGION_ADMIN EMR_ACCOUNT_ADMIN \
    EMR_OPERATING_UNIT_ADMIN EMR_SITE_ADMIN CHW PEER_SUPERVISOR HEALTH_FACILITY_ADMIN SECHN MCHA CHA \
    MID_WIFE LAB_ASSISTANT SRN DISTRICT_ADMIN CHIEFDOM_ADMIN COUNSELOR COMMUNITY_HEALTH_PROMOTER";

/// Keys of JSON objects and names of fields, compared exactly.
const KEYS: &str = "\
    fileNo zipCode phoneNo nationalID email dateOfBirth dateOfBirthHijri name firstName middleName \
    lastName firstNameAr middleNameAr lastNameAr maritalStatus maritalStatusCode nationality \
    nationalityISOCode nationalityIsoCode nationality_iso_code occupation idType gender \
    billingAddress shippingAddress address1 address2 city company country faxNumber latLong \
    stateProvince zipPostalCode phone value otp_id otp_code status data message error errors reason \
    code domain path timestamp dateTime requestId responseCode errorCode exception type title detail \
    instance entity entityList totalCount username password id roles level authority createdBy \
    updatedBy createdAt updatedAt active deleted accountExpired accountLocked credentialsExpired \
    authorization currentDate subject phoneNumber timezone offset description organizations tenantId \
    countryCode isBlocked unitMeasurement deviceInfoId isSuperUser cultureId appTypes chiefdom \
    client cookie culture defaultRoleName designation displayName displayValues district fhirId \
    formDataId formName groupName healthFacility insightUserOrganization isJobUser \
    isTermsAndConditionsAccepted organizationIds parentOrganizationId phoneNumberCode redRisk region \
    regionCode reportUserOrganization sequence suiteAccess suiteAccessName tenants userDetail \
    villages";

/// Keys whose values are personal, even where one is a word of the contract: a person may be called Provider.
const PERSONAL_KEYS: &str = "\
    firstName middleName lastName firstNameAr middleNameAr lastNameAr username email fileNo phoneNo \
    phoneNumber phone nationalID value occupation company address1 address2 city stateProvince \
    otp_id otp_code";

/// Keys whose value may be an HTTP status.
const STATUS_KEYS: &[&str] = &["status", "responseCode", "errorCode", "code"];

/// Keys whose value is a code of at most two digits, which the portal's configuration gives a label.
const CODE_KEYS: &[&str] = &["gender", "maritalStatus", "idType"];

/// Keys whose value is a country's code.
const COUNTRY_KEYS: &[&str] = &[
    "nationalityISOCode",
    "nationalityIsoCode",
    "nationality_iso_code",
];

/// Countries, by their codes of two letters (ISO 3166-1), for one another's.
pub(crate) const COUNTRIES: &str = "\
    AE AU BD BE BH BR CA CH CN DE DK DZ EG ES ET FR GB GH GR ID IN IQ IT JO JP KE KW LB LK MA MX MY \
    NG NL NO NP OM PH PK PL QA SA SD SE SO SY TN TR TZ UG US YE ZA";

/// Words of a body that is not JSON, such as a gateway's error page.
const WORDS: &str = "\
    doctype html head title body center div h1 h2 hr p br script style meta true false null nginx \
    bad request unauthorized forbidden not found method allowed too many requests internal server \
    error gateway service unavailable timeout expired";

/// Names of headers, in lower case.
const HEADERS: &str = "\
    accept access-control-allow-credentials access-control-allow-headers \
    access-control-allow-methods access-control-allow-origin access-control-expose-headers \
    access-control-max-age access-control-request-headers access-control-request-method allow \
    authorization cache-control client connection content-encoding content-length \
    content-security-policy content-type cookie cross-origin-resource-policy date expires keep-alive \
    last-modified location origin pragma ratelimit-limit ratelimit-remaining ratelimit-reset \
    referrer-policy retry-after server set-cookie strict-transport-security tenantid \
    transfer-encoding user-agent vary via www-authenticate x-content-type-options x-frame-options \
    x-xss-protection";

/// Words in the values of headers and in the attributes of cookies, in lower case.
const HEADER_WORDS: &str = "\
    * true false null get head post put patch delete options application/json \
    application/problem+json text/html text/plain text/x-json application/xml text/xml \
    multipart/form-data application/x-www-form-urlencoded */* charset utf-8 iso-8859-1 no-cache \
    no-store max-age must-revalidate private public nosniff deny sameorigin mode block bearer basic \
    realm gzip br identity chunked keep-alive close nginx includesubdomains preload no-referrer \
    same-origin strict-origin-when-cross-origin timeout accept-encoding path domain expires secure \
    httponly samesite strict lax none partitioned / 0 1 5 60 600 3600 7200 86400 31536000 63072000";

/// Names of cookies.
const COOKIES: &[&str] = &["AuthCookie", "JSESSIONID"];

/// Returns `true` if a list of words has this one, in any case.
fn has(list: &str, text: &str) -> bool {
    list.split_ascii_whitespace()
        .any(|known| known.eq_ignore_ascii_case(text))
}

/// Returns `true` if a list of words has exactly this one.
fn has_exactly(list: &str, text: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == text)
}

pub(crate) fn is_value(text: &str) -> bool {
    VALUES.iter().any(|known| known.eq_ignore_ascii_case(text))
        || has(ROLES, text)
        || is_offset(text)
}

pub(crate) fn is_key(text: &str) -> bool {
    has_exactly(KEYS, text)
}

pub(crate) fn is_of_a_person(key: &str) -> bool {
    has_exactly(PERSONAL_KEYS, key)
}

/// A code that has a label.
pub(crate) fn is_code(key: &str, number: &str) -> bool {
    CODE_KEYS.contains(&key)
        && number.len() <= 2
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn is_country(key: &str, text: &str) -> bool {
    COUNTRY_KEYS.contains(&key) && has(COUNTRIES, text)
}

/// A status, where the key may have one.
pub(crate) fn is_status(key: &str, number: &str) -> bool {
    STATUS_KEYS.contains(&key)
        && number.len() == 3
        && number
            .parse()
            .is_ok_and(|number: u16| (100..600).contains(&number))
}

pub(crate) fn is_word(text: &str) -> bool {
    has(WORDS, text)
        || text
            .parse()
            .is_ok_and(|number: u16| (400..600).contains(&number))
}

pub(crate) fn is_header(name: &str) -> bool {
    has(HEADERS, name)
}

pub(crate) fn is_header_word(text: &str) -> bool {
    has(HEADER_WORDS, text) || has(HEADERS, text)
}

pub(crate) fn is_cookie(name: &str) -> bool {
    COOKIES.contains(&name)
}

/// An offset from UTC that a time zone may have, such as `+05:30`.
pub(crate) fn is_offset(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    rest.split_once(':').is_some_and(|(hours, minutes)| {
        hours.len() == 2
            && hours.bytes().all(|byte| byte.is_ascii_digit())
            && hours <= "14"
            && ["00", "15", "30", "45"].contains(&minutes)
    })
}
