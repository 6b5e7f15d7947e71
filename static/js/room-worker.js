// The service worker, served by a view as it is. It keeps the pages of rooms and their static files for a reload while
// the network is away. A page is the last one that its person saw; when somebody else comes, or anybody signs in or
// out, all pages are forgotten.

const PAGES = "mdd-rooms";
const STATIC = "mdd-static";
const ROOM = /^\/workshops\/\d+\/$/;
const DOOR = /^\/accounts\/(login|logout|signup)\//;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const AWAY = new Set([502, 503, 504]);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) {
    return;
  }
  if (request.method === "POST" && DOOR.test(pathname)) {
    event.waitUntil(self.caches.delete(PAGES));
  } else if (request.method === "GET" && pathname.startsWith("/static/")) {
    event.respondWith(HASHED.test(pathname) ? kept(request) : newest(request));
  } else if (request.method === "GET" && ROOM.test(pathname) && request.mode === "navigate") {
    event.respondWith(room(request, pathname));
  }
});

async function kept(request) {
  const cache = await self.caches.open(STATIC);
  return (await cache.match(request)) ?? fetched(request, cache);
}

async function newest(request) {
  const cache = await self.caches.open(STATIC);
  try {
    return await fetched(request, cache);
  } catch {
    return (await cache.match(request)) ?? Response.error();
  }
}

async function fetched(request, cache) {
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
  }
  return response;
}

async function room(request, path) {
  const cache = await self.caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (AWAY.has(response.status)) {
      return (await cache.match(path)) ?? response;
    }
    await keep(cache, path, response);
    return response;
  } catch {
    return (await cache.match(path)) ?? Response.error();
  }
}

async function keep(cache, path, response) {
  if (response.ok) {
    await forgetOthers(cache, response.headers.get("MDD-Person"));
    await cache.put(path, response.clone());
  } else if (response.type === "opaqueredirect" || [403, 404, 410].includes(response.status)) {
    await cache.delete(path);
  }
}

async function forgetOthers(cache, person) {
  for (const key of await cache.keys()) {
    const page = await cache.match(key);
    if (page.headers.get("MDD-Person") !== person) {
      await cache.delete(key);
    }
  }
}
