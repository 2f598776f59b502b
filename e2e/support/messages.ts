// The portal's texts as people read them, in each language. A copy apart from the portal's own tables, so
// that an unintended change there fails a test.

export const LANGUAGES = ["en", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Messages {
  locale: string;
  dir: "ltr" | "rtl";
  /** The label of the language button: the other language's own name. */
  otherLanguage: string;
  continueTo: string;
  stayHere: string;
  onwardStopped: string;
  termsToAccept: string;
  otherWays: string;
  forgotPassword: string;
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
  /** The link from the patient to the staff sign-in page. */
  toStaff: string;
  username: string;
  password: string;
  showPassword: string;
  hidePassword: string;
  signIn: string;
  signingIn: string;
  signOut: string;
  signedOut: string;
  signInHelp: string;

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
  support: string;
  print: string;
  download: string;
  qrCode: string;
  barCode: string;
  age: string;
  address: string;
  phone: string;
  map: string;
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
  redirected: string;
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

    continueTo: "Continue to",
    stayHere: "Stay here",
    onwardStopped: "You stay on this page",
    termsToAccept: "You have not accepted the terms of use. You may be asked to.",
    otherWays: "Sign in another way",
    forgotPassword: "Forgot password?",
    patientSignIn: "Patient sign in",
    mobileNumber: "Mobile number",
    signInWith: "Sign in with",
    nationalId: "National ID or Iqama",
    patientId: "Patient ID",
    nationalIdNumber: "National ID or Iqama number",
    patientIdNumber: "Patient ID number",
    staffSignIn: "Staff sign in",
    toStaff: "Work here? Staff sign in",
    username: "Email or username",
    password: "Password",
    showPassword: "Show password",
    hidePassword: "Hide password",
    signIn: "Sign in",
    signingIn: "Signing in…",
    signOut: "Sign out",
    signedOut: "You are signed out",
    signInHelp: "Help with signing in",

    profile: "Profile",
    addresses: "Addresses",
    roles: "Roles",
    pageNotFound: "Page not found",
    show: "Show ",
    hide: "Hide ",
    copy: "Copy ",
    copied: "Copied",
    copyRefused:
      "Your browser did not let us copy. Show the text, select it and copy it yourself.",
    fullScreen: "Full screen",
    close: "Close",
    support: "Details for support",
    print: "Print this page",
    download: "Save this page as a file",
    qrCode: "QR code: Patient ID",
    barCode: "Bar code: Patient ID",
    age: "Age",
    address: "Address",
    phone: "Phone",
    map: "Show on a map",
    noRoles: "You have no role yet. Ask an administrator for one.",

    reference: "If you ask for help, give this reference:",
    copyReference: "Copy the reference",
    otherPatient: "We did not get your details, so we cannot show them. Tell the hospital.",
    errorPrefix: "Error: ",
    errorSummaryTitle: "There is a problem",
    phoneEmpty: "Enter your mobile number",
    nationalIdEmpty: "Enter your National ID or Iqama number",
    patientIdEmpty: "Enter your Patient ID number",
    usernameEmpty: "Enter your email or username",
    passwordEmpty: "Enter your password",
    phoneNotSaudi: "Saudi mobile numbers have 10 digits and start with 05. Check yours.",
    nationalIdNotTen:
      "A National ID or Iqama number has 10 digits. Check yours.",
    notFound: "We cannot find a patient with these details. Check both numbers. If your mobile number has changed, ask the hospital to update it.",
    wrongCredentials: "The email, username or password is not right. Check them and try again.",
    locked:
      "Sign-in with this email or username is locked. Trying again does not help. Ask an administrator to unlock it.",
    lockedFor7Minutes:
      "Sign-in with this email or username is locked. Wait 7 minutes and try again, or ask an administrator to unlock it.",
    noPermission:
      "You cannot sign in here with your role. Ask an administrator for access.",
    noPermissionOtherClient:
      "You cannot sign in here with your role. Choose another option under “Sign in as” and try again.",
    blankCredentials: "Enter your email or username, and your password",
    signInIncomplete:
      "The service did not finish signing you in. Trying again does not help. Tell your IT team.",
    offline: "You are offline. Check your connection and try again.",
    redirected: "We cannot reach the service from this page. Reload the page and try again.",
    unreachable:
      "We cannot reach the service. Check your connection and try again.",
    timedOut: "The service is taking too long to answer. Try again later.",
    serviceDown: "The service is not working right now. Try again later.",
    invalidResponse: "Something went wrong on our side. Try again later.",
    tooManyAttempts: "There were too many tries. Try again later.",
    wait1Minute: "There were too many tries. Wait 1 minute and try again.",
    wait2Minutes: "There were too many tries. Wait 2 minutes and try again.",
    wait15Minutes: "There were too many tries. Wait 15 minutes and try again.",
    configErrorTitle: "The portal cannot start",
    readAs: "The number we will use:",
    switchToNationalId: "Switch to National ID or Iqama",
    tryAgainIn: "You can try again in",
    tryAgainAfter2Minutes: "You can try again in 2 minutes",
    tryAgainAfter60Seconds: "You can try again in 1 minute",
    tryAgainNow: "You can try again now",
    offlineNotice: "You are offline. What you typed is still on this page. Try again when you are back online.",
    onlineAgain: "You are online again",
    timeoutWarningTitle: "Are you still there?",
    signingOutAfter2Minutes: "We will sign you out in 2 minutes",
    signingOutAfter60Seconds: "We will sign you out in 1 minute",
    staySignedIn: "Stay signed in",
    signOutNow: "Sign out now",
    endedByIdleTimeout: "You were signed out because the page was not used for a while. Sign in again.",
    endedByAbsoluteTimeout: "You were signed out to keep your record safe. Sign in again.",
    endedInOtherTab: "You were signed out in another tab. Sign in again.",
    endedByServer: "Your session has ended. Sign in again.",
    endedByOtherPerson: "You were signed out because of another sign-in in another tab. Sign in again.",
    sessionNotKept: "Your browser did not keep you signed in. Allow cookies for this site and try again. If that does not help, tell your IT team.",
    notSetUp: "The service does not accept this portal. Trying again does not help. Tell your IT team.",
  },
  ar: {
    locale: "ar-SA",
    dir: "rtl",
    otherLanguage: "English",
    toDark: "المظهر الداكن",
    toLight: "المظهر الفاتح",

    continueTo: "المتابعة إلى",
    stayHere: "البقاء هنا",
    onwardStopped: "تم البقاء في هذه الصفحة",
    termsToAccept: "لم تُقبل شروط الاستخدام بعد. قد يُطلب منك قبولها.",
    otherWays: "الدخول بطريقة أخرى",
    forgotPassword: "نسيت كلمة المرور؟",
    patientSignIn: "دخول المرضى",
    mobileNumber: "رقم الجوال",
    signInWith: "الدخول باستخدام",
    nationalId: "الهوية أو الإقامة",
    patientId: "رقم الملف الطبي",
    nationalIdNumber: "رقم الهوية أو الإقامة",
    patientIdNumber: "رقم الملف الطبي",
    staffSignIn: "دخول الموظفين",
    toStaff: "دخول الموظفين",
    username: "البريد الإلكتروني أو اسم المستخدم",
    password: "كلمة المرور",
    showPassword: "إظهار كلمة المرور",
    hidePassword: "إخفاء كلمة المرور",
    signIn: "تسجيل الدخول",
    signingIn: "جارٍ تسجيل الدخول…",
    signOut: "تسجيل الخروج",
    signedOut: "تم تسجيل خروجك",
    signInHelp: "المساعدة في الدخول",

    profile: "الملف الشخصي",
    addresses: "العناوين",
    roles: "الصلاحيات",
    pageNotFound: "الصفحة غير موجودة",
    show: "إظهار ",
    hide: "إخفاء ",
    copy: "نسخ ",
    copied: "تم النسخ",
    copyRefused: "لم يسمح المتصفح بالنسخ. يُرجى إظهار النص وتحديده ونسخه.",
    fullScreen: "ملء الشاشة",
    close: "إغلاق",
    support: "تفاصيل للدعم",
    print: "طباعة هذه الصفحة",
    download: "حفظ هذه الصفحة في ملف",
    qrCode: "رمز QR: رقم الملف الطبي",
    barCode: "الباركود: رقم الملف الطبي",
    age: "العمر",
    address: "العنوان",
    phone: "الهاتف",
    map: "عرض على الخريطة",
    noRoles: "لم تُمنح لك صلاحيات بعد. يُرجى التواصل مع مسؤول النظام.",

    reference: "عند طلب المساعدة، يُرجى ذكر الرقم المرجعي:",
    copyReference: "نسخ الرقم المرجعي",
    otherPatient: "لم تصلنا بياناتك، لذلك لا يمكن عرضها. يُرجى إبلاغ المستشفى.",
    errorPrefix: "خطأ: ",
    errorSummaryTitle: "هناك مشكلة",
    phoneEmpty: "يُرجى إدخال رقم الجوال",
    nationalIdEmpty: "يُرجى إدخال رقم الهوية أو الإقامة",
    patientIdEmpty: "يُرجى إدخال رقم الملف الطبي",
    usernameEmpty: "يُرجى إدخال البريد الإلكتروني أو اسم المستخدم",
    passwordEmpty: "يُرجى إدخال كلمة المرور",
    phoneNotSaudi: "الرقم السعودي 10 أرقام ويبدأ بـ 05. يُرجى التحقق من رقمك.",
    nationalIdNotTen: "رقم الهوية أو الإقامة 10 أرقام. يُرجى التحقق من رقمك.",
    notFound: "لم نجد ملفًا بهذه البيانات. يُرجى التحقق من الرقمين. إذا تغيّر رقم جوالك، فيمكن تحديثه لدى المستشفى.",
    wrongCredentials: "البريد الإلكتروني أو اسم المستخدم أو كلمة المرور غير صحيحة. يُرجى التحقق منها والمحاولة مرة أخرى.",
    locked:
      "الدخول بهذا البريد أو اسم المستخدم مقفل. تكرار المحاولة لا يفيد. يُرجى طلب فتحه من مسؤول النظام.",
    lockedFor7Minutes: "الدخول بهذا البريد أو اسم المستخدم مقفل. يُرجى المحاولة مرة أخرى بعد 7 دقائق، أو طلب فتحه من مسؤول النظام.",
    noPermission:
      "صلاحياتك لا تسمح بالدخول من هنا. يُرجى طلب الصلاحية من مسؤول النظام.",
    noPermissionOtherClient:
      "صلاحياتك لا تسمح بالدخول من هنا. يُرجى اختيار خيار آخر تحت «فئة الموظفين» والمحاولة مرة أخرى.",
    blankCredentials: "يُرجى إدخال البريد الإلكتروني أو اسم المستخدم، وكلمة المرور",
    signInIncomplete:
      "لم تكمل الخدمة تسجيل دخولك. تكرار المحاولة لا يفيد. يُرجى إبلاغ فريق تقنية المعلومات.",
    offline: "لا يوجد اتصال بالإنترنت. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",
    redirected: "تعذّر الوصول إلى الخدمة من هذه الصفحة. يُرجى إعادة تحميل الصفحة والمحاولة مرة أخرى.",
    unreachable: "تعذّر الوصول إلى الخدمة. يُرجى التحقق من الاتصال والمحاولة مرة أخرى.",
    timedOut: "تأخرت الخدمة في الرد. يُرجى المحاولة مرة أخرى لاحقًا.",
    serviceDown: "الخدمة متوقفة الآن. يُرجى المحاولة مرة أخرى لاحقًا.",
    invalidResponse: "حدث خطأ من جهتنا. يُرجى المحاولة مرة أخرى لاحقًا.",
    tooManyAttempts: "تم تجاوز عدد المحاولات المسموح به. يُرجى المحاولة مرة أخرى لاحقًا.",
    wait1Minute: "تم تجاوز عدد المحاولات المسموح به. يُرجى المحاولة مرة أخرى بعد دقيقة واحدة.",
    wait2Minutes: "تم تجاوز عدد المحاولات المسموح به. يُرجى المحاولة مرة أخرى بعد دقيقتين.",
    wait15Minutes: "تم تجاوز عدد المحاولات المسموح به. يُرجى المحاولة مرة أخرى بعد 15 دقيقة.",
    configErrorTitle: "تعذّر تشغيل البوابة",
    readAs: "الرقم الذي سنستخدمه:",
    switchToNationalId: "التبديل إلى الهوية أو الإقامة",
    tryAgainIn: "يمكنك المحاولة مرة أخرى بعد",
    tryAgainAfter2Minutes: "يمكنك المحاولة مرة أخرى بعد دقيقتين",
    tryAgainAfter60Seconds: "يمكنك المحاولة مرة أخرى بعد دقيقة واحدة",
    tryAgainNow: "يمكنك المحاولة مرة أخرى الآن",
    offlineNotice: "لا يوجد اتصال بالإنترنت. ما كتبته باقٍ في هذه الصفحة، ويمكن إرساله بعد عودة الاتصال.",
    onlineAgain: "عاد الاتصال بالإنترنت",
    timeoutWarningTitle: "هل ما زلت هنا؟",
    signingOutAfter2Minutes: "سيتم تسجيل خروجك بعد دقيقتين",
    signingOutAfter60Seconds: "سيتم تسجيل خروجك بعد دقيقة واحدة",
    staySignedIn: "الاستمرار دون تسجيل الخروج",
    signOutNow: "تسجيل الخروج الآن",
    endedByIdleTimeout: "تم تسجيل خروجك لعدم استخدام الصفحة منذ مدة. يُرجى تسجيل الدخول من جديد.",
    endedByAbsoluteTimeout: "تم تسجيل خروجك حفاظًا على خصوصيتك. يُرجى تسجيل الدخول من جديد.",
    endedInOtherTab: "تم تسجيل خروجك من علامة تبويب أخرى. يُرجى تسجيل الدخول من جديد.",
    endedByServer: "انتهت جلستك. يُرجى تسجيل الدخول من جديد.",
    endedByOtherPerson: "تم تسجيل خروجك بسبب تسجيل دخول آخر في علامة تبويب أخرى. يُرجى تسجيل الدخول من جديد.",
    sessionNotKept: "لم يحفظ المتصفح تسجيل دخولك. يُرجى السماح بملفات تعريف الارتباط لهذا الموقع والمحاولة مرة أخرى. إن لم ينفع ذلك، فيُرجى إبلاغ فريق تقنية المعلومات.",
    notSetUp: "الخدمة لا تقبل هذه البوابة. تكرار المحاولة لا يفيد. يُرجى إبلاغ فريق تقنية المعلومات.",
  },
};
