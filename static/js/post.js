/* One request of the outbox, with patience and a token that is valid today. */

const PATIENCE = 20_000;
const SLOWEST = 3; /* bytes per millisecond that a line may still be so slow as to carry */
let token = document.querySelector("meta[name=csrf]")?.content ?? "";

/* Answers {status, text, receipt?}; without a network or any answer {status: 0}. */
export async function request(url, body, sender) {
  const answer = await once(url, body, sender);
  if (answer.status !== 400) return answer;
  const asked = await once("/outbox/token", undefined, sender);
  if (asked.status !== 204) return asked.status === 401 ? asked : answer;
  token = asked.headers.get("X-CSRFToken");
  return once(url, body, sender);
}

async function once(url, body, sender) {
  const photo = body instanceof FormData ? body.get("photo") : null;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE + (photo?.size ?? 0) / SLOWEST);
  try {
    const answer = await fetch(url, {
      method: body ? "POST" : "GET", body, redirect: "manual", signal: stop.signal,
      cache: "no-store", headers: { Outbox: sender, "X-CSRFToken": token },
    });
    const { status, headers } = answer;
    return { status, headers, text: await answer.text(), receipt: receiptIn(status, headers) };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/* Any other 2xx is some network's own page, not our server. */
function receiptIn(status, headers) {
  const at = headers.get("Receipt-Time");
  if (status !== 201 || !at) return undefined;
  return { at, number: headers.get("Receipt-Number"), url: headers.get("Location") };
}
