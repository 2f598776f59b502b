//! Rules of the style sheet, `docs/words.md`, over the tables; the one on gender also over the pages without a table.

use ::config::Digits;

use super::{
    ALL, ar, digits::digits, en, message::Message, messages::Messages, pseudo::mark::SAMPLE,
};

/// Keys that hold no text.
const DATA: [&str; 4] = ["code", "dir", "locale", "own_name"];

/// Paragraphs of one sentence: they end with a full stop in both languages, or in the one that has one sentence.
const PARAGRAPHS: [&str; 15] = [
    "help_patient_id",
    "help_no_id",
    "help_number",
    "help_child",
    "patient_intro",
    "staff_intro",
    "config_not_json",
    "download_hint",
    "check_in_hint",
    "no_addresses",
    "nothing_on_record",
    "no_roles",
    "map_notice",
    "map_new_tab",
    "page_not_found_body",
];

/// Names of files, formats and keys, which are in Latin letters in every language.
const LATIN_NAMES: [&str; 5] = ["config.json", "JSON", "JavaScript", "Caps Lock", "QR"];

const ENGLISH_OUT: [(&str, &str); 20] = [
    ("please", "say what to do"),
    ("invalid", "say what is wrong"),
    ("oops", "say what happened"),
    ("sorry", "say what to do"),
    ("illegal", "say what is wrong"),
    ("forbidden", "say what is not allowed"),
    ("fatal", "say what happened"),
    ("!", "."),
    ("billing", "address for bills"),
    ("shipping", "address for deliveries"),
    ("ou admin", "operating unit admin"),
    ("hrio", "health records and information officer"),
    ("user name", "username"),
    ("log in", "sign in"),
    ("login", "sign in"),
    ("mobile phone number", "mobile number"),
    ("password is right", "do not confirm a password"),
    ("account is", "do not confirm an account"),
    ("answer we do not", "something went wrong on our side"),
    ("time was up", "to keep your record safe"),
];

const ARABIC_OUT: [(&str, &str); 14] = [
    ("المسؤول", "مسؤول النظام"),
    ("الهوية الوطنية", "الهوية أو الإقامة"),
    ("رقم المريض", "رقم الملف الطبي"),
    ("رقم ملف", "رقم الملف الطبي"),
    ("أدوار", "صلاحيات"),
    ("الرمز الشريطي", "الباركود"),
    ("نافذة", "علامة تبويب"),
    ("غير متصل", "لا يوجد اتصال بالإنترنت"),
    ("سجلك", "خصوصيتك، ملفك"),
    ("أخصائي فحص", "القائم بالفحص"),
    ("منتهٍ", "منتهي الصلاحية"),
    ("صفحة البداية", "الصفحة الرئيسية"),
    ("هذا الحساب", "do not confirm an account"),
    ("سنسجّل", "سيتم تسجيل"),
];

/// Imperatives and verbs in the second person, which are masculine or feminine. `يُرجى` and a verbal noun are
/// neither.
const ARABIC_GENDERED: &str = "أدخل حاول انتظر تحقق راجع اختر اطلب استخدم اسمح أبلغ ارجع سجّل انسخ أظهر حدّد \
     اعرض تأكد تواصل اطّلع اتصل انتقل أعد اكتب فعّل أرسل عد تجده تملك تريد";

/// Texts of a table by key.
fn texts(messages: &Messages) -> Vec<(&'static str, String)> {
    let mut texts = messages.named_texts();
    texts.retain(|(key, _)| !DATA.contains(key));
    assert!(texts.len() > 250, "{}", texts.len());
    texts
}

/// Sentences of all tables.
fn all() -> Vec<(&'static str, String)> {
    ALL.iter().flat_map(|table| texts(table)).collect()
}

#[test]
fn texts_of_several_sentences_and_paragraphs_end_with_a_full_stop_and_no_others_do() {
    for (key, text) in all() {
        let is_paragraph = text.contains(". ") || PARAGRAPHS.contains(&key);
        assert_eq!(text.ends_with('.'), is_paragraph, "{key}: {text}");
    }
}

#[test]
fn every_paragraph_of_the_list_is_a_key() {
    for key in PARAGRAPHS {
        assert!(Messages::NAMES.contains(&key), "{key}");
    }
}

#[test]
fn no_text_has_more_than_160_characters() {
    for (key, text) in all() {
        assert!(text.chars().count() <= 160, "{key}: {text}");
    }
}

#[test]
fn no_text_has_straight_quotes_or_double_spaces() {
    for (key, text) in all() {
        assert!(!text.contains(['"', '\'']), "{key}: {text}");
        assert!(!text.contains("  "), "{key}: {text}");
    }
}

#[test]
fn english_texts_use_the_words_of_the_glossary() {
    for (key, text) in texts(&en::MESSAGES) {
        let spoken = text.to_lowercase();
        for (word, instead) in ENGLISH_OUT {
            assert!(!spoken.contains(word), "{key}: {text} (write: {instead})");
        }
        // The one sentence that tells the two numbers apart.
        if key != "national_id_first_digit" {
            let bare = text.replace("National ID or Iqama", "");
            assert!(!bare.contains("National ID"), "{key}: {text}");
        }
    }
}

#[test]
fn arabic_texts_use_the_words_of_the_glossary() {
    for (key, text) in texts(&ar::MESSAGES) {
        for (word, instead) in ARABIC_OUT {
            assert!(!text.contains(word), "{key}: {text} (write: {instead})");
        }
        let bare = text.replace("الدور الوظيفي", "");
        assert!(!bare.contains("الدور"), "{key}: {text}");
    }
}

/// `true` if the text has a verb of [`ARABIC_GENDERED`], perhaps after `و` or `ف`.
fn is_gendered(text: &str) -> bool {
    text.split(|c: char| !(c.is_alphabetic() || ('\u{64b}'..='\u{652}').contains(&c)))
        .any(|word| {
            let verb = |word: &str| ARABIC_GENDERED.split(' ').any(|verb| verb == word);
            verb(word) || word.strip_prefix(['و', 'ف']).is_some_and(verb)
        })
}

#[test]
fn arabic_texts_are_neutral_in_gender() {
    for (key, text) in texts(&ar::MESSAGES) {
        assert!(!is_gendered(&text), "{key}: {text}");
    }
    // Pages without the table.
    for page in [
        include_str!("../../index.html"),
        include_str!("../../public/offline.html"),
    ] {
        for line in page.lines() {
            assert!(!is_gendered(line), "{line}");
        }
    }
}

#[test]
fn arabic_texts_have_arabic_letters_and_punctuation() {
    for (key, text) in texts(&ar::MESSAGES) {
        let own = [SAMPLE]
            .iter()
            .chain(&LATIN_NAMES)
            .fold(text.clone(), |text, name| text.replace(name, ""));
        assert!(
            !own.contains(|c: char| c.is_ascii_alphabetic() || ",;?%".contains(c)),
            "{key}: {text}"
        );
    }
}

#[test]
fn texts_have_latin_digits() {
    for (key, text) in all() {
        let other = |c: char| c.is_numeric() && !c.is_ascii_digit();
        assert!(!text.contains(other), "{key}: {text}");
    }
}

#[test]
fn arabic_message_with_a_number_has_the_digits_of_its_page_only() {
    let counted = Message::Counted(|m| m.too_many_tries_minutes, 15);
    assert!(counted.text(&ar::MESSAGES).contains("15 دقيقة"));
    assert!(
        counted
            .text(ar::messages(Digits::Arab))
            .contains("١٥ دقيقة")
    );
    assert_eq!(digits(ar::messages(Digits::Arab), "2:05"), "٢:٠٥");
}

#[test]
fn only_a_time_that_is_given_is_promised() {
    for (key, text) in all() {
        let is_given = ["_after", "_minutes", "_units"]
            .iter()
            .any(|end| key.ends_with(end));
        let units = [
            "minute",
            "second",
            "hour ",
            "دقيقة",
            "دقائق",
            "ثانية",
            "ثوانٍ",
        ];
        assert!(
            is_given || !units.iter().any(|unit| text.contains(unit)),
            "{key}: {text}"
        );
    }
}

/// Texts that readers asked for, by key.
const AGREED: [(&str, &str); 68] = [
    (
        "ended_absolute",
        "You were signed out to keep your record safe. Sign in again.",
    ),
    (
        "ended_idle",
        "You were signed out because the page was not used for a while. Sign in again.",
    ),
    (
        "patient_intro",
        "See the details the hospital has about you.",
    ),
    (
        "mobile_number_hint",
        "The number you gave the hospital,\nfor example 050\u{a0}123\u{a0}4567",
    ),
    (
        "phone_short",
        "This number is too short. Saudi mobile numbers have 10 digits and start with 05.",
    ),
    (
        "national_id_short",
        "This number is too short. A National ID or Iqama number has 10 digits.",
    ),
    (
        "phone_country",
        "We cannot use this country code. Enter the number the hospital has.",
    ),
    (
        "phone_not_saudi",
        "Saudi mobile numbers have 10 digits and start with 05. Check yours.",
    ),
    (
        "not_found",
        "We cannot find a patient with these details. Check both numbers. If your mobile number has changed, ask the hospital to update it.",
    ),
    (
        "no_permission",
        "You cannot sign in here with your role. Ask an administrator for access.",
    ),
    (
        "bad_answer",
        "Something went wrong on our side. Try again later.",
    ),
    ("billing_address", "Address for bills"),
    ("shipping_address", "Address for deliveries"),
    (
        "check_in_hint",
        "Show this at reception. Staff can scan either code.",
    ),
    (
        "map_notice",
        "This opens another site or app. It tells openstreetmap.org where this address is.",
    ),
    ("to_staff", "Work here? Staff sign in"),
    ("national_id", "National ID or Iqama"),
    ("national_id_number", "National ID or Iqama number"),
    ("role", "Health Records and Information Officer"),
    ("role", "Operating Unit Admin"),
    ("role", "High-Risk Patient Follow-up"),
    ("roles", "الصلاحيات"),
    ("your_roles", "صلاحياتك"),
    ("staff_intro", "للاطلاع على بياناتك وصلاحياتك."),
    (
        "no_roles",
        "لم تُمنح لك صلاحيات بعد. يُرجى التواصل مع مسؤول النظام.",
    ),
    (
        "no_permission",
        "صلاحياتك لا تسمح بالدخول من هنا. يُرجى طلب الصلاحية من مسؤول النظام.",
    ),
    ("role_name", "اسم الدور الوظيفي"),
    ("role_number", "رقم الدور الوظيفي"),
    ("role_authority", "رمز الصلاحية"),
    ("check_in_card", "بطاقة تسجيل الوصول"),
    (
        "check_in_hint",
        "يُرجى إبراز البطاقة في الاستقبال لقراءة أحد الرمزين.",
    ),
    (
        "offline_notice",
        "لا يوجد اتصال بالإنترنت. ما كتبته باقٍ في هذه الصفحة، ويمكن إرساله بعد عودة الاتصال.",
    ),
    (
        "offline",
        "لا يوجد اتصال بالإنترنت. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",
    ),
    ("patient_id", "رقم الملف الطبي"),
    ("patient_id_number", "رقم الملف الطبي"),
    ("patient_number", "رقم الملف الطبي"),
    ("patient_id_hint", "مدوّن في بطاقة المستشفى أو رسالة الموعد"),
    ("national_id", "الهوية أو الإقامة"),
    ("national_id_number", "رقم الهوية أو الإقامة"),
    ("national_id_empty", "يُرجى إدخال رقم الهوية أو الإقامة"),
    ("switch_to_national_id", "التبديل إلى الهوية أو الإقامة"),
    ("enter_code", "إدخال رمز التحقق"),
    (
        "phone_is_national_id",
        "يبدو أن هذا رقم هوية أو إقامة، وليس رقم جوال. يُرجى التحقق منه.",
    ),
    (
        "national_id_is_phone",
        "يبدو أن هذا رقم جوال، وليس رقم هوية أو إقامة. يُرجى التحقق منه.",
    ),
    (
        "patient_id_is_national_id",
        "يبدو أن هذا رقم هوية أو إقامة. إن كان كذلك، فيُرجى اختيار «الهوية أو الإقامة» أعلاه.",
    ),
    (
        "phone_short",
        "رقم الجوال ناقص. الرقم السعودي 10 أرقام ويبدأ بـ 05.",
    ),
    (
        "national_id_short",
        "الرقم ناقص. رقم الهوية أو الإقامة 10 أرقام.",
    ),
    (
        "phone_country",
        "رمز الدولة هذا غير مقبول هنا. يُرجى إدخال الرقم المسجّل لدى المستشفى.",
    ),
    (
        "phone_not_saudi",
        "الرقم السعودي 10 أرقام ويبدأ بـ 05. يُرجى التحقق من رقمك.",
    ),
    ("read_as", "الرقم الذي سنستخدمه:"),
    (
        "not_found",
        "لم نجد ملفًا بهذه البيانات. يُرجى التحقق من الرقمين. إذا تغيّر رقم جوالك، فيمكن تحديثه لدى المستشفى.",
    ),
    ("signing_out_in", "حفاظًا على خصوصيتك، سيتم تسجيل خروجك بعد"),
    (
        "ended_elsewhere",
        "تم تسجيل خروجك من علامة تبويب أخرى. يُرجى تسجيل الدخول من جديد.",
    ),
    (
        "bad_answer",
        "حدث خطأ من جهتنا. يُرجى المحاولة مرة أخرى لاحقًا.",
    ),
    (
        "patient_intro",
        "للاطلاع على بياناتك وعناوينك المسجّلة لدى المستشفى.",
    ),
    (
        "download_hint",
        "يحفظ الملف ما يظهر في هذه الصفحة. البيانات المخفية تبقى مخفية.",
    ),
    ("bar_code", "الباركود"),
    ("back_to_start", "العودة إلى الصفحة الرئيسية"),
    ("account_expired", "ساري"),
    ("account_expired", "منتهي الصلاحية"),
    ("role", "القائم بالفحص الصحي"),
    ("role", "ممارس صحي"),
    ("role", "عامل صحي مجتمعي"),
    ("role", "مساعد صحة الأم والطفل"),
    ("role", "ممرض/ممرضة"),
    ("role", "ممرض مسجّل/ممرضة مسجّلة"),
    ("role", "ممرض/ممرضة صحة مجتمعية"),
    ("role", "مسؤول النظام العام"),
];

#[test]
fn texts_that_readers_asked_for_are_in_the_tables() {
    let texts = all();
    for (key, text) in AGREED {
        let found = (key.to_owned(), text.to_owned());
        let is_there = texts
            .iter()
            .any(|(key, text)| *key == found.0 && *text == found.1);
        assert!(is_there, "{key}: {text}");
    }
}
