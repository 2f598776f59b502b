// The patients' records, as the pages show them in English on 22 November 2026.

import { ABDULLAH, MARIA, NOURA, OMAR, type PATIENTS, SARA } from "./people.ts";
import type { Card } from "./pages/record_page.ts";

/** What the profile says in English once nothing is hidden, and the addresses. */
export const EXPECTED_RECORDS: { person: (typeof PATIENTS)[number]; profile: Card[]; addresses: Card[] }[] = [
  {
    person: ABDULLAH,
    profile: [
      ["Check-in card", [["Patient ID", "0012345"]]],
      [
        "About you",
        [
          ["Name", "Abdullah Saleh Al-Harbi"],
          ["Name in Arabic", "عبدالله صالح الحربي"],
          // 1990-01-14T21:00:00Z is the next day in Riyadh.
          ["Date of birth", "15 January 1990"],
          ["Age", "36 years"],
          ["Date of birth (Hijri)", "17 Jumada II 1410 AH"],
          ["Gender", "Male"],
          ["Marital status", "Code 2"],
          ["Marital status code", "M"],
          ["Nationality", "Saudi Arabia"],
          ["Nationality code", "SA"],
          ["Occupation", "Civil engineer"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID or Iqama", "1012345672"],
          ["ID type", "Code 10"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 501234567"],
          ["Email", "abdullah.harbi@example.com"],
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
          ["Place on the map", "24.6949,46.6853"],
        ],
      ],
    ],
  },
  {
    person: MARIA,
    profile: [
      ["Check-in card", [["Patient ID", "204417"]]],
      [
        "About you",
        [
          ["Name", "Maria Santos Reyes"],
          ["Name in Arabic", "ماريا سانتوس رييس"],
          ["Date of birth", "3 June 1987"],
          ["Age", "39 years"],
          ["Date of birth (Hijri)", "6 Shawwal 1407 AH"],
          ["Gender", "Female"],
          ["Marital status", "Code 1"],
          ["Marital status code", "S"],
          ["Nationality", "Philippines"],
          ["Nationality code", "PH"],
          ["Occupation", "Pharmacist"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID or Iqama", "2345678904"],
          ["ID type", "Code 20"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 551234567"],
          ["Email", "maria.reyes@example.com"],
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
          ["Fax", "0126000000"],
          ["Email", "accounts@example.com"],
          ["Place on the map", "(21.5433, 39.1728)"],
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
          ["Place on the map", "26.2172; 50.1971"],
        ],
      ],
    ],
  },
  {
    person: SARA,
    profile: [
      ["Check-in card", [["Patient ID", "A-10/77"]]],
      [
        "About you",
        [
          ["Name", "Sara Fahad Al-Otaibi"],
          ["Name in Arabic", "سارة فهد العتيبي"],
          ["Date of birth", "31 December 1999"],
          ["Age", "26 years"],
          ["Date of birth (Hijri)", "23 Ramadan 1420 AH · worked out from your date of birth"],
          ["Gender", "Female"],
          ["Marital status", "Code 2"],
          ["Marital status code", "M"],
          ["Nationality", "Saudi Arabia"],
          ["Nationality code", "SA"],
          ["Occupation", "Teacher"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID or Iqama", "1091234565"],
          ["ID type", "Code 10"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 541112223"],
          ["Email", "sara.otaibi@example.com"],
        ],
      ],
    ],
    addresses: [],
  },
  {
    person: NOURA,
    profile: [
      ["Check-in card", [["Patient ID", "55120"]]],
      [
        "About you",
        [
          ["Name in Arabic", "نورة سعد القحطاني"],
          ["Date of birth (Hijri)", "5 Ramadan 1394 AH"],
          ["Gender", "Unknown"],
          // From the ISO code alone.
          ["Nationality", "Saudi Arabia"],
          ["Nationality code", "SA"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID or Iqama", "1044556676"],
        ],
      ],
      ["Contact", [["Mobile number", "539876543"]]],
    ],
    addresses: [
      [
        "Address for bills",
        [
          [
            "Address",
            "نورة · شارع الملك خالد ١٢ · أبها · المملكة العربية السعودية",
          ],
          ["Place on the map", "0,0"],
        ],
      ],
    ],
  },
  {
    person: OMAR,
    profile: [
      ["Check-in card", [["Patient ID", "778899"]]],
      [
        "About you",
        [
          ["Name", "Omar Haddad"],
          ["Name in Arabic", "عمر حداد"],
          ["Date of birth", "30 November 2001"],
          ["Age", "24 years"],
          ["Date of birth (Hijri)", "15 Ramadan 1422 AH"],
          ["Gender", "Male"],
          ["Marital status", "Code 1"],
          ["Marital status code", "S"],
          ["Nationality", "Jordan"],
          ["Nationality code", "JO"],
          ["Occupation", "Student"],
        ],
      ],
      [
        "Identity",
        [
          ["National ID or Iqama", "2411223346"],
          ["ID type", "Code 20"],
        ],
      ],
      [
        "Contact",
        [
          ["Mobile number", "+966 567654321"],
          ["Email", "omar.haddad@example.com"],
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
