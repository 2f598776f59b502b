// The page for the one-time code, between sign-in and record.

import type { Locator } from "@playwright/test";
import { PortalPage } from "./portal_page.ts";
import { type PatientDetails, PatientSignIn } from "./patient_sign_in.ts";

/** The page's texts. */
export const CODE_MESSAGES = {
  en: {
    heading: "Enter the code",
    code: "Code",
    empty: "Enter the code from the text message",
    characters: "Enter the digits of the code only",
    intro: (ending: string) => `We sent a code in a text message to the phone ending ${ending}. It can take a while to arrive.`,
    idle: "This page was not used for a while, so what you typed was removed. Sign in again.",
    lost: "Your phone or browser closed the page that asked for the code. Sign in again to get a new code.",
    length: "Enter all the digits of the code",
    wrong: "That code is not right. Check the text message and enter the code again.",
    over: "This code no longer works. Ask for a new code.",
    noneLeft: "You cannot get another code for this sign-in. Go back and sign in again.",
    sentAgain: "We sent a new code. Use that one.",
    sendAgain: "Send a new code",
    againIn: "You can ask for a new code in",
    againAfter60: "You can ask for a new code in 1 minute",
    againAfter20: "You can ask for a new code in 20 seconds",
    againNow: "You can ask for a new code now",
    minute: "1:00 min",
    quarter: "0:15 min",
    back: "Go back and change what you typed",
  },
  ar: {
    heading: "إدخال رمز التحقق",
    code: "رمز التحقق",
    empty: "يُرجى إدخال رمز التحقق المذكور في الرسالة النصية",
    characters: "يُرجى إدخال أرقام رمز التحقق فقط",
    intro: (ending: string) => `أرسلنا رمز التحقق في رسالة نصية إلى الجوال المنتهي بـ ${ending}. قد يتأخر وصولها.`,
    idle: "لم تُستخدم هذه الصفحة منذ مدة، لذلك حُذف ما كتبته. يُرجى تسجيل الدخول من جديد.",
    lost: "أُغلقت صفحة رمز التحقق في جهازك. يُرجى تسجيل الدخول من جديد للحصول على رمز جديد.",
    length: "يُرجى إدخال جميع أرقام رمز التحقق",
    wrong: "رمز التحقق غير صحيح. يُرجى مراجعة الرسالة النصية وإدخال الرمز مرة أخرى.",
    over: "لم يعد هذا الرمز صالحًا. يُرجى طلب رمز جديد.",
    noneLeft: "لا يمكن إرسال رمز آخر لهذه المحاولة. يُرجى الرجوع وتسجيل الدخول من جديد.",
    sentAgain: "أرسلنا رمزًا جديدًا. يُرجى استخدام الرمز الجديد.",
    sendAgain: "إرسال رمز جديد",
    againIn: "يمكنك طلب رمز جديد بعد",
    againAfter60: "يمكنك طلب رمز جديد بعد دقيقة واحدة",
    againAfter20: "يمكنك طلب رمز جديد بعد 20 ثانية",
    againNow: "يمكنك طلب رمز جديد الآن",
    minute: "1:00 دقيقة",
    quarter: "0:15 دقيقة",
    back: "الرجوع وتعديل بيانات الدخول",
  },
} as const;

export class OneTimeCodePage extends PortalPage {
  get codeMessages() {
    return CODE_MESSAGES[this.messages.dir === "rtl" ? "ar" : "en"];
  }

  get code(): Locator {
    return this.page.getByRole("textbox", { name: this.codeMessages.code, exact: true });
  }

  get submitButton(): Locator {
    return this.button(this.messages.signIn);
  }

  get resendButton(): Locator {
    return this.button(this.codeMessages.sendAgain);
  }

  get backButton(): Locator {
    return this.button(this.codeMessages.back);
  }

  /** The live region that announces the wait for a new code. */
  get countdownStatus(): Locator {
    return this.page.locator("form [role=status]").last();
  }

  /** Signs a patient in up to the page for the code. */
  async openWith(details: PatientDetails): Promise<void> {
    const patientSignIn = new PatientSignIn(this.page, this.messages);
    await patientSignIn.open("/");
    await patientSignIn.signIn(details);
    await this.heading(this.codeMessages.heading).waitFor();
  }

  /** Fills a code in and submits it, without waiting for the outcome. */
  async submit(code: string): Promise<void> {
    await this.code.fill(code);
    await this.submitButton.click();
  }
}
