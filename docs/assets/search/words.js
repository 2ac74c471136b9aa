/* How text is cut into the words that are searched: the same for pages and for what readers type.

   Latin letters and Han characters are cut apart wherever they meet. A name is found whole and by its parts:
   `expire_on_commit` as expireoncommit, expire and commit. English words lose their endings; Chinese is cut into pairs
   of characters, which needs no dictionary and is the same in every browser. */

const LETTERS = String.raw`(?:(?!\p{Script=Han})[\p{L}\p{N}_])+`;
const PIECE = new RegExp(String.raw`\b0x[\da-f…]*|\d+(?:\.\d+)+|\p{Script=Han}+|${LETTERS}(?:[-+'’]${LETTERS})*`, "gu");
const ADDRESS = /^0x/;  // of an object in memory: another one in every run
const HAN = /\p{Script=Han}/u;

// Words that a question or a printed error is full of, and that say nothing of what it is about.
const STOP = new Set((
  "a about after all also am an and any are as at be because been before but by can cannot cant could couldnt did didnt do does doesnt "
  + "doing dont else for from gets getting got had has hasnt have having here how i if im in into is isnt it its ive just like me "
  + "more my no not of on or our please should so some such than that the their them then there these they this those to too use used "
  + "using via want was we were what whats when where which while who why will with without wont would you your "
  + "background error file line most recent call last traceback https http sqlalche orm exc"
).split(" "));
const STOP_HAN = /为什么|什么时候|怎么办|怎么样|怎么|怎样|如何|[有是]?什么|是不是|能不能|可不可以|[的吗呢吧啊和与及跟把呀]|了(?!解)|被(?!动)|请问|一下/g;

/** The pieces of a text in order: { text, words, start, end }, where `words` are what the piece is searched by. */
export function* cut(text) {
  for (const { 0: piece, index: start } of text.matchAll(PIECE)) {
    if (!ADDRESS.test(piece)) yield { text: piece, words: wordsOf(piece), start, end: start + piece.length };
  }
}

/** The pieces of a query that are looked for: fillers are left out, unless there is nothing else. */
export function queried(query) {
  const meant = [...cut(query.replace(STOP_HAN, " "))].filter(({ text }) => !STOP.has(joined(text)));
  return meant.length ? meant : [...cut(query)];
}

/** Whether a word is Chinese. */
export const isHan = (word) => HAN.test(word);

const wordsByPiece = new Map();  // most pieces of a page stand on others, too: a third of the time that an index takes

function wordsOf(piece) {
  let words = wordsByPiece.get(piece);
  if (!words) wordsByPiece.set(piece, words = cutPiece(piece.normalize("NFKC")));
  return words;
}

function cutPiece(piece) {
  if (HAN.test(piece)) {
    const characters = [...piece];
    return characters.length < 2 ? characters : characters.slice(1).map((second, at) => characters[at] + second);
  }
  if (/^[\d.]+$/.test(piece) || /^\w\+\d$/.test(piece)) return [piece.toLowerCase()];  // 2.1, N+1
  const parts = piece.replace(/['’]/g, "").replace(/([a-z\d])(?=[A-Z])/g, "$1_").split(/[-_+]+/).filter(Boolean);
  const words = parts.map((part) => stem(part.toLowerCase()));
  return parts.length > 1 ? [joined(piece), ...words] : words;
}

const joined = (piece) => piece.toLowerCase().replace(/[-_+'’]/g, "");

/* A word without its ending: committed, commits and commit are one word. */
function stem(word) {
  if (word.length < 4 || /\d/.test(word)) return word;
  let root = word.replace(/ies$/, "y").replace(/(ss|sh|ch|x)es$/, "$1").replace(/([^suai])s$/, "$1");
  const shorter = root.replace(/(?:ing|ed|ly)$/, "");
  if (shorter !== root && shorter.length > 2 && /[aeiouy]/.test(shorter)) root = shorter.replace(/([^aeiouyls])\1$/, "$1");
  return root.length > 3 ? root.replace(/e$/, "") : root;
}
