/* The scripts' words in the reader's language; the server writes WORDS above the scripts. */
/* global WORDS */

export const word = (key, values = {}) =>
  WORDS[key].replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export const clock = (moment) =>
  new Date(moment).toLocaleTimeString("zh-CN", {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
  });
