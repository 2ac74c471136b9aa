/* Programs in links, as Markdown, and as pages that stand alone. */
const MOST_ADDRESS = 8000;  // characters
const MOST_PROGRAM = 50_000;  // bytes: a few in a link may unfold to gigabytes
const MOST_STEPS = 25_000;  // characters of them in Markdown

const bytesOf = async (stream) => new Uint8Array(await new Response(stream).arrayBuffer());

/** A program as a part of an address: deflated, in base64url. */
export async function pack(text) {
  const bytes = await bytesOf(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The program of a link. Throws an Error for one that holds none, or one that is too long. */
export async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if ((size += value.length) > MOST_PROGRAM) throw new RangeError(`more than ${MOST_PROGRAM} bytes`);
    parts.push(value);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(parts).arrayBuffer());
}

/** The link to a program, and to the step that is shown. Throws a RangeError with `length` and `most` if it is too long. */
export async function link(program, step) {
  const address = `${location.href.split("#")[0]}#p=${await pack(program)}${step ? `&step=${step}` : ""}`;
  if (address.length > MOST_ADDRESS) throw Object.assign(new RangeError("too long"), { length: address.length, most: MOST_ADDRESS });
  return address;
}

/* A fence that is longer than any row of backticks inside, so that nothing leaves its block. */
function block(kind, text) {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${kind}\n${text.trimEnd()}\n${fence}\n`;
}

/** A program and what it did, for a bug report or an answer. `found`: what the runner returned, if it ran. */
export function markdown(program, found, words, address) {
  const parts = [block("python", program)];
  if (found?.output) parts.push(`${words.printed}:\n`, block("text", String(found.output)));
  if (found?.error?.text) parts.push(block("text", String(found.error.text)));
  if (found?.text) parts.push(`<details><summary>${words.traced}</summary>\n`, block("text", String(found.text).slice(0, MOST_STEPS)), "</details>\n");
  if (address) parts.push(`[${words.open}](${address})\n`);
  return parts.join("\n");
}

/** A page that stands alone, put together of what this page has drawn: one that a program wrote could do anything. */
export async function page(section, assets, packs, language) {
  const addresses = [new URL("page.css", packs), ...["stepper.css", `stepper.${language}.js`, "predict.js"].map((name) => new URL(name, assets))];
  const [base, style, ...scripts] = await Promise.all(addresses.map(async (address) => (await fetch(address)).text()));
  const styles = base + style, script = scripts.join("\n").replaceAll("</script", "<\\/script");
  const policy = `default-src 'none'; style-src ${await hash(styles)}; script-src ${await hash(script)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n<html lang="${document.documentElement.lang}">\n<meta charset="utf-8">\n`
    + `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`
    + `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>program.py</title>\n<style>${styles}</style>\n`
    + `<main>\n<h1>program.py</h1>\n${section.outerHTML}\n</main>\n<script>${script}</script>\n</html>\n`;
}

async function hash(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
