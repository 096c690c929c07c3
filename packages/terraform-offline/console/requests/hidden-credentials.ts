import type { Header } from '../../server/message';

/** What stands in the place of a credential. */
export const HIDDEN = '(hidden)';

const CREDENTIAL =
  /authorization|cookie|token|secret|passw|passphrase|api[-_]?key|access[-_]?key|signature|credential|identitysource/i;

/** Names that say `token` or `key` and hold no credential: where a list goes on, what kind a token is, a key's number. */
const HARMLESS =
  /^(?:next|page|pagination|continuation|request|client|clientrequest)[-_]?token$|token[-_]?(?:use|type)$|(?:type|scopes|keyid)$|^access-control-/i;

/** Whether a header, a parameter or a member of that name holds a credential. */
export function isCredential(name: string): boolean {
  // An access key's id, unlike that of an API's key, is one half of a credential.
  return CREDENTIAL.test(name) && (!HARMLESS.test(name) || /access_?key_?id$/i.test(name));
}

/** Shorter ones would be found in words that have nothing to do with them. */
const SHORTEST = 6;

const TEXT_AND_END = String.raw`"((?:[^"\\]|\\.)*)(?:"|$)`;
/** `"name": "value"`, and with a list of texts for the value; the last text may be cut off. */
const MEMBER = new RegExp(
  String.raw`"([^"\\]{1,60})"(\s*:\s*)(?:${TEXT_AND_END}|\[((?:[\s,]*${TEXT_AND_END.replace('((?:', '(?:(?:')})+))`,
  'g',
);
/** The same in JSON that is a text within JSON. */
const INNER_MEMBER = /\\"([^"\\]{1,60})\\"(\s*:\s*)\\"((?:\\\\\\"|[^"\\]|\\\\(?!\\"))*)(?:\\"|$)/g;
const LISTED = new RegExp(TEXT_AND_END, 'g');
/** A query or a form that is a text within JSON. */
const INNER_QUERY = /("(?:body|rawQueryString)"\s*:\s*")((?:[^"\\]|\\.)*)/g;
/** `name: 'value'` as Node.js and Python write objects, `name=value` of environments and forms. */
const ASSIGNED = /(['"]?)\b([\w-]{1,60})\1(\s*[:=]\s*)(?:'([^'\n]*)'|([^\s'",;&{}[\]()]+))/g;

/** What is a credential wherever it stands: tokens, signatures, access keys. */
const ANYWHERE: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*(?:\.[\w-]+)*/g, HIDDEN],
  [/\b(Bearer|Basic) (?=[\w~+/-]*[\d+/=~-])[\w.~+/-]{12,}=*/g, `$1 ${HIDDEN}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  [/(\bX-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"'\\]+/gi, `$1${HIDDEN}`],
  [/(\bSignature=)[0-9a-f]{64}\b/g, `$1${HIDDEN}`],
];

/**
 * The credentials of one request, which are hidden in all that is kept of it. They are found by the names they stand under;
 * then they are hidden wherever else they stand too: in an answer that echoes the request, in a line of a log.
 */
export class HiddenCredentials {
  private readonly values = new Set<string>();
  private matcher: RegExp | undefined;

  /** Hides what stands under a credential's name. */
  headers(headers: readonly Header[]): Header[] {
    return headers.map(([name, value]) => [name, isCredential(name) ? this.hide(value) : this.query(value)]);
  }

  /** Likewise of a path with its query, or of a form. */
  query(text: string): string {
    return text.replace(
      /(^|[?&])([^=&?\s]+)=([^&\s]*)/g,
      (whole, before: string, name: string, value: string) =>
        isCredential(decoded(name)) ? `${before}${name}=${this.hide(value)}` : whole,
    );
  }

  /** Likewise of any text: JSON, whole or cut off, or a line of a log. */
  text(text: string): string {
    return inBase64(text, (body) => this.query(this.text(body)))
      .replace(INNER_QUERY, (_, before: string, value: string) => before + this.query(value))
      .replace(
        MEMBER,
        (whole, name: string, colon: string, value: string | undefined, list: string | undefined) => {
          if (!isCredential(name)) return whole;
          if (value !== undefined) return `"${name}"${colon}"${this.hide(value)}"`;
          const listed = (list ?? '').replace(LISTED, (_, one: string) => `"${this.hide(one)}"`);
          return `"${name}"${colon}[${listed}`;
        },
      )
      .replace(INNER_MEMBER, (whole, name: string, colon: string, value: string) =>
        isCredential(name) ? String.raw`\"${name}\"${colon}\"${this.hide(value)}\"` : whole,
      );
  }

  /** Likewise of a line of a log, which may be JSON or anything else. */
  line(line: string): string {
    return this.text(line).replace(
      ASSIGNED,
      (
        whole,
        quote: string,
        name: string,
        sign: string,
        quoted: string | undefined,
        bare: string | undefined,
      ) => {
        if (!isCredential(name) || bare?.startsWith(HIDDEN)) return whole;
        const value = quoted === undefined ? this.hide(bare ?? '') : `'${this.hide(quoted)}'`;
        return `${quote}${name}${quote}${sign}${value}`;
      },
    );
  }

  /** Hides all that was found so far, and what is a credential wherever it stands. */
  everywhere(text: string): string {
    const plain = inBase64(text, (body) => this.everywhere(body));
    const [first, ...others] = ANYWHERE.reduce(
      (result, [pattern, instead]) => result.replace(pattern, instead),
      plain,
    ).split(HIDDEN);
    this.matcher ??= matcherOf(this.values);
    const { matcher } = this;
    if (!matcher) return [first, ...others].join(HIDDEN);
    return [first!, ...others].map((part) => part.replace(matcher, HIDDEN)).join(HIDDEN);
  }

  private hide(value: string): string {
    if (value === '' || value === HIDDEN) return value;
    // `Bearer …`, `session=…; theme=…`: their parts may stand alone elsewhere.
    const parts = value.split(/[\s;,]+/).flatMap((part) => [part, part.replace(/^[\w-]+=/, '')]);
    for (const part of [value, decoded(value), ...parts]) {
      if (part.length >= SHORTEST && !/^(?:bearer|basic|digest)$/i.test(part)) this.values.add(part);
    }
    this.matcher = undefined;
    return HIDDEN;
  }
}

function matcherOf(values: ReadonlySet<string>): RegExp | undefined {
  if (values.size === 0) return undefined;
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  return new RegExp(
    longestFirst.map((value) => value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|'),
    'g',
  );
}

/** The body of an event that is no text to API Gateway, changed where there is something to hide in it. */
function inBase64(event: string, change: (body: string) => string): string {
  if (!/"isBase64Encoded"\s*:\s*true/.test(event)) return event;
  return event.replace(/("body"\s*:\s*")([\w+/]+={0,2})"/, (whole, before: string, base64: string) => {
    const body = Buffer.from(base64, 'base64').toString('latin1');
    const changed = change(body);
    return changed === body ? whole : `${before}${Buffer.from(changed, 'latin1').toString('base64')}"`;
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
