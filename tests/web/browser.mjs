// A built site in a real browser: one page of each kind, wide and narrow, light and dark, with and
// without scripts, by keyboard, and printed.
//
// Takes the folder in SAGNET_SITE, else public/; gives one test for each page and way of reading.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe, launch, print, sideways, skipLink, visit, withoutScripts } from "./reader.mjs";
import { basePath, folder, pages, serve } from "./site.mjs";

const dir = folder();
const base = basePath(dir);
const kinds = pages(dir);
let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve(dir, base);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function good(path, options, look) {
  const expected = path === kinds.at(-1)[1] ? 404 : 200;
  const findings = await visit(browser, server.origin + base + path, { expected, ...options }, look);
  assert.equal(findings.join("\n"), "");
}

for (const [name, path] of kinds) {
  for (const width of [1280, 320]) {
    for (const scheme of ["light", "dark"]) {
      test(`${name} at ${width} px, ${scheme}: axe, console, requests, width`, () =>
        good(path, { width, scheme }, async (page) => [
          ...(await sideways(page)),
          ...(await axe(page)),
        ]));
    }
  }
  test(`${name}: skip link`, () => good(path, {}, skipLink));
  test(`${name} at 320 px: skip link`, () => good(path, { width: 320 }, skipLink));
  test(`${name} without scripts`, () =>
    good(path, { width: 320, script: false }, async (page) => [
      ...(await withoutScripts(page)),
      ...(await sideways(page)),
    ]));
  test(`${name} in print`, () => good(path, {}, print));
}

test("from the front page to a case by clicks, without scripts", () =>
  good("", { script: false }, async (page) => {
    const paths = Object.fromEntries(kinds);
    const steps = [paths.meetings, paths.meeting, paths.item];
    for (const step of steps) {
      await page.locator(`a[href="${base}${step}"]:visible`).first().click();
      await page.waitForURL(server.origin + base + step);
    }
    await page.locator(`main a[href^="${base}sager/"]:visible`).first().click();
    await page.waitForURL((url) => url.pathname.startsWith(`${base}sager/`));
    return (await page.locator("h1").count()) === 1 ? [] : ["the case's page has no h1"];
  }));
