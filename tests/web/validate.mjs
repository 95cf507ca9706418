// Every page of a built site through two validators: html-validate (preset `standard`) and the
// Nu Html Checker.
//
// Takes the folder in SAGNET_SITE, else public/; gives one test a page and one for the folder.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { folder, htmlFiles } from "./site.mjs";
import { htmlValidate, vnu } from "./validators.mjs";

const dir = folder();

test("html-validate", async (t) => {
  for (const file of htmlFiles(dir)) {
    await t.test(file, async () => {
      const findings = await htmlValidate(file, readFileSync(join(dir, file), "utf8"));
      assert.equal(findings.join("\n"), "");
    });
  }
});

test("vnu", () => {
  assert.equal(vnu(dir).join("\n"), "");
});
