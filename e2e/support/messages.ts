// The portal's texts as people read them, in each language. A copy apart from the portal's own tables, so
// that an unintended change there fails a test.

export const LANGUAGES = ["en", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Messages {
  locale: string;
  dir: "ltr" | "rtl";
  /** The label of the language button: the other language's own name. */
  otherLanguage: string;
  toDark: string;
  toLight: string;

  patientSignIn: string;
  mobileNumber: string;
  signInWith: string;
  nationalId: string;
  patientId: string;
  nationalIdNumber: string;
  patientIdNumber: string;
  staffSignIn: string;
  username: string;
  password: string;
  showPassword: string;
  hidePassword: string;
  signIn: string;
  signingIn: string;
  signOut: string;

  profile: string;
  addresses: string;
  roles: string;
  pageNotFound: string;
  /** The first word of a button that reveals a masked value. */
  show: string;
  hide: string;
  copy: string;
  copied: string;
  copyRefused: string;
  fullScreen: string;
  close: string;
  download: string;
  qrCode: string;
  barCode: string;
  age: string;
  address: string;
  phone: string;
  map: string;
  localTime: string;
  noRoles: string;

  errorPrefix: string;
  reference: string;
  copyReference: string;
  otherPatient: string;
  errorSummaryTitle: string;
  phoneEmpty: string;
  nationalIdEmpty: string;
  patientIdEmpty: string;
  usernameEmpty: string;
  passwordEmpty: string;
  phoneNotSaudi: string;
  nationalIdNotTen: string;
  notFound: string;
  wrongCredentials: string;
  locked: string;
  noPermission: string;
  noPermissionOtherClient: string;
  blankCredentials: string;
  signInIncomplete: string;
  lockedFor7Minutes: string;
  offline: string;
  unreachable: string;
  timedOut: string;
  serviceDown: string;
  invalidResponse: string;
  tooManyAttempts: string;
  wait1Minute: string;
  wait2Minutes: string;
  wait15Minutes: string;
  configErrorTitle: string;
  readAs: string;
  switchToNationalId: string;
  tryAgainIn: string;
  tryAgainAfter2Minutes: string;
  tryAgainAfter60Seconds: string;
  tryAgainNow: string;
  offlineNotice: string;
  onlineAgain: string;
  timeoutWarningTitle: string;
  signingOutAfter2Minutes: string;
  signingOutAfter60Seconds: string;
  staySignedIn: string;
  signOutNow: string;
  endedByIdleTimeout: string;
  endedByAbsoluteTimeout: string;
  endedInOtherTab: string;
  endedByServer: string;
  endedByOtherPerson: string;
  sessionNotKept: string;
  notSetUp: string;
}

export const MESSAGES: Record<Language, Messages> = {
  en: {
    locale: "en-US",
    dir: "ltr",
    otherLanguage: "العربية",
    toDark: "Dark theme",
    toLight: "Light theme",

    patientSignIn: "Patient sign in",
    mobileNumber: "Mobile number",
    signInWith: "Sign in with",
    nationalId: "National ID",
    patientId: "Patient ID",
    nationalIdNumber: "National ID number",
    patientIdNumber: "Patient ID number",
    staffSignIn: "Staff sign in",
    username: "Email or username",
    password: "Password",
    showPassword: "Show password",
    hidePassword: "Hide password",
    signIn: "Sign in",
    signingIn: "Signing in…",
    signOut: "Sign out",

    profile: "Profile",
    addresses: "Addresses",
    roles: "Roles",
    pageNotFound: "Page not found",
    show: "Show ",
    hide: "Hide ",
    copy: "Copy ",
    copied: "Copied",
    copyRefused:
      "Your browser did not let us copy. Show the text, select it and copy it yourself",
    fullScreen: "Full screen",
    close: "Close",
    download: "Save this page as a file",
    qrCode: "QR code: Patient ID",
    barCode: "Bar code: Patient ID",
    age: "Age",
    address: "Address",
    phone: "Phone",
    map: "Open a map",
    localTime: "Time there now",
    noRoles: "You have no role yet. Ask an administrator for one.",

    reference: "Reference",
    copyReference: "Copy the reference",
    otherPatient: "The service did not send your record, so we do not show it. Tell the hospital",
    errorPrefix: "Error: ",
    errorSummaryTitle: "There is a problem",
    phoneEmpty: "Enter your mobile number",
    nationalIdEmpty: "Enter your National ID number",
    patientIdEmpty: "Enter your Patient ID number",
    usernameEmpty: "Enter your email or username",
    passwordEmpty: "Enter your password",
    phoneNotSaudi: "Mobile numbers here are 05 and 8 more digits. Check yours before you go on",
    nationalIdNotTen:
      "A Saudi National ID or Iqama has 10 digits. Check yours before you go on",
    notFound: "We cannot find a patient with these details. Check both numbers and try again",
    wrongCredentials: "The username or the password is not right. Check both and try again",
    locked:
      "This account is locked. Wait a while or ask an administrator. Trying again does not help",
    lockedFor7Minutes:
      "This account is locked. Wait 7 minutes and try again, or ask an administrator",
    noPermission:
      "You cannot sign in here with your role. Ask an administrator for access",
    noPermissionOtherClient:
      "You cannot sign in here with your role. Choose another option under “Sign in as” and try again",
    blankCredentials: "Enter both your username and your password",
    signInIncomplete:
      "The sign-in service did not finish signing you in. Trying again does not help. Tell your IT team",
    offline: "You are offline. Check your connection and try again",
    unreachable:
      "We cannot reach the service. Check your connection and try again in a few minutes",
    timedOut: "The service is taking too long to answer. Try again in a few minutes",
    serviceDown: "The service is not working right now. Try again in a few minutes",
    invalidResponse: "The service gave an answer we do not understand. Try again in a few minutes",
    tooManyAttempts: "There were too many tries. Wait a few minutes and try again",
    wait1Minute: "There were too many tries. Wait 1 minute and try again",
    wait2Minutes: "There were too many tries. Wait 2 minutes and try again",
    wait15Minutes: "There were too many tries. Wait 15 minutes and try again",
    configErrorTitle: "The portal cannot start",
    readAs: "We read this as",
    switchToNationalId: "Switch to National ID",
    tryAgainIn: "You can try again in",
    tryAgainAfter2Minutes: "You can try again in 2 minutes",
    tryAgainAfter60Seconds: "You can try again in 1 minute",
    tryAgainNow: "You can try again now",
    offlineNotice: "You are offline. What you type stays here. Send it when you are back online",
    onlineAgain: "You are online again",
    timeoutWarningTitle: "Are you still there?",
    signingOutAfter2Minutes: "We will sign you out in 2 minutes",
    signingOutAfter60Seconds: "We will sign you out in 1 minute",
    staySignedIn: "Stay signed in",
    signOutNow: "Sign out now",
    endedByIdleTimeout: "You were signed out because you did nothing for a while. Sign in again to go on",
    endedByAbsoluteTimeout: "You were signed out because your time was up. Sign in again to go on",
    endedInOtherTab: "You were signed out in another tab. Sign in again to go on",
    endedByServer: "Your session has ended. Sign in again",
    endedByOtherPerson: "You were signed out because another person signed in, in another tab. Sign in again to go on",
    sessionNotKept: "You are not signed in: the browser or the service did not keep the session. Allow cookies for this site and try again. If that does not help, tell your IT team",
    notSetUp: "The sign-in service does not accept this portal. Trying again does not help. Tell your IT team",
  },
  ar: {
    locale: "ar-SA",
    dir: "rtl",
    otherLanguage: "English",
    toDark: "المظهر الداكن",
    toLight: "المظهر الفاتح",

    patientSignIn: "دخول المرضى",
    mobileNumber: "رقم الجوال",
    signInWith: "الدخول باستخدام",
    nationalId: "الهوية الوطنية",
    patientId: "رقم المريض",
    nationalIdNumber: "رقم الهوية الوطنية",
    patientIdNumber: "رقم المريض",
    staffSignIn: "دخول الموظفين",
    username: "البريد الإلكتروني أو اسم المستخدم",
    password: "كلمة المرور",
    showPassword: "إظهار كلمة المرور",
    hidePassword: "إخفاء كلمة المرور",
    signIn: "تسجيل الدخول",
    signingIn: "جارٍ تسجيل الدخول…",
    signOut: "تسجيل الخروج",

    profile: "الملف الشخصي",
    addresses: "العناوين",
    roles: "الأدوار",
    pageNotFound: "الصفحة غير موجودة",
    show: "إظهار ",
    hide: "إخفاء ",
    copy: "نسخ ",
    copied: "تم النسخ",
    copyRefused: "لم يسمح المتصفح بالنسخ. أظهر النص وحدّده وانسخه بنفسك",
    fullScreen: "ملء الشاشة",
    close: "إغلاق",
    download: "حفظ هذه الصفحة في ملف",
    qrCode: "رمز QR: رقم المريض",
    barCode: "الرمز الشريطي: رقم المريض",
    age: "العمر",
    address: "العنوان",
    phone: "الهاتف",
    map: "فتح الخريطة",
    localTime: "الوقت هناك الآن",
    noRoles: "ليس لديك دور بعد. اطلب دورًا من المسؤول.",

    reference: "الرقم المرجعي",
    copyReference: "انسخ الرقم المرجعي",
    otherPatient: "لم ترسل الخدمة ملفك، لذلك لا نعرضه. أبلغ المستشفى",
    errorPrefix: "خطأ: ",
    errorSummaryTitle: "هناك مشكلة",
    phoneEmpty: "أدخل رقم جوالك",
    nationalIdEmpty: "أدخل رقم هويتك الوطنية",
    patientIdEmpty: "أدخل رقم ملفك",
    usernameEmpty: "أدخل بريدك الإلكتروني أو اسم المستخدم",
    passwordEmpty: "أدخل كلمة المرور",
    phoneNotSaudi: "أرقام الجوال هنا تبدأ بـ ٠٥ وبعدها ٨ أرقام. راجع رقمك قبل المتابعة",
    nationalIdNotTen: "يتكوّن رقم الهوية السعودية أو الإقامة من ١٠ أرقام. راجع رقمك قبل المتابعة",
    notFound: "لم نجد مريضًا بهذه البيانات. راجع الرقمين وحاول مرة أخرى",
    wrongCredentials: "اسم المستخدم أو كلمة المرور غير صحيحة. راجعهما وحاول مرة أخرى",
    locked:
      "هذا الحساب مقفل. انتظر مدة أو تواصل مع المسؤول. تكرار المحاولة لا يفيد",
    lockedFor7Minutes: "هذا الحساب مقفل. انتظر ٧ دقائق ثم حاول مرة أخرى، أو تواصل مع المسؤول",
    noPermission:
      "صلاحياتك لا تسمح بالدخول من هنا. اطلب الصلاحية من المسؤول",
    noPermissionOtherClient:
      "صلاحياتك لا تسمح بالدخول من هنا. اختر صفة أخرى وحاول مرة أخرى",
    blankCredentials: "أدخل اسم المستخدم وكلمة المرور معًا",
    signInIncomplete:
      "لم تكمل خدمة الدخول تسجيل دخولك. تكرار المحاولة لا يفيد. أبلغ فريق تقنية المعلومات",
    offline: "أنت غير متصل بالإنترنت. تحقق من اتصالك وحاول مرة أخرى",
    unreachable: "تعذّر الوصول إلى الخدمة. تحقق من اتصالك وحاول مرة أخرى بعد دقائق",
    timedOut: "تأخرت الخدمة في الرد. حاول مرة أخرى بعد دقائق",
    serviceDown: "الخدمة متوقفة الآن. حاول مرة أخرى بعد دقائق",
    invalidResponse: "وصلنا من الخدمة رد لم نفهمه. حاول مرة أخرى بعد دقائق",
    tooManyAttempts: "تجاوزت عدد المحاولات المسموح به. انتظر بضع دقائق ثم حاول مرة أخرى",
    wait1Minute: "تجاوزت عدد المحاولات المسموح به. انتظر دقيقة واحدة ثم حاول مرة أخرى",
    wait2Minutes: "تجاوزت عدد المحاولات المسموح به. انتظر دقيقتين ثم حاول مرة أخرى",
    wait15Minutes: "تجاوزت عدد المحاولات المسموح به. انتظر ١٥ دقيقة ثم حاول مرة أخرى",
    configErrorTitle: "تعذّر تشغيل البوابة",
    readAs: "قرأنا الرقم هكذا:",
    switchToNationalId: "التبديل إلى الهوية الوطنية",
    tryAgainIn: "يمكنك المحاولة مرة أخرى بعد",
    tryAgainAfter2Minutes: "يمكنك المحاولة مرة أخرى بعد دقيقتين",
    tryAgainAfter60Seconds: "يمكنك المحاولة مرة أخرى بعد دقيقة واحدة",
    tryAgainNow: "يمكنك المحاولة مرة أخرى الآن",
    offlineNotice: "أنت غير متصل بالإنترنت. يبقى ما تكتبه هنا، وأرسله عند عودة الاتصال",
    onlineAgain: "عاد الاتصال بالإنترنت",
    timeoutWarningTitle: "هل ما زلت هنا؟",
    signingOutAfter2Minutes: "سنسجّل خروجك بعد دقيقتين",
    signingOutAfter60Seconds: "سنسجّل خروجك بعد دقيقة واحدة",
    staySignedIn: "البقاء في الحساب",
    signOutNow: "تسجيل الخروج الآن",
    endedByIdleTimeout: "سُجّل خروجك لعدم وجود نشاط منذ مدة. سجّل الدخول من جديد للمتابعة",
    endedByAbsoluteTimeout: "سُجّل خروجك لانتهاء المدة المسموح بها. سجّل الدخول من جديد للمتابعة",
    endedInOtherTab: "سُجّل خروجك من نافذة أخرى. سجّل الدخول من جديد للمتابعة",
    endedByServer: "انتهت جلستك. سجّل الدخول من جديد",
    endedByOtherPerson: "سُجّل خروجك لأن شخصًا آخر سجّل الدخول في علامة تبويب أخرى. سجّل الدخول من جديد للمتابعة",
    sessionNotKept: "لم يكتمل تسجيل دخولك: لم يحفظ المتصفح أو الخدمة الجلسة. اسمح بملفات تعريف الارتباط لهذا الموقع وحاول مرة أخرى، وإن لم ينفع ذلك فأبلغ فريق تقنية المعلومات",
    notSetUp: "خدمة الدخول لا تقبل هذه البوابة. تكرار المحاولة لا يفيد. أبلغ فريق تقنية المعلومات",
  },
};
