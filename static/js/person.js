/* Whose phone this is just now. A page opened without a network belongs to who was last here. */
import { all, change, one } from "./store.js";

export const signedIn = document.body.dataset.person ?? "";

export async function person() {
  return signedIn || (await all("own"))[0]?.person || "";
}

/* The last person's own list goes when somebody else is here. */
export async function greet() {
  if (!signedIn || (await one("own", signedIn))) return;
  await change(["own"], (own) => {
    own.clear();
    own.put({ person: signedIn, due: [], at: 0 });
  });
}

export const mine = async (name) => {
  const me = await person();
  return (await all(name)).filter((each) => each.person === me);
};

/* After the person agreed: nothing of theirs stays on the phone. */
export async function forget() {
  const names = ["drafts", "outbox", "photos"];
  const rows = await Promise.all(names.map(mine));
  await change(["own", ...names], (own, ...stores) => {
    own.clear();
    stores.forEach((store, i) => rows[i].forEach((row) => store.delete(row[store.keyPath])));
  });
}
