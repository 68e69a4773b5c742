/* What the phone keeps (IndexedDB). A change resolves when it is complete on the disk. */

const STORES = { drafts: "key", outbox: "id", photos: "id", own: "person" };
const tabs = self.BroadcastChannel && new BroadcastChannel("linli");
const listeners = new Set();
let opening;

function open() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open("linli", 1);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES))
        request.result.createObjectStore(name, { keyPath });
    };
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      request.result.onclose = () => (opening = undefined);
      done(request.result);
    };
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

export const asked = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/* Run `work` on these stores in one transaction; it may await nothing but asked(...). */
export async function change(names, work) {
  const transaction = (await open()).transaction(names, "readwrite", { durability: "strict" });
  const complete = new Promise((done, fail) => {
    transaction.oncomplete = done;
    transaction.onabort = () => fail(transaction.error ?? new Error("not stored"));
  });
  complete.catch(() => {});
  let value;
  try {
    value = await work(...names.map((name) => transaction.objectStore(name)));
  } catch (error) {
    try { transaction.abort(); } catch { /* it has aborted */ }
    throw error;
  }
  await complete;
  announce();
  tabs?.postMessage("changed");
  return value;
}

const reading = async (name) => (await open()).transaction(name).objectStore(name);
export const all = async (name) => asked((await reading(name)).getAll());
export const one = async (name, key) => asked((await reading(name)).get(key));

export const photosOf = async (record) =>
  (await all("photos")).filter((photo) => photo.record === record);

/* Call `listener` whenever this tab or another one has changed something. */
export function onChange(listener) {
  listeners.add(listener);
}
const announce = () => listeners.forEach((listener) => listener());
tabs?.addEventListener("message", announce);

/* Ids and digests also work over plain HTTP, where crypto.randomUUID and crypto.subtle do not. */
export const newId = () => hex(crypto.getRandomValues(new Uint8Array(16)));

export const hex = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
