// The web tests are themselves tested: a page without a fault passes every check, and a page with
// one fault is found by the check that is there for it.
//
// Takes nothing; builds its pages in a temporary folder; gives one test a fault.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { axe, launch, print, sideways, skipLink, visit, withoutScripts } from "./reader.mjs";
import { serve } from "./site.mjs";
import { htmlValidate, vnu } from "./validators.mjs";

const GOOD = `<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>Rådet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/site.css"></head>
<body><a class="skip" href="#main-content">Gå til sidens indhold</a>
<header><nav aria-label="Menu"><a href="/">Forside</a></nav></header>
<main id="main-content" tabindex="-1"><h1>Rådet</h1><p>Et råd om digital arkitektur.</p>
<p>Læs <a href="/">mere om rådet på forsiden</a>.</p></main></body></html>
`;
const CSS = `.skip { position: absolute; left: -999px } .skip:focus { left: 0 }
a { color: #004d99; display: inline-block; min-height: 24px }`;

let dir;
let browser;
let server;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), "sagnet-web-"));
  writeFileSync(join(dir, "site.css"), CSS);
  writeFileSync(join(dir, "fejl.js"), 'throw new Error("fejl i script")');
  writeFileSync(join(dir, "index.html"), GOOD);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true });
});

/** What `look` finds on the good page with one text replaced. */
async function found(from, to, look, options = {}) {
  assert.ok(GOOD.includes(from), `the good page has no ${from}`);
  mkdirSync(join(dir, "side"), { recursive: true });
  writeFileSync(join(dir, "side/index.html"), GOOD.replaceAll(from, to));
  server = await serve(dir);
  try {
    return (await visit(browser, `${server.origin}/side/`, options, look)).join("\n");
  } finally {
    await server.close();
    rmSync(join(dir, "side"), { recursive: true });
  }
}

const nothing = async () => [];
const settled = async (page) => (await page.waitForTimeout(500), []);

test("the good page has no fault", async () => {
  for (const width of [1280, 320]) {
    for (const scheme of ["light", "dark"]) {
      assert.equal(await found("Rådet", "Rådet", axe, { width, scheme }), "");
    }
    assert.equal(await found("Rådet", "Rådet", sideways, { width }), "");
  }
  assert.equal(await found("Rådet", "Rådet", skipLink), "");
  assert.equal(await found("Rådet", "Rådet", withoutScripts, { script: false }), "");
  assert.equal(await found("Rådet", "Rådet", print), "");
  assert.deepEqual(await htmlValidate("index.html", GOOD), []);
  assert.deepEqual(vnu(dir), []);
});

const faults = [
  ["low contrast", "<p>Et", '<p class="lys">Et', axe, /color-contrast/, ".lys { color: #ccc }"],
  ["a small target", "<p>Læs", '<div><a class="s" href="/">1</a><a class="s" href="/om/">2</a></div><p>Læs', axe, /target-size/, "a.s { font-size: 8px; min-height: 0 }"],
  ["no language", ' lang="da"', "", axe, /html-has-lang/],
  ["an exception", "</main>", '</main><script src="/fejl.js"></script>', nothing, /exception: fejl i script/],
  ["an inline script", "</main>", "</main><script>var a = 1</script>", nothing, /console: .*Content Security Policy/s],
  ["an inline style", "<p>Et", '<p style="color: red">Et', nothing, /console: .*Content Security Policy/s],
  ["a missing image", "<p>Et", '<p><img src="/x.png" alt="">Et', nothing, /x\.png: status 404/],
  ["an image elsewhere", "<p>Et", '<p><img src="https://elsewhere.example/x.png" alt="">Et', nothing, /console: .*elsewhere\.example/],
  ["a way out of the site", "<title>", '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/"><title>', settled, /elsewhere\.example\/, which is outside the site/],
  ["a wide table", "<p>Et", '<div class="bred">Et</div><p>Et', sideways, /scrolls sideways.*bred/, ".bred { width: 900px }", { width: 320 }],
  ["no skip link", 'class="skip" href="#main-content"', 'href="/"', skipLink, /no link to main/],
  ["a skip link to nowhere", 'id="main-content" tabindex="-1"', "", skipLink, /no link to main/],
  ["a hidden skip link", 'class="skip"', 'class="væk"', skipLink, /not seen/, ".væk { position: absolute; left: -999px }"],
  ["text only by script", "<main", '<main class="skjult"', withoutScripts, /no h1 is seen/, ".skjult { display: none }", { script: false }],
  ["nothing in print", "<body", '<body class="tom"', print, /no h1 in print[^]*no text/, "@media print { .tom { display: none } }"],
  ["another status", "Rådet", "Rådet", nothing, /status 200, not 404/, "", { expected: 404 }],
];

for (const [name, from, to, look, expected, css = "", options = {}] of faults) {
  test(`found: ${name}`, async () => {
    writeFileSync(join(dir, "site.css"), `${CSS}\n${css}`);
    assert.match(await found(from, to, look, options), expected);
  });
}

test("found: what the validators are for", async () => {
  const bad = GOOD.replace("<p>Et", "<p><div>Et</div>");
  assert.notDeepEqual(await htmlValidate("index.html", bad), []);
  writeFileSync(join(dir, "index.html"), bad);
  assert.notDeepEqual(vnu(dir), []);
});
