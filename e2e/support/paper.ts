// A page on paper: Chromium's PDF, read back by poppler.

import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Page, TestInfo } from "@playwright/test";

const run = promisify(execFile);
const MM_PER_INCH = 25.4;
const POINTS_PER_INCH = 72;

/** A word; lengths in millimetres from the upper left corner of its sheet. */
export interface Word {
  text: string;
  /** Counted from 0. */
  sheet: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A horizontal or vertical mark, in millimetres: where it starts and ends, and its place across that direction. */
export interface Mark {
  start: number;
  end: number;
  at: number;
}

/** A printed page. */
export class Paper {
  private constructor(private readonly file: string) {}

  /** Prints a page. */
  static async print(page: Page, info: TestInfo, size: Parameters<Page["pdf"]>[0] = { format: "A4" }): Promise<Paper> {
    const file = info.outputPath(`${randomUUID()}.pdf`);
    await writeFile(file, await page.pdf(size));
    return new Paper(file);
  }

  /** The words of all sheets, and the number of sheets. */
  async read(): Promise<{ words: Word[]; sheets: number }> {
    const { stdout } = await run("pdftotext", ["-bbox", this.file, "-"]);
    const sheets = stdout.split("<page ").slice(1);
    const word = /<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g;
    const words = sheets.flatMap((content, sheet) =>
      [...content.matchAll(word)].map(([, ...found]): Word => {
        const [left, top, right, bottom] = found.map((number) => (Number(number) / POINTS_PER_INCH) * MM_PER_INCH);
        return { text: found[4]!, sheet, left: left!, top: top!, right: right!, bottom: bottom! };
      }),
    );
    return { words, sheets: sheets.length };
  }

  /** The text of all sheets. */
  async text(): Promise<string> {
    return (await run("pdftotext", ["-raw", this.file, "-"])).stdout;
  }

  /** The path of a picture of the first sheet, as a scanner with so many dots an inch makes it. */
  async picture(dpi: number): Promise<string> {
    const path = `${this.file}-${dpi}`;
    await run("pdftoppm", ["-r", `${dpi}`, "-gray", "-singlefile", this.file, path]);
    return `${path}.pgm`;
  }

  /** The ink of the first sheet. */
  async ink(): Promise<Ink> {
    return new Ink(await readFile(await this.picture(Ink.DPI)));
  }
}

/** The dark and light dots of a sheet. */
export class Ink {
  static readonly DPI = 300;
  private readonly width: number;
  private readonly height: number;
  private readonly dots: Buffer;

  /** From a picture in the format PGM. */
  constructor(picture: Buffer) {
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString("latin1", 0, 64))!;
    this.width = Number(width);
    this.height = Number(height);
    this.dots = picture.subarray(head.length);
  }

  private static dots(mm: number): number {
    return Math.round((mm / MM_PER_INCH) * Ink.DPI);
  }

  private static mm(dots: number): number {
    return (dots / Ink.DPI) * MM_PER_INCH;
  }

  /** The dark runs of a line of dots: a row, or a column. `across` and the result in millimetres. */
  runs(across: number, vertical: boolean): [start: number, end: number][] {
    return this.dotRuns(Ink.dots(across), vertical).map(([start, end]) => [Ink.mm(start), Ink.mm(end)]);
  }

  private dotRuns(across: number, vertical: boolean): [number, number][] {
    const runs: [number, number][] = [];
    const [length, step, from] = vertical ? [this.height, this.width, across] : [this.width, 1, across * this.width];
    let start = -1;
    for (let at = 0; at <= length; at += 1) {
      const dark = at < length && this.dots[from + at * step]! < 200;
      if (dark && start < 0) start = at;
      if (dark || start < 0) continue;
      runs.push([start, at]);
      start = -1;
    }
    return runs;
  }

  /** Thin straight marks from 3 to 5 mm long, with nothing within 2 mm beside them. */
  marks(vertical: boolean): Mark[] {
    const marks: Mark[] = [];
    const beside = Ink.dots(2);
    for (let across = 0; across < (vertical ? this.width : this.height); across += 1) {
      for (const [start, end] of this.dotRuns(across, vertical)) {
        if (end - start < Ink.dots(3) || end - start > Ink.dots(5)) continue;
        const alone = Array.from({ length: end - start }, (_, at) => this.dotRuns(start + at, !vertical)).every((runs) =>
          runs.every(([low, high]) => high < across - beside || low > across + beside || high - low < Ink.dots(0.5)),
        );
        const mark = { start: Ink.mm(start), end: Ink.mm(end), at: Ink.mm(across) };
        // A mark is some dots thick.
        const known = marks.some((it) => Math.abs(it.start - mark.start) < 0.5 && Math.abs(it.at - mark.at) < 0.5);
        if (alone && !known) marks.push(mark);
      }
    }
    return marks;
  }
}
