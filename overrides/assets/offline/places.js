/* What an address, an answer and a pack mean. Nothing here touches cache or network: these are
   plain functions, tested on their own. The build puts this file before worker.js. */
"use strict";

/** What a kept copy says that it is; a pack carries no headers. */
const TYPES = /** @type {Record<string, string>} */ ({
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  ico: "image/x-icon",
  woff2: "font/woff2",
  webmanifest: "application/manifest+json",
});

/** @param {string} path */
function typeOf(path) {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(TYPES, ending) ? TYPES[ending] : "application/octet-stream";
}

/** The path that an address names below the scope, decoded; null if it names none.
    A `%` that is no escape is for the host to judge.
    @param {string} address @param {string} scope @returns {string | null} */
function pathIn(address, scope) {
  const url = new URL(address);
  const home = new URL(scope);
  if (url.origin !== home.origin || !url.pathname.startsWith(home.pathname)) return null;
  try {
    return decodeURIComponent(url.pathname.slice(home.pathname.length));
  } catch {
    return null;
  }
}

/** A path as part of an address again.
    @param {string} path */
function addressOf(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** The file that a path means, as hosts read it: a folder is its index, `.html` may be left out.
    Where the slash of a folder is missing, `folder` is true: the links of its index would lead
    astray from there.
    @param {string} path @param {Map<string, string>} files
    @returns {{file: string, folder: boolean} | null} */
function fileOf(path, files) {
  const index = path + "index.html";
  if (path === "" || path.endsWith("/"))
    return files.has(index) ? { file: index, folder: false } : null;
  if (files.has(path)) return { file: path, folder: false };
  if (files.has(path + ".html")) return { file: path + ".html", folder: false };
  if (files.has(path + "/index.html")) return { file: path + "/index.html", folder: true };
  return null;
}

/** Whether a path may be this site's. Below a site at `/` stand other projects of the same host:
    what lies in a folder that this site does not have is theirs.
    @param {string} path @param {Map<string, string>} files */
function isOurs(path, files) {
  const end = path.indexOf("/");
  if (end < 0) return true;
  const folder = path.slice(0, end + 1);
  for (const file of files.keys()) if (file.startsWith(folder)) return true;
  return false;
}

/** Whether the host's answer for the worker's own script says that the site is no longer there:
    removed, moved, or another one in its place that answers everything with a page. A host that is
    down, or that does not know the question, says nothing.
    @param {{type: string, status: number, ok: boolean, headers: Headers}} answer */
function isGone(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 404 || answer.status === 410)
    return true;
  return answer.ok && !/javascript|ecmascript/.test(answer.headers.get("content-type") || "");
}

const CHUNK = 8192; // bytes, as in packs.py

/** The files of a pack (packs.py says how it is laid out): path and content, in parts.
    @param {Uint8Array} bytes @returns {[string, Uint8Array[]][]} */
function unpacked(bytes) {
  const end = bytes.indexOf(10);
  /** @type {[string, number][]} */
  const listed = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  /** @type {[string, Uint8Array[]][]} */
  const files = listed.map(([path]) => [path, []]);
  const longest = Math.max(...listed.map(([, size]) => size));
  let at = end + 1;
  for (let from = 0; from < longest; from += CHUNK) {
    listed.forEach(([, size], number) => {
      const length = Math.min(CHUNK, size - from);
      if (length <= 0) return;
      files[number][1].push(bytes.subarray(at, at + length));
      at += length;
    });
  }
  return files;
}

/** The packs to fetch before a release may serve: what every page needs, what each page of the
    editions that are being read needs, what is being read, and the sections that the release before
    it had.
    @param {Record<string, {section: string, first: boolean, edition: string}>} packs
    @param {Set<string>} reading names of packs @param {Set<string>} sections
    @returns {string[]} */
function wanted(packs, reading, sections) {
  const read = [...reading].map((name) => packs[name]?.edition ?? "");
  const editions = new Set(read.length ? read : [""]);
  return Object.keys(packs).filter((name) => {
    const { section, first, edition } = packs[name];
    const needed = first && (section === "shell" || editions.has(edition));
    return needed || reading.has(name) || sections.has(section);
  });
}
