// A built site as the web tests see it.
//
// Takes the folder in SAGNET_SITE (else public/ at the project's root); gives its files, the pages
// worth opening, and a web server for it on a free port of this machine. The server knows no
// courtesy: no redirect to a missing slash, exact names, 404.html for the rest, and the strictest
// Content-Security-Policy that a host could set, so that a page that needs more is found out.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".pdf": "application/pdf",
};

export const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The folder under test. */
export function folder() {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const dir = resolve(process.env.SAGNET_SITE || join(root, "public"));
  let pages = 0;
  try {
    pages = htmlFiles(dir).length;
  } catch (error) {
    throw new Error(`${dir} cannot be read (${error.code}): build the site first, or set SAGNET_SITE`);
  }
  if (pages === 0) throw new Error(`${dir} has no page: build the site first, or set SAGNET_SITE`);
  return dir;
}

/** Every file below a folder, with `/`, sorted. */
export function files(dir, prefix = "") {
  const names = readdirSync(join(dir, prefix)).sort();
  return names.flatMap((name) => {
    const file = prefix + name;
    return statSync(join(dir, file)).isDirectory() ? files(dir, `${file}/`) : [file];
  });
}

/** Every page below a folder. */
export function htmlFiles(dir) {
  return files(dir).filter((file) => file.endsWith(".html"));
}

/** The path that the site was built for, from the front page's canonical address: `/` or `/path/`. */
export function basePath(dir) {
  const front = readFileSync(join(dir, "index.html"), "utf8");
  const link = front.match(/<link\b[^>]*\brel=["']?canonical\b[^>]*>/i)?.[0] ?? "";
  const address = link.match(/\bhref=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i);
  if (!address) throw new Error("index.html: no canonical address, so its path is not known");
  return new URL(address[1] ?? address[2] ?? address[3]).pathname;
}

/**
 * The pages that stand for their kinds, as [name, path below the site]: the fixed ones of the
 * Danish addresses, and of each kind of data the one that has most to show.
 */
export function pages(dir) {
  const all = files(dir).filter((file) => file.endsWith("index.json"));
  const data = all.map((file) => {
    const path = file.slice(0, -"index.json".length);
    return { path, ...JSON.parse(readFileSync(join(dir, file), "utf8")) };
  });
  const most = (name, of, size) => {
    const fitting = data.filter(of).sort((a, b) => size(b) - size(a));
    if (fitting.length === 0) throw new Error(`the site has no ${name}`);
    return [name, fitting[0].path];
  };
  const length = (record) => JSON.stringify(record).length;
  return [
    ["front", ""],
    ["meetings", "moeder/"],
    most("meeting", (record) => record.kind === "meeting", (record) => record.items.length),
    most("item", (record) => record.kind === "item", length),
    most("case", (record) => record.kind === "case" && !record.standing, (record) => record.timeline.length),
    most("standing case", (record) => record.kind === "case" && record.standing, length),
    ["cases", "sager/"],
    ["topics", "emner/"],
    most("topic", (record) => record.kind === "topic", (record) => record.items.length),
    ["timeline", "tidslinje/"],
    ["search", "soeg/"],
    ["about", "om/"],
    ["404", "findes/ikke/"],
  ];
}

/** Serves a folder under a path; gives `{origin, close}`. */
export async function serve(dir, base = "/") {
  const known = new Set(files(dir));
  const server = createServer((request, response) => {
    const send = (status, file) => {
      response.writeHead(status, {
        "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
      });
      response.end(known.has(file) ? readFileSync(join(dir, file)) : "");
    };
    let path = "";
    try {
      path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    } catch {
      return send(400, "");
    }
    if (!path.startsWith(base)) return send(404, "");
    const below = path.slice(base.length);
    const file = below === "" || below.endsWith("/") ? `${below}index.html` : below;
    return known.has(file) ? send(200, file) : send(404, "404.html");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
}
