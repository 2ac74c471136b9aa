/* The line of a result that says why it was found. */

import { cut, isHan } from "./words.js";

const WIDTH = 150, HAN_WIDTH = 75;  // characters of an excerpt

/* Where a text has one of the words: [[start, end], …], in order. */
function places(text, words) {
  const found = [];
  for (const piece of cut(text)) {
    const hits = isHan(piece.text) ? pairs(piece, words) : piece.words.some((word) => words.has(word)) ? [[piece.start, piece.end]] : [];
    for (const [start, end] of hits) {
      if (found.at(-1)?.[1] >= start) found.at(-1)[1] = end;
      else found.push([start, end]);
    }
  }
  return found;
}

/** The part of a text that has most of the words, as [[text, whether it is one of them], …]. */
export function excerpt(text, words) {
  const found = places(text, words);
  const [from, to] = around(text, found);
  const more = [["…", false]];
  return [...(from ? more : []), ...split(text, found, from, to), ...(to < text.length ? more : [])];
}

/** All of a text as such parts. */
export const whole = (text, words) => split(text, places(text, words), 0, text.length);

function split(text, found, from, to) {
  const parts = [];
  let at = from;
  for (const [start, end] of found.filter(([start, end]) => start >= from && end <= to)) {
    parts.push([text.slice(at, start), false], [text.slice(start, end), true]);
    at = end;
  }
  return [...parts, [text.slice(at, to), false]].filter(([part]) => part);
}

function pairs({ text, start }, words) {
  const found = [];
  for (let at = 0; at < text.length; at++) {
    if (at + 1 < text.length && words.has(text.slice(at, at + 2))) found.push([start + at, start + at + 2]);
    else if (words.has(text[at])) found.push([start + at, start + at + 1]);
  }
  return found;
}

/* The window that has most of the places: its start and end, between words. */
function around(text, found) {
  const fits = isHan(text) ? HAN_WIDTH : WIDTH;
  let best = [0, 0];
  found.forEach(([start], first) => {
    let last = first;
    while (found[last + 1]?.[1] <= start + fits) last++;
    const seen = new Set(found.slice(first, last + 1).map((place) => text.slice(...place).toLowerCase()));
    if (seen.size > best[0]) best = [seen.size, start];
  });
  const before = Math.max(0, Math.floor(best[1] - fits / 4));
  const from = best[1] < fits / 2 ? 0 : boundary(text, before);
  const end = from + fits;
  return [from, end >= text.length ? text.length : boundary(text, end)];
}

/* The next place at which a text may be cut. */
function boundary(text, at) {
  const next = /[\s，。；：、]|\p{Script=Han}/u.exec(text.slice(at, at + 30));
  return at + (next ? next.index + (isHan(next[0]) ? 0 : 1) : 0);
}
