// The calls that the servers of deploy/ let through to both services, each from a visitor of its own.

import { send, type HttpResponse } from "./send.ts";

export const PATIENT_CALLS = [
  "POST /api/customer/is_patient_exists",
  "POST /api/customer/login",
  "POST /api/customer/verify_otp",
  "POST /api/customer/resend_otp",
  "POST /api/customer/logout",
];
export const STAFF_CALLS = [
  "POST /auth-service/session",
  "GET /auth-service/logout",
  "POST /auth-service/logout",
  "GET /user-service/user/validate",
  "GET /user-service/user/profile",
  "POST /user-service/user/profile",
];

let visitors = 0;

/** A call from an address of its own, because calls are limited by address. */
export function call(origin: string, name: string, headers: Record<string, string> = {}, body?: string): Promise<HttpResponse> {
  const [method, path] = name.split(" ") as [string, string];
  visitors += 1;
  const phone = String(500_000_000 + visitors);
  const own = path.includes("is_patient_exists")
    ? JSON.stringify({ phoneNo: phone })
    : path.startsWith("/api/customer/login")
      ? JSON.stringify({ type: "nationalId", value: "1000000000", phone })
      : "";
  return send(origin, {
    method,
    path,
    headers: { "content-type": "application/json", "x-forwarded-for": `198.18.${visitors >> 8}.${visitors & 255}`, ...headers },
    body: body ?? (method === "POST" ? own : ""),
  });
}
