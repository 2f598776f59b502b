// The lines of the web servers' configuration in deploy/, each of which can be taken out, and the table in
// docs/deletions.md of the tests that notice it.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { WebServerKind } from "./web_server.ts";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const DEPLOY = join(root, "deploy");
const TABLE = join(root, "docs/deletions.md");

export const FILES: [file: string, kind: WebServerKind][] = [
  ["nginx/nginx.conf", "nginx"],
  ["nginx/call.conf", "nginx"],
  ["nginx/visitor.conf", "nginx"],
  ["caddy/Caddyfile", "caddy"],
];

/** A directive, or a block with all that is in it. */
export interface Line {
  file: string;
  kind: WebServerKind;
  /** The blocks around it and its text: its name in the table. */
  name: string;
  /** The text of the file without it. */
  without: string;
}

interface Span {
  within: string[];
  text: string;
  from: number;
  to: number;
}

/** The lines of a file, in its order. */
export function linesOf(file: string, kind: WebServerKind): Line[] {
  const config = readFileSync(join(DEPLOY, file), "utf8");
  const spans = (kind === "nginx" ? nginxSpans(config) : caddySpans(config)).sort((a, b) => a.from - b.from);
  const seen = new Map<string, number>();
  return spans.map(({ within, text, from, to }) => {
    // All other blocks are in this one.
    const around = within.filter((block) => block !== "http" && !block.startsWith("{$PORTAL_SITE"));
    const path = [...around, text].join(" › ").replace(/\s+/g, " ");
    const number = (seen.get(path) ?? 0) + 1;
    seen.set(path, number);
    return { file, kind, name: number > 1 ? `${path} (${number})` : path, without: config.slice(0, from) + config.slice(to) };
  });
}

function nginxSpans(config: string): Span[] {
  const spans: Span[] = [];
  const open: Span[] = [];
  let start: number | undefined;
  for (const { 0: token, index } of config.matchAll(/#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{};]|[^\s{};"']+/g)) {
    if (token.startsWith("#")) continue;
    if (token === "}") {
      spans.push({ ...open.pop()!, to: index + 1 });
    } else if (token === ";" || token === "{") {
      const within = open.map(({ text }) => text);
      const from = start ?? index;
      const span = { within, text: config.slice(from, index).trim(), from, to: index + 1 };
      if (token === "{") open.push(span);
      else spans.push({ ...span, text: `${span.text};` });
      start = undefined;
    } else start ??= index;
  }
  return spans;
}

/** Caddy's directives end with the line, but for texts between backticks. */
function caddySpans(config: string): Span[] {
  const spans: Span[] = [];
  const open: Span[] = [];
  for (const { 0: line, index } of config.matchAll(/^[ \t]*(?![\s#])(?:`[^`]*`|[^`\n])+$/gm)) {
    const text = line.trim();
    const to = index + line.length;
    const within = open.map(({ text }) => text);
    if (text === "}") spans.push({ ...open.pop()!, to });
    else if (/(?:^| )\{$/.test(text)) open.push({ within, text: text.replace(/ ?\{$/, "") || "global options", from: index, to });
    else spans.push({ within, text, from: index, to });
  }
  return spans;
}

/** What a line's deletion leads to: the test that fails, by its file and title. */
export const DOES_NOT_START = "the server does not start";
/** Starts the reason of a line that guards nothing. */
export const NOTHING = "nothing: ";

/** The rows of the table, of each file: the line's name and what its deletion leads to. */
export type Table = Map<string, Map<string, string>>;

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

export function readTable(): Table {
  const table: Table = new Map();
  let rows = new Map<string, string>();
  for (const line of readFileSync(TABLE, "utf8").split("\n")) {
    const file = /^## deploy\/(\S+)$/.exec(line)?.[1];
    if (file) table.set(file, (rows = new Map()));
    const cells = /^\| (`.*`) \| (.*) \|$/.exec(line)?.slice(1).map((cell) => cell.replaceAll("\\|", "|").replace(/^(`+) ?(.*?) ?\1$/, "$2"));
    if (cells) rows.set(cells[0]!, cells[1]!);
  }
  return table;
}

/** Writes the lines of today's files with what is known of them. */
export function writeTable(table: Table): void {
  const text = readFileSync(TABLE, "utf8");
  const sections = FILES.map(([file, kind]) => {
    const rows = linesOf(file, kind).map(({ name }) => {
      const outcome = table.get(file)?.get(name) ?? "";
      const shown = !outcome || outcome === DOES_NOT_START || outcome.startsWith(NOTHING) ? outcome : code(outcome);
      return `| ${cell(code(name))} | ${cell(shown)} |`;
    });
    return [`## deploy/${file}`, "", "| line | noticed by |", "|---|---|", ...rows, ""].join("\n");
  });
  writeFileSync(TABLE, `${text.slice(0, text.indexOf("## deploy/"))}${sections.join("\n")}`);
}
