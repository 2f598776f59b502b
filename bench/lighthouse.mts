// Lighthouse's scores of a page, on its simulated phone.

import { execFile } from "node:child_process";
import type { LaunchOptions } from "playwright";
import { promisify } from "node:util";

const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

/** The part of Lighthouse's report that is used. */
interface Result {
  categories: Record<
    string,
    { score: number | null; auditRefs: { id: string; weight: number }[] }
  >;
  audits: Record<
    string,
    { title: string; score: number | null; displayValue?: string; explanation?: string }
  >;
}

/** An audit that took points from a category's score. */
export interface Cost {
  audit: string;
  title: string;
  /** Of the category's 100. */
  points: number;
  detail: string;
}

export interface Audited {
  url: string;
  scores: Record<string, { score: number; costs: Cost[] }>;
}

/** Runs Lighthouse once. */
export async function lighthouse(
  { executablePath, args = [] }: LaunchOptions,
  url: string,
): Promise<Audited> {
  console.log(`lighthouse ${url} …`);
  const { stdout } = await promisify(execFile)(
    "node_modules/.bin/lighthouse",
    [
      url,
      "--quiet",
      "--output=json",
      // Otherwise it reports errors to its makers.
      "--no-enable-error-reporting",
      `--only-categories=${CATEGORIES.join(",")}`,
      `--chrome-flags=${["--headless=new", ...args].join(" ")}`,
    ],
    {
      env: { ...process.env, CHROME_PATH: executablePath },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const { categories, audits } = JSON.parse(stdout) as Result;
  const scores: Audited["scores"] = {};
  for (const name of CATEGORIES) {
    const category = categories[name];
    if (!category) continue;
    const total = category.auditRefs.reduce((sum, { id, weight }) => {
      // An audit that does not apply has no score and does not count.
      return audits[id]?.score == null ? sum : sum + weight;
    }, 0);
    const costs = category.auditRefs.flatMap(({ id, weight }): Cost[] => {
      const audit = audits[id];
      if (audit?.score == null || audit.score >= 1 || weight === 0) return [];
      const points = ((1 - audit.score) * weight * 100) / total;
      const detail = audit.explanation ?? audit.displayValue ?? "";
      return [{ audit: id, title: audit.title, points, detail }];
    });
    scores[name] = {
      score: Math.round((category.score ?? 0) * 100),
      costs: costs.toSorted((a, b) => b.points - a.points),
    };
  }
  return { url, scores };
}

/** The scores as text. */
export function formatScores(audited: Audited[]): string {
  return audited
    .map(({ url, scores }) => {
      const lines = Object.entries(scores).flatMap(([name, { score, costs }]) => [
        `  ${name.padEnd(16)} ${score}`,
        ...costs.map(({ audit, points, detail }) => `    −${points.toFixed(1)}  ${audit}  ${detail}`),
      ]);
      return [`Lighthouse, ${new URL(url).pathname}`, ...lines].join("\n");
    })
    .join("\n");
}
