/* Keeps the pages that a reader has visited, with what they are made of, for when there is no network.
   Published by tools/site/offline.py, which fills in the build and the words. */
"use strict";
const CACHE = "pages $build";
const WORDS = $words;
const ROOT = new URL("./", location.href);
const ASSETS = ["style", "script", "image", "font", "worker"];
const EXCEPT = /\/playground/;  // keeps its own files, in caches of its own

/* Pages are kept by their path alone: neither a search's words nor an anchor make another page. */
const key = (url) => Object.assign(new URL(url), { search: "", hash: "" }).href.replace(/index\.html$$/, "");
const ours = (url) => url.startsWith(ROOT.href) && !EXCEPT.test(url);

/* A new build has its own cache, and those of others go: what is kept always belongs together. Nothing is fetched ahead,
   so a worker that is ended at any time leaves nothing half done. */
async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("pages ") && name !== CACHE) await caches.delete(name);
}

async function keep(url, answer) {
  const cache = await caches.open(CACHE);
  if (answer.status === 404 || answer.status === 410) return cache.delete(key(url));
  if (answer.status === 200 && !answer.redirected) return cache.put(key(url), answer);
}

const kept = async (url) => (await caches.open(CACHE)).match(key(url), { ignoreVary: true });

/* The network always goes first, for assets, too: their names say nothing of their version. It asks the server whether
   a page has changed; a browser may otherwise take it to be fresh for a while. */
async function page(request) {
  try {
    const answer = await fetch(request, { cache: "no-cache" });
    if (answer.status !== 200 || answer.headers.get("content-type")?.startsWith("text/html")) {
      await keep(request.url, answer.clone());
    }
    return answer;
  } catch {
    return (await kept(request.url)) ?? (await kept(`$${request.url}/`)) ?? missing(request.url);
  }
}

async function asset(request) {
  try {
    const answer = await fetch(request);
    await keep(request.url, answer.clone());
    return answer;
  } catch (error) {
    const found = await kept(request.url);
    if (found) return found;
    throw error;
  }
}

/* What a reader sees of a page that is not kept: those that are, in the page's language. */
async function missing(url) {
  const within = (one) => WORDS.findLast(({ folder }) => one.startsWith(ROOT.href + folder));
  const { title, text, tag } = within(url), cache = await caches.open(CACHE);
  let links = "";
  for (const { url: one } of await cache.keys()) {
    if (!one.endsWith("/") || within(one).tag !== tag) continue;
    const html = await (await kept(one)).text();
    links += `<li><a href="$${one}">$${html.match(/<title>(.*?)<.title>/s)?.[1] ?? one}</a>`;
  }
  const html = `<!doctype html><html lang=$${tag}><meta charset=utf-8><meta name=viewport content=width=device-width>
<meta name=color-scheme content="light dark"><title>$${title}</title>
<body style="font:1rem/1.6 system-ui;max-width:38rem;margin:3rem auto;padding:0 1rem">
<h1>$${title}</h1><p>$${text}<ul>$${links}</ul>`;
  return new Response(html, { status: 503, headers: { "content-type": "text/html;charset=utf-8" } });
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clean().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !ours(request.url)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (ASSETS.includes(request.destination)) event.respondWith(asset(request));
});

/* A page says what it is made of: it may have come before this worker. */
addEventListener("message", (event) => event.waitUntil((async () => {
  await clean();
  for (const url of event.data.filter(ours)) {
    if (await kept(url)) continue;
    try { await keep(url, await fetch(url)); } catch { /* there is no network: another time */ }
  }
})()));
