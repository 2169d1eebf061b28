// Reads and checks what stands in the QR code of a badge. The same rules as giaoban/attendance/badge.py.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BODY = 15;
const SIZE = BODY + 64;
const ECDSA = { name: "ECDSA", hash: "SHA-256" };

/** Can this browser check a signature here? Only on https and on localhost. */
export const canCheck = () => Boolean(globalThis.crypto && crypto.subtle);

/** A code as people type it, or "" if it cannot be one. */
export function cleanCode(text) {
  const code = text.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return code.length === 8 && [...code].every((letter) => LETTERS.includes(letter)) ? code : "";
}

/** K7M2-9QXD */
export const shownCode = (code) => `${code.slice(0, 4)}-${code.slice(4)}`;

/** {register, key, code, expires, body, signature}, or null if it is no badge of ours. */
export function readBadge(text) {
  const bytes = text.startsWith("GB1:") ? base32(text.slice(4)) : null;
  if (!bytes || bytes.length !== SIZE || bytes[0] !== 1) return null;
  const view = new DataView(bytes.buffer);
  return {
    register: view.getUint32(1), key: bytes[5], code: unpacked(bytes.slice(6, 11)), expires: view.getUint32(11),
    body: bytes.slice(0, BODY), signature: bytes.slice(BODY),
  };
}

/** What is wrong with a scanned text at a moment (ms): "", forged, other, expired, void, or "unchecked". */
export async function judge(text, list, now) {
  const badge = readBadge(text);
  if (!badge) return { verdict: "forged", code: "" };
  if (badge.register !== list.register) return { verdict: "other", code: badge.code };
  const key = list.keys.find((one) => one.number === badge.key);
  if (!key) return { verdict: "forged", code: badge.code };
  const checked = canCheck();
  if (checked && !(await genuine(badge, key.public))) return { verdict: "forged", code: badge.code };
  if (badge.expires * 1000 < now) return { verdict: "expired", code: badge.code };
  if (key.retired_at && now >= Date.parse(key.retired_at)) return { verdict: "void", code: badge.code };
  return { verdict: checked ? "" : "unchecked", code: badge.code };
}

async function genuine(badge, publicKey) {
  const raw = Uint8Array.from(atob(publicKey), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify(ECDSA, key, badge.signature, badge.body);
}

function base32(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0, value = 0, at = 0;
  for (const letter of text) {
    const five = BASE32.indexOf(letter);
    if (five < 0) return null;
    value = ((value << 5) | five) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (value >> bits) & 255;
    }
  }
  return bytes;
}

function unpacked(packed) {
  let number = 0n;
  for (const byte of packed) number = (number << 8n) | BigInt(byte);
  let code = "";
  for (let shift = 35n; shift >= 0n; shift -= 5n) code += LETTERS[Number((number >> shift) & 31n)];
  return code;
}
