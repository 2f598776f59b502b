//! Arabic, by the style sheet `docs/words.md`.

use ::config::Digits;
use contract::staff::KnownRole;

use super::messages::Messages;

/// Arabic with the digits of the configuration.
pub(super) fn messages(digits: Digits) -> &'static Messages {
    match digits {
        Digits::Latn => &MESSAGES,
        Digits::Arab => &ARABIC_INDIC,
    }
}

/// Arabic with Latin digits.
pub(super) static MESSAGES: Messages = TABLE;

/// Arabic with Arabic-Indic digits.
static ARABIC_INDIC: Messages = Messages {
    zero: '٠', ..TABLE
};

const TABLE: Messages = Messages {
    code: "ar",
    dir: "rtl",
    locale: "ar-SA",
    zero: '0',
    own_name: "العربية",

    skip_to_content: "الانتقال إلى المحتوى الرئيسي",
    theme_dark: "المظهر الداكن",
    theme_light: "المظهر الفاتح",
    help_call: "للمساعدة، يُرجى الاتصال على",
    foot_links: "معلومات (تُفتح في علامة تبويب جديدة)",
    title_error: "خطأ: ",
    offline_notice: "لا يوجد اتصال بالإنترنت. ما كتبته باقٍ في هذه الصفحة، ويمكن إرساله بعد عودة الاتصال.",
    online_again: "عاد الاتصال بالإنترنت",

    error_summary_title: "هناك مشكلة",
    error_prefix: "خطأ: ",
    reference: "عند طلب المساعدة، يُرجى ذكر الرقم المرجعي:",
    copy_reference: "نسخ الرقم المرجعي",
    sign_in: "تسجيل الدخول",
    countdown_units: [" دقيقة", " ساعة"],
    try_again_in: "يمكنك المحاولة مرة أخرى بعد",
    signing_in: "جارٍ تسجيل الدخول…",

    patient_sign_in: "دخول المرضى",
    patient_intro: "للاطلاع على بياناتك وعناوينك المسجّلة لدى المستشفى.",
    mobile_number: "رقم الجوال",
    mobile_number_hint: "الرقم المسجّل لدى المستشفى،\nمثل \u{2066}050\u{a0}123\u{a0}4567\u{2069}",
    sign_in_with: "الدخول باستخدام",
    national_id: "الهوية أو الإقامة",
    patient_id: "رقم الملف الطبي",
    national_id_number: "رقم الهوية أو الإقامة",
    national_id_hint: "الأرقام العشرة في بطاقة الهوية أو الإقامة",
    patient_id_number: "رقم الملف الطبي",
    patient_id_hint: "مدوّن في بطاقة المستشفى أو رسالة الموعد",
    to_staff: "دخول الموظفين",
    switch_to_national_id: "التبديل إلى الهوية أو الإقامة",

    sign_in_help: "المساعدة في الدخول",
    help_patient_id: "عند عدم معرفة رقم الملف الطبي\nيُرجى البحث عنه في بطاقة المستشفى أو رسالة الموعد، أو اختيار «الهوية أو الإقامة».",
    help_no_id: "دون هوية أو إقامة\nيُرجى اختيار «رقم الملف الطبي» وإدخال الرقم المدوّن في بطاقة المستشفى أو رسالة الموعد.",
    help_number: "رقم جوال جديد أو من دولة أخرى\nإذا تغيّر رقم جوالك أو لم تقبله هذه الصفحة، فيُرجى طلب تغيير الرقم المسجّل لدى المستشفى.",
    help_child: "للاطلاع على ملف طفل\nيُرجى إدخال رقم الهوية أو الإقامة أو رقم الملف الطبي للطفل، ورقم الجوال المسجّل له لدى المستشفى.",
    other_ways: "الدخول بطريقة أخرى",
    forgot_password: "نسيت كلمة المرور؟",
    staff_sign_in: "دخول الموظفين",
    staff_intro: "للاطلاع على بياناتك وصلاحياتك.",
    username: "البريد الإلكتروني أو اسم المستخدم",
    password: "كلمة المرور",
    show_password: "إظهار كلمة المرور",
    hide_password: "إخفاء كلمة المرور",
    password_shown: "كلمة المرور ظاهرة",
    password_hidden: "كلمة المرور مخفية",
    caps_lock: "مفتاح الأحرف الكبيرة Caps Lock مفعّل",
    arabic_password: "كُتب جزء من هذا بلوحة مفاتيح عربية",
    staff_client: "فئة الموظفين",
    to_patient: "دخول المرضى",

    offline: "لا يوجد اتصال بالإنترنت. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",
    unreachable: "تعذّر الوصول إلى الخدمة. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",

    phone_empty: "يُرجى إدخال رقم الجوال",
    phone_characters: "يُرجى إدخال رقم الجوال بالأرقام فقط، مثل \u{2066}050\u{a0}123\u{a0}4567\u{2069}",
    phone_country: "رمز الدولة هذا غير مقبول هنا. يُرجى إدخال الرقم المسجّل لدى المستشفى.",
    phone_short: "رقم الجوال ناقص. الرقم السعودي 10 أرقام ويبدأ بـ 05.",
    phone_long: "رقم الجوال أطول من اللازم. الرقم السعودي 10 أرقام ويبدأ بـ 05.",
    phone_not_saudi: "الرقم السعودي 10 أرقام ويبدأ بـ 05. يُرجى التحقق من رقمك.",
    phone_is_national_id: "يبدو أن هذا رقم هوية أو إقامة، وليس رقم جوال. يُرجى التحقق منه.",
    national_id_empty: "يُرجى إدخال رقم الهوية أو الإقامة",
    national_id_characters: "يُرجى إدخال رقم الهوية أو الإقامة بالأرقام فقط",
    national_id_short: "الرقم ناقص. رقم الهوية أو الإقامة 10 أرقام.",
    national_id_long: "الرقم أطول من اللازم. رقم الهوية أو الإقامة 10 أرقام.",
    national_id_not_ten: "رقم الهوية أو الإقامة 10 أرقام. يُرجى التحقق من رقمك.",
    national_id_first_digit: "يبدأ رقم الهوية بـ 1 ورقم الإقامة بـ 2. إن كان رقمك غير ذلك، فيُرجى اختيار «رقم الملف الطبي».",
    national_id_check_digit: "يبدو أن أحد الأرقام غير صحيح. يُرجى التحقق من رقمك.",
    national_id_is_phone: "يبدو أن هذا رقم جوال، وليس رقم هوية أو إقامة. يُرجى التحقق منه.",
    patient_id_empty: "يُرجى إدخال رقم الملف الطبي",
    patient_id_characters: "يُرجى إدخال رقم الملف الطبي بالحروف والأرقام والشرطة (-) والشرطة المائلة (/) فقط",
    patient_id_long: "الرقم أطول من اللازم. رقم الملف الطبي 32 خانة على الأكثر.",
    patient_id_is_national_id: "يبدو أن هذا رقم هوية أو إقامة. إن كان كذلك، فيُرجى اختيار «الهوية أو الإقامة» أعلاه.",
    read_as: "الرقم الذي سنستخدمه:",
    username_empty: "يُرجى إدخال البريد الإلكتروني أو اسم المستخدم",
    password_empty: "يُرجى إدخال كلمة المرور",
    try_again_after: |seconds| ["يمكنك المحاولة مرة أخرى بعد ", &time(seconds)].concat(),
    try_again_now: "يمكنك المحاولة مرة أخرى الآن",
    page_not_found: "الصفحة غير موجودة",
    page_not_found_body: "لا توجد صفحة على هذا الرابط. إن كتبته بنفسك، فيُرجى التحقق منه.",
    back_to_start: "العودة إلى الصفحة الرئيسية",
    config_error: "تعذّر تشغيل البوابة",
    config_error_body: "لم تُضبط إعدادات البوابة كما يجب. يُرجى إبلاغ المستشفى.",
    config_not_json: "لفريق تقنية المعلومات: الملف config.json ليس بصيغة JSON.",
    config_mistakes: "لفريق تقنية المعلومات، في الملف config.json:",
    config_unreachable: "لم يكتمل تحميل البوابة. يُرجى التحقق من الاتصال وإعادة تحميل الصفحة.",

    menu: "صفحاتك",
    profile: "الملف الشخصي",
    addresses: "العناوين",
    roles: "الصلاحيات",
    sign_out: "تسجيل الخروج",

    not_found: "لم نجد ملفًا بهذه البيانات. يُرجى التحقق من الرقمين. إذا تغيّر رقم جوالك، فيمكن تحديثه لدى المستشفى.",
    wrong_credentials: "البريد الإلكتروني أو اسم المستخدم أو كلمة المرور غير صحيحة. يُرجى التحقق منها والمحاولة مرة أخرى.",
    account_locked: "الدخول بهذا البريد أو اسم المستخدم مقفل. تكرار المحاولة لا يفيد. يُرجى طلب فتحه من مسؤول النظام.",
    account_locked_minutes: |count| {
        [
            "الدخول بهذا البريد أو اسم المستخدم مقفل. يُرجى المحاولة مرة أخرى بعد ",
            &minutes(count),
            "، أو طلب فتحه من مسؤول النظام.",
        ]
        .concat()
    },
    no_permission: "صلاحياتك لا تسمح بالدخول من هنا. يُرجى طلب الصلاحية من مسؤول النظام.",
    no_permission_other_entrance: "صلاحياتك لا تسمح بالدخول من هنا. يُرجى اختيار خيار آخر تحت «فئة الموظفين» والمحاولة مرة أخرى.",
    blank_credentials: "يُرجى إدخال البريد الإلكتروني أو اسم المستخدم، وكلمة المرور",
    not_a_sign_in: "لم تكمل الخدمة تسجيل دخولك. تكرار المحاولة لا يفيد. يُرجى إبلاغ فريق تقنية المعلومات.",
    timed_out: "تأخرت الخدمة في الرد. يُرجى المحاولة مرة أخرى لاحقًا.",
    service_down: "الخدمة متوقفة الآن. يُرجى المحاولة مرة أخرى لاحقًا.",
    bad_answer: "حدث خطأ من جهتنا. يُرجى المحاولة مرة أخرى لاحقًا.",
    other_patient: "لم تصلنا بياناتك، لذلك لا يمكن عرضها. يُرجى إبلاغ المستشفى.",
    too_many_tries: "تم تجاوز عدد المحاولات المسموح به. يُرجى المحاولة مرة أخرى لاحقًا.",
    too_many_tries_minutes: |count| {
        [
            "تم تجاوز عدد المحاولات المسموح به. يُرجى المحاولة مرة أخرى بعد ",
            &minutes(count),
            ".",
        ]
        .concat()
    },
    service_down_minutes: |count| {
        [
            "الخدمة متوقفة الآن. يُرجى المحاولة مرة أخرى بعد ",
            &minutes(count),
            ".",
        ]
        .concat()
    },
    redirected: "تعذّر الوصول إلى الخدمة من هذه الصفحة. يُرجى إعادة تحميل الصفحة والمحاولة مرة أخرى.",
    reload: "إعادة تحميل الصفحة",
    not_set_up: "الخدمة لا تقبل هذه البوابة. تكرار المحاولة لا يفيد. يُرجى إبلاغ فريق تقنية المعلومات.",
    session_not_kept: "لم يحفظ المتصفح تسجيل دخولك. يُرجى السماح بملفات تعريف الارتباط لهذا الموقع والمحاولة مرة أخرى. إن لم ينفع ذلك، فيُرجى إبلاغ فريق تقنية المعلومات.",
    session_over: "انتهت جلستك. يُرجى تسجيل الدخول من جديد.",
    not_allowed: "صلاحياتك لا تسمح بالاطلاع على هذا. يُرجى طلب الصلاحية من مسؤول النظام.",
    enter_code: "إدخال رمز التحقق",
    code_intro: |ending| {
        [
            "أرسلنا رمز التحقق في رسالة نصية إلى الجوال المنتهي بـ\u{a0}",
            ending,
            ". قد يتأخر وصولها.",
        ]
        .concat()
    },
    code_idle: "لم تُستخدم هذه الصفحة منذ مدة، لذلك حُذف ما كتبته. يُرجى تسجيل الدخول من جديد.",
    form_emptied: "لم تُستخدم هذه الصفحة منذ مدة، لذلك حُذف ما كُتب فيها. يُرجى إدخال البيانات من جديد.",
    code_page_lost: "أُغلقت صفحة رمز التحقق في جهازك. يُرجى تسجيل الدخول من جديد للحصول على رمز جديد.",
    one_time_code: "رمز التحقق",
    code_hint: "الأرقام المذكورة في الرسالة النصية",
    code_empty: "يُرجى إدخال رمز التحقق المذكور في الرسالة النصية",
    code_characters: "يُرجى إدخال أرقام رمز التحقق فقط",
    code_length: "يُرجى إدخال جميع أرقام رمز التحقق",
    code_wrong: "رمز التحقق غير صحيح. يُرجى مراجعة الرسالة النصية وإدخال الرمز مرة أخرى.",
    code_over: "لم يعد هذا الرمز صالحًا. يُرجى طلب رمز جديد.",
    code_none_left: "لا يمكن إرسال رمز آخر لهذه المحاولة. يُرجى الرجوع وتسجيل الدخول من جديد.",
    code_sent_again: "أرسلنا رمزًا جديدًا. يُرجى استخدام الرمز الجديد.",
    send_code_again: "إرسال رمز جديد",
    sending_code: "جارٍ إرسال رمز جديد…",
    code_again_in: "يمكنك طلب رمز جديد بعد",
    code_again_after: |seconds| ["يمكنك طلب رمز جديد بعد ", &time(seconds)].concat(),
    code_again_now: "يمكنك طلب رمز جديد الآن",
    code_back: "الرجوع وتعديل بيانات الدخول",

    still_there: "هل ما زلت هنا؟",
    time_ends: "تنتهي جلستك قريبًا",
    signing_out_in: "حفاظًا على خصوصيتك، سيتم تسجيل خروجك بعد",
    signing_out_after: |seconds| ["سيتم تسجيل خروجك بعد ", &time(seconds)].concat(),
    stay: "الاستمرار دون تسجيل الخروج",
    sign_out_now: "تسجيل الخروج الآن",
    signed_out: "تم تسجيل خروجك",
    ended_idle: "تم تسجيل خروجك لعدم استخدام الصفحة منذ مدة. يُرجى تسجيل الدخول من جديد.",
    ended_absolute: "تم تسجيل خروجك حفاظًا على خصوصيتك. يُرجى تسجيل الدخول من جديد.",
    ended_by_other_person: "تم تسجيل خروجك بسبب تسجيل دخول آخر في علامة تبويب أخرى. يُرجى تسجيل الدخول من جديد.",
    ended_elsewhere: "تم تسجيل خروجك من علامة تبويب أخرى. يُرجى تسجيل الدخول من جديد.",

    continue_to: "المتابعة إلى",
    terms_to_accept: "لم تُقبل شروط الاستخدام بعد. قد يُطلب منك قبولها.",
    onward_in: "سيتم الانتقال تلقائيًا بعد",
    onward_after: |seconds| {
        [
            "سيتم الانتقال تلقائيًا بعد ",
            &time(seconds),
            ". للبقاء، يُرجى اختيار «البقاء هنا».",
        ]
        .concat()
    },
    onward_stopped: "تم البقاء في هذه الصفحة",
    stay_here: "البقاء هنا",

    about_you: "بياناتك",
    contact: "التواصل",
    name: "الاسم",
    name_other_script: "الاسم بالإنجليزية",
    first_name: "الاسم الأول",
    middle_name: "الاسم الأوسط",
    last_name: "اسم العائلة",
    patient_number: "رقم الملف الطبي",
    show: "إظهار",
    hide: "إخفاء",
    masked: |ending| match ending {
        "" => "قيمة مخفية".to_owned(),
        _ => ["قيمة مخفية تنتهي بـ ", ending].concat(),
    },
    copy: "نسخ",
    copied: "تم النسخ",
    copy_refused: "لم يسمح المتصفح بالنسخ. يُرجى إظهار النص وتحديده ونسخه.",
    print: "طباعة هذه الصفحة",
    support: "تفاصيل للدعم",
    download: "حفظ هذه الصفحة في ملف",
    download_hint: "يحفظ الملف ما يظهر في هذه الصفحة. البيانات المخفية تبقى مخفية.",
    check_in_card: "بطاقة تسجيل الوصول",
    check_in_hint: "يُرجى إبراز البطاقة في الاستقبال لقراءة أحد الرمزين.",
    qr_code: "رمز QR",
    bar_code: "الباركود",
    full_screen: "ملء الشاشة",
    close: "إغلاق",
    email: "البريد الإلكتروني",
    date_of_birth: "تاريخ الميلاد",
    date_of_birth_hijri: "تاريخ الميلاد (هجري)",
    computed: "محسوب من تاريخ ميلادك",
    hijri_era: "هـ",
    age: "العمر",
    gender: "الجنس",
    male: "ذكر",
    female: "أنثى",
    unknown: "غير معروف",
    marital_status: "الحالة الاجتماعية",
    marital_status_code: "رمز الحالة الاجتماعية",
    nationality: "الجنسية",
    nationality_code: "رمز الجنسية",
    occupation: "المهنة",
    id_type: "نوع الهوية",
    code_number: |code| ["الرمز ", code].concat(),
    billing_address: "عنوان الفواتير",
    shipping_address: "عنوان التوصيل",
    both_addresses: "عنوان الفواتير والتوصيل",
    no_addresses: "لا يوجد لدى المستشفى عنوان لك.",
    nothing_on_record: "لا توجد لدى المستشفى بيانات أخرى عنك.",
    address: "العنوان",
    phone: "الهاتف",
    fax: "الفاكس",
    country: "الدولة",
    coordinates: "الموقع على الخريطة",
    map: "عرض على الخريطة",
    map_notice: |site| {
        [
            "يفتح هذا الرابط موقعًا إلكترونيًا أو تطبيقًا آخر. يُرسَل مكان هذا العنوان إلى ",
            site,
            ".",
        ]
        .concat()
    },
    map_app: "تطبيق الخرائط لديك",
    map_new_tab: "يُفتح في علامة تبويب جديدة.",

    your_roles: "صلاحياتك",
    role,
    role_task,
    no_roles: "لم تُمنح لك صلاحيات بعد. يُرجى التواصل مع مسؤول النظام.",
    role_number: "رقم الدور الوظيفي",
    role_name: "اسم الدور الوظيفي",
    role_level: "المستوى",
    role_authority: "رمز الصلاحية",
    created_by: "أنشأه المستخدم",
    updated_by: "حدّثه المستخدم",
    created_at: "تاريخ الإنشاء",
    updated_at: "تاريخ التحديث",
    status: "الحالة",
    deleted: ["غير محذوف", "محذوف"],
    account: "الحساب",
    user_number: "رقم المستخدم",
    signed_in: "تم تسجيل الدخول باسم",
    signed_in_as: "اسم المستخدم",
    subject: "مرجع الدخول",
    active: ["غير مفعّل", "مفعّل"],
    account_expired: ["ساري", "منتهي الصلاحية"],
    account_is_locked: ["غير مقفل", "مقفل"],
    credentials_expired: ["كلمة المرور سارية", "كلمة المرور منتهية الصلاحية"],
    blocked: ["غير محظور", "محظور"],
    super_user: ["بصلاحيات محدودة", "بصلاحيات كاملة"],
    terms_accepted: ["لم تُقبل الشروط", "قُبلت الشروط"],
    workplace: "مكان العمل",
    organization: "المنشأة",
    organization_number: "رقم المنشأة",
    suite_access: "التطبيقات المتاحة لك",
    tenant: "رقم الجهة",
    country_number: "رقم الدولة",
    country_code: "رمز الاتصال الدولي",
    country_tenant: "رقم الجهة للدولة",
    measurement_units: "وحدات القياس",
    metric: "متري (كيلوغرام، سنتيمتر)",
    imperial: "إمبراطوري (رطل، بوصة)",
    time_zone: "المنطقة الزمنية",
    time_zone_number: "رقم المنطقة الزمنية",
    time_zone_offset: "فرق الساعات عن التوقيت العالمي",
    server_time: "وقت الدخول",
    device_number: "رقم الجهاز",
    culture: "اللغة والتنسيق",
    culture_number: "رقم اللغة",
};

fn time(seconds: u32) -> String {
    let (count, [one, two, few, many]) = match seconds {
        0..60 => (seconds, ["ثانية واحدة", "ثانيتين", " ثوانٍ", " ثانية"]),
        60..7_200 => (
            seconds.div_ceil(60),
            ["دقيقة واحدة", "دقيقتين", " دقائق", " دقيقة"],
        ),
        7_200..172_800 => (
            seconds.div_ceil(3_600),
            ["ساعة واحدة", "ساعتين", " ساعات", " ساعة"],
        ),
        172_800.. => (
            seconds.div_ceil(86_400),
            ["يوم واحد", "يومين", " أيام", " يومًا"],
        ),
    };
    counted(count, one, two, few, many)
}

fn minutes(count: u32) -> String {
    time(count.saturating_mul(60))
}

/// The plural forms of Arabic; "one" and "two" say the number in the noun itself.
fn counted(count: u32, one: &str, two: &str, few: &str, many: &str) -> String {
    match (count, count % 100) {
        (0 | 1, _) => one.to_owned(),
        (2, _) => two.to_owned(),
        (_, 3..=10) => [&count.to_string(), few].concat(),
        _ => [&count.to_string(), many].concat(),
    }
}

/// Job titles in Arabic, not the English names in Arabic letters.
fn role(role: KnownRole) -> &'static str {
    match role {
        KnownRole::SuperUser => "مستخدم بصلاحيات كاملة",
        KnownRole::SuperAdmin => "مسؤول النظام العام",
        KnownRole::RegionAdmin => "مسؤول المنطقة",
        KnownRole::AccountAdmin => "مسؤول الحساب",
        KnownRole::OperatingUnitAdmin => "مسؤول الوحدة التشغيلية",
        KnownRole::ReportAdmin => "مسؤول التقارير",
        KnownRole::HealthCoach => "مدرب صحي",
        KnownRole::HealthScreener => "القائم بالفحص الصحي",
        KnownRole::Hrio => "مسؤول السجلات والمعلومات الصحية",
        KnownRole::LabTechnician => "فني مختبر",
        KnownRole::Nurse => "ممرض/ممرضة",
        KnownRole::Nutritionist => "أخصائي تغذية",
        KnownRole::Pharmacist => "صيدلي",
        KnownRole::PhysicianPrescriber => "طبيب مخوّل بوصف الأدوية",
        KnownRole::Provider => "ممارس صحي",
        KnownRole::RedRiskUser => "متابعة المرضى ذوي الخطورة العالية",
        KnownRole::SystemAdmin => "مسؤول النظام",
        KnownRole::Employee => "موظف",
        KnownRole::Job => "مهمة آلية",
        KnownRole::EmrReportAdmin => "مسؤول تقارير السجلات الطبية",
        KnownRole::EmrRegionAdmin => "مسؤول السجلات الطبية في المنطقة",
        KnownRole::EmrAccountAdmin => "مسؤول السجلات الطبية في الحساب",
        KnownRole::EmrOperatingUnitAdmin => "مسؤول السجلات الطبية في الوحدة التشغيلية",
        KnownRole::EmrSiteAdmin => "مسؤول السجلات الطبية في الموقع",
        KnownRole::Chw => "عامل صحي مجتمعي",
        KnownRole::PeerSupervisor => "مشرف الأقران",
        KnownRole::HealthFacilityAdmin => "مسؤول المنشأة الصحية",
        KnownRole::Sechn => "ممرض/ممرضة صحة مجتمعية",
        KnownRole::Mcha => "مساعد صحة الأم والطفل",
        KnownRole::Cha => "مساعد صحة مجتمعية",
        KnownRole::Midwife => "قابلة",
        KnownRole::LabAssistant => "مساعد مختبر",
        KnownRole::Srn => "ممرض مسجّل/ممرضة مسجّلة",
        KnownRole::DistrictAdmin => "مسؤول المقاطعة",
        KnownRole::ChiefdomAdmin => "مسؤول المشيخة",
    }
}

/// What a role does, as a noun of action: neutral in gender.
fn role_task(role: KnownRole) -> Option<&'static str> {
    Some(match role {
        KnownRole::SuperUser | KnownRole::SuperAdmin | KnownRole::SystemAdmin => {
            "إدارة المستخدمين والإعدادات في النظام كله"
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
        | KnownRole::EmrSiteAdmin => "إدارة المستخدمين والإعدادات في جزء من النظام",
        KnownRole::ReportAdmin | KnownRole::EmrReportAdmin => "إدارة التقارير",
        KnownRole::HealthCoach => "مساعدة المرضى على عيش حياة صحية",
        KnownRole::HealthScreener => "فحص الأشخاص بحثًا عن علامات المرض",
        KnownRole::Hrio => "حفظ السجلات الصحية",
        KnownRole::LabTechnician | KnownRole::LabAssistant => "العمل في الفحوص المخبرية",
        KnownRole::Nurse | KnownRole::Srn | KnownRole::Provider => "رعاية المرضى",
        KnownRole::Nutritionist => "إرشاد المرضى في التغذية",
        KnownRole::Pharmacist => "صرف الأدوية",
        KnownRole::PhysicianPrescriber => "معاينة المرضى ووصف الأدوية",
        KnownRole::Chw | KnownRole::Cha | KnownRole::Sechn => "رعاية الناس في أماكن سكنهم",
        KnownRole::Mcha => "رعاية الأمهات والأطفال",
        KnownRole::Midwife => "رعاية الأمهات والمواليد",
        KnownRole::Employee
        | KnownRole::Job
        | KnownRole::PeerSupervisor
        | KnownRole::RedRiskUser => return None,
    })
}
