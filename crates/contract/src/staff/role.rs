//! The roles of SPICE that are known by name, and what is shown of the others.
//!
//! This module must not know what a role may do, nor what it is called for people: each language
//! has its own word.

macro_rules! known_roles {
    ($($(#[$about:meta])* $role:ident = $name:literal,)*) => {
        /// A role that is known by name. The set is open: a service may send any other.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum KnownRole {
            $($(#[$about])* $role,)*
        }

        impl KnownRole {
            /// Every one, by the name that the service gives it.
            pub const ALL: &[(&str, Self)] = &[$(($name, Self::$role),)*];
        }
    };
}

known_roles! {
    /// May do everything.
    SuperUser = "SUPER_USER",
    /// Looks after a whole deployment.
    SuperAdmin = "SUPER_ADMIN",
    /// Looks after a country or region.
    RegionAdmin = "REGION_ADMIN",
    /// Looks after an account, which has operating units.
    AccountAdmin = "ACCOUNT_ADMIN",
    /// Looks after an operating unit, which has sites.
    OperatingUnitAdmin = "OPERATING_UNIT_ADMIN",
    /// Looks after reports.
    ReportAdmin = "REPORT_ADMIN",
    /// Coaches patients.
    HealthCoach = "HEALTH_COACH",
    /// Screens people.
    HealthScreener = "HEALTH_SCREENER",
    /// Health records and information officer.
    Hrio = "HRIO",
    /// Works in a laboratory.
    LabTechnician = "LAB_TECHNICIAN",
    /// A nurse.
    Nurse = "NURSE",
    /// A nutritionist.
    Nutritionist = "NUTRITIONIST",
    /// A pharmacist.
    Pharmacist = "PHARMACIST",
    /// A physician who prescribes.
    PhysicianPrescriber = "PHYSICIAN_PRESCRIBER",
    /// Gives care.
    Provider = "PROVIDER",
    /// Is told of patients in danger.
    RedRiskUser = "RED_RISK_USER",
    /// Looks after the system.
    SystemAdmin = "SYSTEM_ADMIN",
    /// Somebody who works there.
    Employee = "employee",
    /// No person: a job that runs by itself.
    Job = "job",
    /// Looks after reports of medical records.
    EmrReportAdmin = "EMR_REPORT_ADMIN",
    /// Looks after a region's medical records.
    EmrRegionAdmin = "EMR_REGION_ADMIN",
    /// Looks after an account's medical records.
    EmrAccountAdmin = "EMR_ACCOUNT_ADMIN",
    /// Looks after an operating unit's medical records.
    EmrOperatingUnitAdmin = "EMR_OPERATING_UNIT_ADMIN",
    /// Looks after a site's medical records.
    EmrSiteAdmin = "EMR_SITE_ADMIN",
    /// SPICE 2.0: community health worker.
    Chw = "CHW",
    /// SPICE 2.0: supervises colleagues.
    PeerSupervisor = "PEER_SUPERVISOR",
    /// SPICE 2.0: looks after a health facility.
    HealthFacilityAdmin = "HEALTH_FACILITY_ADMIN",
    /// SPICE 2.0: state enrolled community health nurse.
    Sechn = "SECHN",
    /// SPICE 2.0: maternal and child health aide.
    Mcha = "MCHA",
    /// SPICE 2.0: community health assistant.
    Cha = "CHA",
    /// SPICE 2.0: a midwife.
    Midwife = "MID_WIFE",
    /// SPICE 2.0: helps in a laboratory.
    LabAssistant = "LAB_ASSISTANT",
    /// SPICE 2.0: state registered nurse.
    Srn = "SRN",
    /// SPICE 2.0: looks after a district.
    DistrictAdmin = "DISTRICT_ADMIN",
    /// SPICE 2.0: looks after a chiefdom.
    ChiefdomAdmin = "CHIEFDOM_ADMIN",
}

/// No label is longer, in characters: an open set may hold anything.
const LONGEST: usize = 60;

impl KnownRole {
    /// The role of this name, in whatever case and with white space around.
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim();
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, role)| *role)
    }
}

/// A label made of an unknown role's own name: `MID_WIFE` becomes `Mid Wife`.
///
/// Safe to show whatever the server sends: control characters and invisible ones, those that
/// turn the direction of text above all, are left out, and it has at most 60 characters. Only
/// ASCII letters change case; other scripts stay as they are.
pub fn title_case(name: &str) -> String {
    let mut label = String::new();
    let visible = name.chars().filter(|character| !is_invisible(*character));
    let mut word_starts = true;
    let mut gap = false;
    for character in visible.take(LONGEST) {
        if character == '_' || character.is_whitespace() {
            gap = !label.is_empty();
            word_starts = true;
            continue;
        }
        if gap {
            label.push(' ');
            gap = false;
        }
        label.push(if word_starts {
            character.to_ascii_uppercase()
        } else {
            character.to_ascii_lowercase()
        });
        word_starts = false;
    }
    label
}

fn is_invisible(character: char) -> bool {
    // White space is dealt with as such, line breaks included.
    (character.is_control() && !character.is_whitespace())
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
