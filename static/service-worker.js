// SHELL, VERSION and OFFLINE are written above this by the server. Two rules: files of the shell and
// pages come from the network, within three seconds, else from the cache; and of pages only one is
// cached, which holds no name. Answers of the API are never touched.
"use strict";

const PATIENCE = 3000;

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

function withinPatience(request) {
  return new Promise((done, fail) => {
    const timer = setTimeout(fail, PATIENCE);
    fetch(request).then(done, fail).finally(() => clearTimeout(timer));
  });
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(withinPatience(request).catch(() => page(request)));
  } else if (SHELL.includes(address.pathname)) {
    event.respondWith(withinPatience(request).catch(() => caches.match(address.pathname).then((kept) => kept || fetch(request))));
  }
});

// A slow network is waited for when there is no page to show instead.
function page(request) {
  return caches.match(OFFLINE).then((kept) => kept || fetch(request));
}
