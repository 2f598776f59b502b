// The sandbox's sample people with their credentials, from crates/sandbox/people, and the documents' samples.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export interface PatientPerson {
  /** In Latin script, as on the page; in Arabic where there is no other. */
  name: string;
  phone: string;
  nationalId: string;
  patientId: string;
}

export interface StaffPerson {
  username: string;
  password: string;
}

/** A full record; one address for both; leading zeros. */
export const ABDULLAH: PatientPerson = {
  name: "Abdullah Saleh Al-Harbi",
  phone: "501234567",
  nationalId: "1012345672",
  patientId: "0012345",
};
/** Two addresses. */
export const MARIA: PatientPerson = {
  name: "Maria Santos Reyes",
  phone: "551234567",
  nationalId: "2345678904",
  patientId: "204417",
};
/** No address, no Hijri date. */
export const SARA: PatientPerson = {
  name: "Sara Fahad Al-Otaibi",
  phone: "541112223",
  nationalId: "1091234565",
  patientId: "A-10/77",
};
/** Only an Arabic name, and many missing values. */
export const NOURA: PatientPerson = {
  name: "نورة سعد القحطاني",
  phone: "539876543",
  nationalId: "1044556676",
  patientId: "55120",
};
/** A wrapped response, with numbers for texts and texts for numbers. */
export const OMAR: PatientPerson = {
  name: "Omar Haddad",
  phone: "567654321",
  nationalId: "2411223346",
  patientId: "778899",
};
/** Has a one-time code, where `patient.oneTimeCode` is on. */
export const LULWA: PatientPerson & { oneTimeCode: string } = {
  name: "Lulwa Ali Al-Zahrani",
  phone: "533334444",
  nationalId: "1077889903",
  patientId: "88123",
  oneTimeCode: "024681",
};
export const PATIENTS = [ABDULLAH, MARIA, SARA, NOURA, OMAR];

/** The documented sample patient, from the documented sample request. */
export const SAMPLE_PATIENT = { phone: "5368798202", nationalId: "16898166021" };

/** The documented sample staff member. */
export const KAVYA: StaffPerson = { username: "kavya_pro@spice.mdt", password: "Spice@123" };
/** A nurse, with an apostrophe and a plus in her user name. */
export const AMAL: StaffPerson = {
  username: "amal.o'brien+ward7@care.hospital",
  password: "Nurse-2026!",
};
/** Many roles, one of them unknown; umlauts in the password. */
export const SAMIR: StaffPerson = { username: "samir.roles@spice.mdt", password: "pässwörd" };
/** A locked account. */
export const HUDA: StaffPerson = { username: "huda.locked@spice.mdt", password: "Locked-2026!" };
/** Only for the client "spice web"; a hash that begins with zeros. */
export const LAYLA: StaffPerson = { username: "layla.admin@spice.mdt", password: "Passw0rd92" };
/** Only for the client "cfr web"; Arabic letters, digits and spaces in the password. */
export const RIMA: StaffPerson = { username: "rima.emr@spice.mdt", password: "كلمة السر ١٢٣" };

/** SPICE 2.0, for the client "web": the session is a cookie. */
export const ISATU: StaffPerson = { username: "isatu.web@spice.mdt", password: "Freetown-26!" };
/** SPICE 2.0, for the client "mob": a phone number is the user name. */
export const MARIAMA: StaffPerson = { username: "076123456", password: "Makeni-26!" };
/** SPICE 2.0, only for the client "mob". */
export const FODAY: StaffPerson = { username: "foday.mob@spice.mdt", password: "Kenema-26!" };

/** A JSON file of crates/contract/tests: the documents' samples, byte for byte, and the vectors. */
export function sample(name: string): unknown {
  const here = dirname(fileURLToPath(import.meta.url));
  return JSON.parse(readFileSync(resolve(here, "../../crates/contract/tests", name), "utf8"));
}

/** HMAC-SHA512 of the password with the documented key, from the vectors. */
export function passwordHash(password: string, key = "spice_opensource"): string {
  const vectors = sample("vectors/password_hash.json") as {
    key: string;
    password: string;
    hmac_sha512_hex: string;
  }[];
  const found = vectors.find((vector) => vector.key === key && vector.password === password);
  if (!found) throw new Error(`no vector for this password and the key ${JSON.stringify(key)}`);
  return found.hmac_sha512_hex;
}
