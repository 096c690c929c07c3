import { validation } from '../errors';

export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html */
const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;

/** Letters, white space, digits and these signs. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * @param before the tags there are
 * @returns them with those that are added
 */
export function addTags(
  before: Readonly<Record<string, string>>,
  added: readonly Tag[],
): Readonly<Record<string, string>> {
  const names = new Set<string>();
  const after: Record<string, string> = { ...before };
  for (const { Key, Value } of added) {
    if (Key === undefined || !isTagKey(Key)) throw invalidTagKey(Key);
    if (Key.startsWith('aws:')) throw validation(`Tag Key cannot be prefixed with aws:, Key: ${Key}`);
    if (Value === undefined || Value.length > LONGEST_VALUE || !TAG_TEXT.test(Value)) {
      throw validation(`The Tag Value provided is invalid, Value: ${Value ?? 'null'}`);
    }
    if (names.has(Key)) {
      throw validation(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${Key}`);
    }
    names.add(Key);
    after[Key] = Value;
  }
  if (Object.keys(after).length > MOST_TAGS) {
    throw validation('Number of Tags exceed the current limit for the provided ResourceArn');
  }
  return after;
}

/** @returns the tags that are left */
export function removeTags(
  before: Readonly<Record<string, string>>,
  keys: readonly string[],
): Readonly<Record<string, string>> {
  for (const key of keys) if (!isTagKey(key)) throw invalidTagKey(key);
  return Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key)));
}

function isTagKey(key: string): boolean {
  return key !== '' && key.length <= LONGEST_KEY && TAG_TEXT.test(key);
}

function invalidTagKey(key: string | undefined): Error {
  return validation(`The Tag Key provided is invalid, Key: ${key ?? 'null'}`);
}
