// A page as a reader meets it, in Debian's Chromium: each check opens a page and gives findings.
//
// Takes a browser, the server's origin and a path; gives lists of texts, empty where nothing is
// wrong: what the console says, requests that fail or leave the site, what axe finds, sideways
// scrolling, the skip link, the page without scripts, the page in print.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";

import { chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser. */
export function launch() {
  if (!existsSync(CHROMIUM)) throw new Error("chromium is missing: apt-get install -y chromium");
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/**
 * Opens a page, calls `look(page)`, and gives its findings after those of the visit itself: console
 * errors, exceptions, failed requests, and requests outside the site, which are not let through.
 */
export async function visit(browser, url, options, look) {
  const { width = 1280, scheme = "light", script = true, expected = 200 } = options;
  const origin = new URL(url).origin;
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    locale: "da-DK",
    serviceWorkers: "block",
  });
  const findings = [];
  try {
    await context.route("**/*", (route) => {
      const target = route.request().url();
      if (new URL(target).origin === origin) return route.continue();
      findings.push(`asks for ${target}, which is outside the site`);
      return route.abort();
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => findings.push(`exception: ${error.message}`));
    page.on("console", (message) => {
      // The browser also notes the status of the page itself, which is judged below.
      const own = message.location().url === url && message.text().includes("status of 404");
      if (message.type() === "error" && !own) findings.push(`console: ${message.text()}`);
    });
    page.on("requestfailed", (request) => {
      if (new URL(request.url()).origin === origin) findings.push(`${request.url()}: failed`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400 && response.url() !== url) {
        findings.push(`${response.url()}: status ${response.status()}`);
      }
    });
    const response = await page.goto(url, { waitUntil: "load" });
    if (response.status() !== expected) findings.push(`status ${response.status()}, not ${expected}`);
    findings.push(...(await look(page)));
  } finally {
    await context.close();
  }
  return findings;
}

/** What axe finds: WCAG 2.2 A and AA, and its best practices. */
export async function axe(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    TAGS,
  );
  if (result.passes.length === 0) return ["axe: no rule was applied"];
  return result.violations.flatMap((rule) =>
    rule.nodes.map((node) => {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ");
      return `axe ${rule.id}: ${node.target.join(" ")}: ${why || rule.help}`;
    }),
  );
}

/** Whether the page is wider than the window, and what sticks out. */
export function sideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const width = root.clientWidth;
    if (Math.max(root.scrollWidth, document.body.scrollWidth) <= width) return [];
    const wide = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .slice(0, 5)
      .map((element) => `${element.localName}.${element.className}`);
    return [`scrolls sideways: ${root.scrollWidth} px in ${width}, by ${wide.join(", ")}`];
  });
}

/** The first stop of the tabulator is a link that is then seen and that moves into `main`. */
export async function skipLink(page) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const link = document.activeElement;
    const href = link?.getAttribute("href") ?? "";
    const target = href.startsWith("#") && document.getElementById(href.slice(1));
    const box = link?.getBoundingClientRect();
    const seen =
      box && box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0 &&
      box.bottom <= innerHeight && box.right <= innerWidth &&
      link.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return {
      what: link?.outerHTML.slice(0, 120),
      leads: Boolean(target && (target.closest("main") || target.querySelector?.("main"))),
      seen: Boolean(seen),
    };
  });
  if (!first.leads) return [`the first focus is no link to main: ${first.what}`];
  if (!first.seen) return [`the skip link has focus and is not seen: ${first.what}`];
  await page.keyboard.press("Enter");
  const inMain = () => page.evaluate(() => Boolean(document.activeElement?.closest("main")));
  if (await inMain()) return [];
  await page.keyboard.press("Tab");
  return (await inMain()) ? [] : ["the skip link does not move the focus into main"];
}

/** Without scripts the heading, text and links of `main` are there to be seen. */
export async function withoutScripts(page) {
  const findings = [];
  if (!(await page.locator("main h1").first().isVisible())) findings.push("no h1 is seen");
  const text = await page.locator("main").first().innerText();
  if (text.trim().length < 20) findings.push(`main says only “${text.trim()}”`);
  if ((await page.locator("main a[href]:visible").count()) === 0) findings.push("main has no link");
  return findings;
}

/** In print the heading is there, and the PDF has pages with text on them. */
export async function print(page) {
  await page.emulateMedia({ media: "print" });
  const findings = [];
  if (!(await page.locator("h1").first().isVisible())) findings.push("no h1 in print");
  const pdf = await page.pdf({ format: "A4" });
  const raw = pdf.toString("latin1");
  const sheets = raw.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  if (sheets === 0) findings.push("the PDF has no page");
  const shown = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].some(([, body]) => {
    try {
      return /\bT[jJ]\b/.test(inflateSync(Buffer.from(body, "latin1")).toString("latin1"));
    } catch {
      return false;
    }
  });
  if (!shown) findings.push("the PDF has no text");
  return findings;
}
