// The two HTML validators, each as a function from files to findings.
//
// Takes pages; gives lists of texts, empty where nothing is wrong. A validator that is not
// installed is an error that says how to install it, never an empty list.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { HtmlValidate, StaticConfigLoader } from "html-validate";

const rules = new StaticConfigLoader({ root: true, extends: ["html-validate:standard"] });
const validator = new HtmlValidate(rules);

/** What html-validate's preset `standard` says of a page. */
export async function htmlValidate(name, text) {
  const report = await validator.validateString(text, name);
  return report.results.flatMap((result) =>
    result.messages.map((it) => `${name}:${it.line}:${it.column}: ${it.ruleId}: ${it.message}`),
  );
}

/** What the Nu Html Checker says of every page in a folder. */
export function vnu(dir) {
  const jar = fileURLToPath(new URL("node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url));
  if (!existsSync(jar)) throw new Error("vnu is missing: npm ci --ignore-scripts, in tests/web");
  const options = ["--errors-only", "--skip-non-html", "--format", "json", dir];
  const run = spawnSync("java", ["-Xss16m", "-jar", jar, ...options], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.error?.code === "ENOENT") {
    throw new Error("java is missing: apt-get install -y default-jre-headless");
  }
  if (run.error) throw run.error;
  let report;
  try {
    report = JSON.parse(run.stderr.slice(run.stderr.indexOf("{")));
  } catch {
    throw new Error(`vnu ended with ${run.status} and no report:\n${run.stderr.slice(0, 4000)}`);
  }
  const findings = report.messages.map(
    (it) => `${it.url}:${it.lastLine ?? 0}:${it.lastColumn ?? 0}: ${it.message}`,
  );
  if (run.status !== 0 && findings.length === 0) {
    throw new Error(`vnu ended with ${run.status}, and says nothing`);
  }
  return findings;
}
