import { LRUCache } from 'lru-cache';

/**
 * Stems that mean a secret anywhere in a name, also inside a compound (`Initialkennwort`, `userpassword`), in the
 * languages in which people name attributes, folded to lower case without accents.
 */
const stems = `
  password passwort passwd passphrase passcode kennwort losungswort geheimnis geheimzahl contrasena motdepasse
  wachtwoord adgangskode losenord salasana senhade apikey apischlussel privatekey secretkey signingkey
  encryptionkey sharedkey sessionkey recoverycode onetimecode securityanswer secretanswer jelszo hasło пароль
  parole 密码 密碼 パスワード 暗証番号 비밀번호 credential zugangsdaten
`
  .trim()
  .split(/\s+/);

/** Words that mean a secret on their own. */
const words = new Set(
  `pw pwd psw pword pin pins otp totp hotp cvv cvc jwt cookie bearer senha parola heslo haslo sifre secret secrets
  token tokens`.split(/\s+/),
);

/** Words with these endings are compounds: `accesstoken`, `clientsecret`, `unicodepwd`. Not `secretary`. */
const wordEnd = /(?:secrets?|tokens?|pwd)$/;

/** Names that mean a secret only as a whole. */
const wholeNames = new Set(['pass', 'dbpass', 'userpass', 'smtppass', 'authorization']);

/** A following word that says the name is only about a secret: `passwordExpiresAt`, `tokenCount`, `pinCode`. */
const about =
  /^(?:(?:last|next|is|was|has|must|be|never|not|on|at|by|in|for|count(?:er)?|number|date|time|stamp|days?|expir(?:e[sd]?|y|ation)|chang(?:e[sd]?)|set|reset|age|polic(?:y|ies)|required|require|enabled|disabled|type|kind|status|state|strength|length|version|ids?|name|ur[il]|link|method|provider|issue[rd]?|question|attempts?|failures?|budget|limit|quota|usage|used|balance|less|manager|login|logon|code)+)$/;

/** Words that make it a postal code: the PIN code of an Indian address is not a secret, that of a door is. */
const pinOwners = new Set([
  'access',
  'card',
  'door',
  'login',
  'security',
  'sim',
  'unlock',
  'voicemail',
  'user',
]);
/** Words for things that may be public. */
const openCredentials = new Set(['academic', 'clinical', 'medical', 'nursing', 'professional']);
/** A flag or a duty, not the secret: `mustChangePassword`. */
const flagBeginnings = new Set([
  'must',
  'has',
  'is',
  'can',
  'force',
  'needs',
  'requires',
  'require',
  'allow',
  'show',
]);

/**
 * Whether a name says that its value is a secret: a password, PIN, key or token. It is read word by word, so
 * `secretary`, `tokenCount` and `pincode` are not secrets. After a URN or a path, only the last part counts:
 * `urn:acme:tokens:2.0:User:title` is not a secret.
 */
export function isSecretName(name: string): boolean {
  if (name.length > nameLengthMaxChars) return false;
  const known = answers.get(name);
  if (known !== undefined) return known;
  const answer = meansSecret(name);
  answers.set(name, answer);
  return answer;
}

/** Whether a value may be a secret at all: a flag or an empty value is not, whatever its name. */
export function mayBeSecret(value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean') return false;
  return typeof value !== 'string' || !/^(?:true|false|yes|no|)$/i.test(value.trim());
}

/** Identity providers repeat the same few names, and looking at one takes longer than remembering it. */
const answersMax = 2_000;
const answers = new LRUCache<string, boolean>({ max: answersMax });
const nameLengthMaxChars = 300;

function meansSecret(name: string): boolean {
  // Full-width and other forms of a letter count as that letter.
  const own = name.slice(name.lastIndexOf(':') + 1).normalize('NFKC');
  const parts = wordsOf(own);
  const whole = parts.join('');
  if (wholeNames.has(whole)) return true;
  if (flagBeginnings.has(parts[0] ?? '') && parts.length > 1) return false;
  return (
    parts.some((word, at) => isSecretWord(word, parts.slice(0, at), parts.slice(at + 1))) ||
    hasStem(whole, parts)
  );
}

function isSecretWord(word: string, before: readonly string[], after: readonly string[]): boolean {
  if (!words.has(word) && !wordEnd.test(word)) return false;
  const isOfAddress = word === 'pin' && after[0] === 'code';
  if (isOfAddress) return before.some((owner) => pinOwners.has(owner));
  return !about.test(after.join('')) || word === 'pin';
}

/** Looks at the words together: a compound may be written as one word or as several. */
function hasStem(whole: string, parts: readonly string[]): boolean {
  return stems.some((stem) => {
    const at = whole.indexOf(stem);
    if (at === -1) return false;
    if (stem === 'credential' && openCredentials.has(parts[0] ?? '')) return false;
    return !about.test(whole.slice(at + stem.length).replace(/^(?:e?s)?(?=.)/, ''));
  });
}

/** `clientSecret`, `client_secret`, `CLIENT-SECRET` and `client.secret` are client and secret. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .map((word) => foldAccents(word.toLowerCase()));
}

function foldAccents(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('ß', 'ss')
    .normalize('NFC');
}
