// The security headers of a portal, in words of the tests' own: what crates/security-headers writes is compared with
// these, not with itself.

import { createHash } from "node:crypto";

/** The headers of a portal whose services are on its own origin. `page` is one of its pages. */
export function securityHeaders(page: string): Record<string, string> {
  const hash = (element: string) => {
    const [, text] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
    if (!text) throw new Error(`the page has no ${element} inside`);
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  };
  return {
    "content-security-policy":
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${hash("script")}; style-src 'self' ${hash("style")}; ` +
      "img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src 'self'; frame-ancestors 'none'; " +
      "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types default",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy":
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), " +
      "midi=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}
