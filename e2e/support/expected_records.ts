// The patients' records, as the pages show them in English on 22 November 2026. The second "About you", and the
// addresses' second card, are details for support.

import { ABDULLAH, MARIA, NOURA, OMAR, type PATIENTS, SARA } from "./people.ts";
import type { Card } from "./pages/record_page.ts";

/** What the profile says in English once nothing is hidden, and the addresses. */
export const EXPECTED_RECORDS: { person: (typeof PATIENTS)[number]; profile: Card[]; addresses: Card[] }[] = [
  {
    person: ABDULLAH,
    profile: [
      [
        "Check-in card",
        [
          ["Name", "Abdullah Saleh Al-Harbi"],
          ["Name in Arabic", "عبدالله صالح الحربي"],
          ["Patient ID", "0012345"],
        ],
      ],
      [
        "About you",
        [
          // 1990-01-14T21:00:00Z is the next day in Riyadh.
          ["Date of birth", "15 January 1990"],
          ["Date of birth (Hijri)", "17 Jumada II 1410 AH"],
          ["Age", "36 years"],
          ["National ID or Iqama", "1012345672"],
          ["Gender", "Male"],
          ["Nationality", "Saudi Arabia"],
          ["Occupation", "Civil engineer"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 501234567"],
          ["Email", "abdullah.harbi@example.com"],
        ],
      ],
      [
        "About you",
        [
          ["ID type", "Code 10"],
          ["Marital status", "Code 2"],
          ["Marital status code", "M"],
          ["Nationality code", "SA"],
        ],
      ],
    ],
    addresses: [
      [
        "Address for bills and deliveries",
        [
          [
            "Address",
            "Abdullah Al-Harbi · 7421 Prince Turki Street · Al Olaya, unit 3 · Riyadh 12214 · Riyadh Province · Saudi Arabia",
          ],
          ["Phone", "501234567"],
          ["Email", "abdullah.harbi@example.com"],
        ],
      ],
      ["Address for bills and deliveries", [["Place on the map", "24.6949,46.6853"]]],
    ],
  },
  {
    person: MARIA,
    profile: [
      [
        "Check-in card",
        [
          ["Name", "Maria Santos Reyes"],
          ["Name in Arabic", "ماريا سانتوس رييس"],
          ["Patient ID", "204417"],
        ],
      ],
      [
        "About you",
        [
          ["Date of birth", "3 June 1987"],
          ["Date of birth (Hijri)", "6 Shawwal 1407 AH"],
          ["Age", "39 years"],
          ["National ID or Iqama", "2345678904"],
          ["Gender", "Female"],
          ["Nationality", "Philippines"],
          ["Occupation", "Pharmacist"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 551234567"],
          ["Email", "maria.reyes@example.com"],
        ],
      ],
      [
        "About you",
        [
          ["ID type", "Code 20"],
          ["Marital status", "Code 1"],
          ["Marital status code", "S"],
          ["Nationality code", "PH"],
        ],
      ],
    ],
    addresses: [
      [
        "Address for bills",
        [
          [
            "Address",
            "Maria Reyes · Example Pharmacy Co. · 88 Palestine Street · Floor 2 · Jeddah 23326 · Makkah Province · Saudi Arabia",
          ],
          ["Phone", "551234567"],
          ["Email", "accounts@example.com"],
          ["Fax", "0126000000"],
        ],
      ],
      [
        "Address for deliveries",
        [
          [
            "Address",
            "Maria Reyes · 15 King Faisal Road · Gate B · Al Khobar 34429 · Eastern Province · Saudi Arabia",
          ],
          ["Phone", "551234567"],
          ["Email", "maria.reyes@example.com"],
        ],
      ],
      ["Address for bills", [["Place on the map", "21.5433,39.1728"]]],
      ["Address for deliveries", [["Place on the map", "26.2172,50.1971"]]],
    ],
  },
  {
    person: SARA,
    profile: [
      [
        "Check-in card",
        [
          ["Name", "Sara Fahad Al-Otaibi"],
          ["Name in Arabic", "سارة فهد العتيبي"],
          ["Patient ID", "A-10/77"],
        ],
      ],
      [
        "About you",
        [
          ["Date of birth", "31 December 1999"],
          ["Date of birth (Hijri)", "23 Ramadan 1420 AH · worked out from your date of birth"],
          ["Age", "26 years"],
          ["National ID or Iqama", "1091234565"],
          ["Gender", "Female"],
          ["Nationality", "Saudi Arabia"],
          ["Occupation", "Teacher"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 541112223"],
          ["Email", "sara.otaibi@example.com"],
        ],
      ],
      [
        "About you",
        [
          ["ID type", "Code 10"],
          ["Marital status", "Code 2"],
          ["Marital status code", "M"],
          ["Nationality code", "SA"],
        ],
      ],
    ],
    addresses: [],
  },
  {
    person: NOURA,
    profile: [
      [
        "Check-in card",
        [
          ["Name in Arabic", "نورة سعد القحطاني"],
          ["Patient ID", "55120"],
        ],
      ],
      [
        "About you",
        [
          ["Date of birth (Hijri)", "5 Ramadan 1394 AH"],
          ["National ID or Iqama", "1044556676"],
          ["Gender", "Unknown"],
          // From the ISO code alone.
          ["Nationality", "Saudi Arabia"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "539876543"],
        ],
      ],
      [
        "About you",
        [
          ["Nationality code", "SA"],
        ],
      ],
    ],
    addresses: [
      [
        "Address for bills",
        [
          [
            "Address",
            "نورة · شارع الملك خالد ١٢ · أبها · المملكة العربية السعودية",
          ],
        ],
      ],
      ["Address for bills", [["Place on the map", "0,0"]]],
    ],
  },
  {
    person: OMAR,
    profile: [
      [
        "Check-in card",
        [
          ["Name", "Omar Haddad"],
          ["Name in Arabic", "عمر حداد"],
          ["Patient ID", "778899"],
        ],
      ],
      [
        "About you",
        [
          ["Date of birth", "30 November 2001"],
          ["Date of birth (Hijri)", "15 Ramadan 1422 AH"],
          ["Age", "24 years"],
          ["National ID or Iqama", "2411223346"],
          ["Gender", "Male"],
          ["Nationality", "Jordan"],
          ["Occupation", "Student"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 567654321"],
          ["Email", "omar.haddad@example.com"],
        ],
      ],
      [
        "About you",
        [
          ["ID type", "Code 20"],
          ["Marital status", "Code 1"],
          ["Marital status code", "S"],
          ["Nationality code", "JO"],
        ],
      ],
    ],
    addresses: [
      [
        "Address for bills",
        [
          [
            "Address",
            "Omar Haddad · 3 Coast Road · Dammam 32241 · Saudi Arabia",
          ],
          ["Phone", "567654321"],
        ],
      ],
    ],
  },
];
