/* The scripts' words in the reader's language; the server writes WORDS above the scripts. */
/* global WORDS */

export const word = (key, values = {}) =>
  WORDS[key].replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export const clock = (moment) =>
  new Date(moment).toLocaleTimeString("zh-CN", { timeStyle: "short", timeZone: "Asia/Shanghai" });
