import { toText } from './text';

/**
 * `$util` of a mapping template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export const templateUtil = {
  escapeJavaScript: (value: unknown): string => toText(value).replace(/['"\\/]|[^ -~]/g, escape),
  parseJson: (text: unknown): unknown => JSON.parse(toText(text)),
  urlEncode: (value: unknown): string => new URLSearchParams([['', toText(value)]]).toString().slice(1),
  urlDecode: (text: unknown): string => decodeURIComponent(toText(text).replaceAll('+', ' ')),
  base64Encode: (value: unknown): string => Buffer.from(toText(value)).toString('base64'),
  base64Decode: (text: unknown): string => Buffer.from(toText(text), 'base64').toString(),
};

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** As Apache Commons' StringEscapeUtils, which API Gateway uses. */
function escape(character: string): string {
  if (/['"\\/]/.test(character)) return `\\${character}`;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return SHORT[character] ?? `\\u${code}`;
}
