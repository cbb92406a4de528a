// SHELL, VERSION and OFFLINE are written above this by the server. Two rules: files of the shell and
// pages come from the network, within three seconds, else from the cache; and of pages only one is
// cached, which holds no name. A page whose server can be reached and is merely slow is waited for.
// Answers of the API are never touched.
"use strict";

const PATIENCE = 3000;
const REACHED = 2000;
const LATE = "late";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(VERSION).then((cache) => cache.addAll([OFFLINE, ...SHELL])).then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});

function within(time, answer) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(LATE), time);
    answer.then(done, fail).finally(() => clearTimeout(timer));
  });
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(opened(request).catch(() => page(request)));
  } else if (SHELL.includes(address.pathname)) {
    event.respondWith(within(PATIENCE, fetch(request)).catch(() => caches.match(address.pathname).then((kept) => kept || fetch(request))));
  }
});

function opened(request) {
  const answer = fetch(request);
  return within(PATIENCE, answer).catch((lost) => (lost === LATE ? reached().then(() => answer) : Promise.reject(lost)));
}

// A small file, from the network: the server is there.
function reached() {
  return within(REACHED, fetch(SHELL[SHELL.length - 1], { cache: "no-store" }));
}

// A slow network is waited for when there is no page to show instead.
function page(request) {
  return caches.match(OFFLINE).then((kept) => kept || fetch(request));
}
