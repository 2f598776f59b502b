//! The known roles of SPICE, and a safe label for any other.
//!
//! The permissions of a role are up to the service, and its name for display to the message tables.

macro_rules! known_roles {
    ($($(#[$about:meta])* $role:ident = $name:literal,)*) => {
        /// A role with a known name. The set is open: a service may send any other name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum KnownRole {
            $($(#[$about])* $role,)*
        }

        impl KnownRole {
            /// Every known role, with the name that the service uses.
            pub const ALL: &[(&str, Self)] = &[$(($name, Self::$role),)*];
        }
    };
}

known_roles! {
    /// Has every permission.
    SuperUser = "SUPER_USER",
    /// Administrator of a deployment.
    SuperAdmin = "SUPER_ADMIN",
    /// Administrator of a country or region.
    RegionAdmin = "REGION_ADMIN",
    /// Administrator of an account, which has operating units.
    AccountAdmin = "ACCOUNT_ADMIN",
    /// Administrator of an operating unit, which has sites.
    OperatingUnitAdmin = "OPERATING_UNIT_ADMIN",
    /// Administrator of reports.
    ReportAdmin = "REPORT_ADMIN",
    /// Health coach of patients.
    HealthCoach = "HEALTH_COACH",
    /// Health screener.
    HealthScreener = "HEALTH_SCREENER",
    /// Health records and information officer.
    Hrio = "HRIO",
    /// Laboratory technician.
    LabTechnician = "LAB_TECHNICIAN",
    /// A nurse.
    Nurse = "NURSE",
    /// A nutritionist.
    Nutritionist = "NUTRITIONIST",
    /// A pharmacist.
    Pharmacist = "PHARMACIST",
    /// A physician who prescribes.
    PhysicianPrescriber = "PHYSICIAN_PRESCRIBER",
    /// Care provider.
    Provider = "PROVIDER",
    /// Recipient of alerts about high-risk patients.
    RedRiskUser = "RED_RISK_USER",
    /// System administrator.
    SystemAdmin = "SYSTEM_ADMIN",
    /// Employee without another role.
    Employee = "employee",
    /// An automated job, no person.
    Job = "job",
    /// Administrator of reports of medical records.
    EmrReportAdmin = "EMR_REPORT_ADMIN",
    /// Administrator of a region's medical records.
    EmrRegionAdmin = "EMR_REGION_ADMIN",
    /// Administrator of an account's medical records.
    EmrAccountAdmin = "EMR_ACCOUNT_ADMIN",
    /// Administrator of an operating unit's medical records.
    EmrOperatingUnitAdmin = "EMR_OPERATING_UNIT_ADMIN",
    /// Administrator of a site's medical records.
    EmrSiteAdmin = "EMR_SITE_ADMIN",
    /// SPICE 2.0: community health worker.
    Chw = "CHW",
    /// SPICE 2.0: peer supervisor.
    PeerSupervisor = "PEER_SUPERVISOR",
    /// SPICE 2.0: administrator of a health facility.
    HealthFacilityAdmin = "HEALTH_FACILITY_ADMIN",
    /// SPICE 2.0: state enrolled community health nurse.
    Sechn = "SECHN",
    /// SPICE 2.0: maternal and child health aide.
    Mcha = "MCHA",
    /// SPICE 2.0: community health assistant.
    Cha = "CHA",
    /// SPICE 2.0: a midwife.
    Midwife = "MID_WIFE",
    /// SPICE 2.0: laboratory assistant.
    LabAssistant = "LAB_ASSISTANT",
    /// SPICE 2.0: state registered nurse.
    Srn = "SRN",
    /// SPICE 2.0: administrator of a district.
    DistrictAdmin = "DISTRICT_ADMIN",
    /// SPICE 2.0: administrator of a chiefdom.
    ChiefdomAdmin = "CHIEFDOM_ADMIN",
}

/// Maximum length of a label in characters, since the set of names is open.
const MAX_LABEL: usize = 60;

impl KnownRole {
    /// The known role with this name, in any case and with white space around.
    ///
    /// ```
    /// use contract::staff::KnownRole;
    ///
    /// assert_eq!(KnownRole::find(" nurse "), Some(KnownRole::Nurse));
    /// assert_eq!(KnownRole::find("TEST_ROLE"), None);
    /// ```
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim();
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, role)| *role)
    }
}

/// Label for a role that is not known, made of its name: `BED_MANAGER` becomes `Bed Manager`.
///
/// The label is safe to display for any name: control and invisible characters are dropped, including
/// those that change the direction of text, and it has at most 60 characters. Only ASCII letters
/// change case.
///
/// ```
/// assert_eq!(contract::staff::title_case("BED_MANAGER"), "Bed Manager");
/// ```
pub fn title_case(name: &str) -> String {
    let mut label = String::new();
    let visible = name.chars().filter(|character| !is_invisible(*character));
    let mut word_starts = true;
    let mut gap = false;
    for character in visible.take(MAX_LABEL) {
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
    // The caller treats white space, line breaks included, as a separator.
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
