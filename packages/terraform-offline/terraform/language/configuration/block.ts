import { messageOf } from '../../../message-of';
import { fromPlain, toPlain } from '../values/plain';
import { isMap, isTuple, Members, NotKnown, SetValue, Unknown, type Value } from '../values/value';

/** What a block reads its attributes from. */
export interface Attributes {
  /** The names that are set, to null or to something. */
  names(): readonly string[];
  /** Undefined when it is not set. */
  get(name: string): Value | undefined;
}

/** A Block over what `JSON.parse` gives: a document within an attribute. */
export function jsonBlock(where: string, json: Readonly<Record<string, unknown>>): Block {
  return new Block(where, {
    names: () => Object.keys(json),
    get: (name) => (Object.hasOwn(json, name) ? fromPlain(json[name]) : undefined),
  });
}

/** Attributes of a resource or of a block within one, read with the types they must have. */
export class Block {
  /**
   * @param where for errors: `data-api: aws_lambda_function.store`
   * @param resource where the resource is that it belongs to. Default: it is the resource.
   */
  constructor(
    readonly where: string,
    private readonly attributes: Attributes,
    private readonly resource: string = where,
  ) {}

  /** The names of attributes and blocks that are written, be it as null; none of their values is read. */
  get written(): readonly string[] {
    return this.attributes.names();
  }

  /** The names of attributes and blocks that are set, in order: null is Terraform's way of leaving one out. */
  get names(): readonly string[] {
    return this.attributes
      .names()
      .filter((name) => {
        try {
          return (this.attributes.get(name) ?? null) !== null;
        } catch {
          return true;
        }
      })
      .sort();
  }

  /**
   * The attribute as JSON has it; undefined when it is left out.
   * @throws when it cannot be evaluated or is not known
   */
  value(name: string): unknown {
    return this.at(name, () => toPlain(this.attributes.get(name) ?? null) ?? undefined);
  }

  text(name: string, otherwise?: string): string {
    return this.optionalText(name) ?? otherwise ?? this.missing(name);
  }

  optionalText(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.wrong(name, value, 'a text');
  }

  number(name: string, otherwise?: number): number {
    return this.optionalNumber(name) ?? otherwise ?? this.missing(name);
  }

  optionalNumber(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? number
      : this.wrong(name, value, 'a number');
  }

  /** False when left out. */
  flag(name: string): boolean {
    const value = this.value(name) ?? false;
    if (typeof value === 'boolean') return value;
    return value === 'true' || (value !== 'false' && this.wrong(name, value, 'true or false'));
  }

  /** Empty when left out. */
  texts(name: string): readonly string[] {
    const value = this.value(name) ?? [];
    return Array.isArray(value) && value.every((element) => typeof element === 'string')
      ? value
      : this.wrong(name, value, 'a list of texts');
  }

  /** Empty when left out. */
  textMap(name: string): Readonly<Record<string, string>> {
    const map = this.map(name);
    return Object.fromEntries((map?.names ?? []).map((key) => [key, map?.text(key) ?? '']));
  }

  /** Empty when left out. */
  flagMap(name: string): Readonly<Record<string, boolean>> {
    const map = this.map(name);
    return Object.fromEntries((map?.names ?? []).map((key) => [key, map?.flag(key) ?? false]));
  }

  /** A map attribute, its members not yet read; undefined when left out. */
  map(name: string): Block | undefined {
    const value = this.at(name, () => known(this.attributes.get(name)));
    if (value === null) return undefined;
    return value instanceof Members || isMap(value)
      ? new Block(`${this.where}.${name}`, namesOf(value), this.resource)
      : this.wrong(name, toPlain(value), 'a map');
  }

  /** The JSON text of the attribute, parsed. */
  json(name: string): unknown {
    const text = this.text(name);
    try {
      return JSON.parse(text);
    } catch {
      return this.wrong(name, text, 'JSON');
    }
  }

  /** A block that may occur once. */
  block(name: string): Block | undefined {
    return this.blocks(name)[0];
  }

  /** The blocks of a type, written or dynamic. */
  blocks(name: string): readonly Block[] {
    const value = this.at(name, () => known(this.attributes.get(name)));
    const list =
      value === null ? [] : value instanceof SetValue ? value.elements : isTuple(value) ? value : [value];
    return Array.from(list, (block, i) =>
      block instanceof Members || isMap(block)
        ? new Block(`${this.where}.${name}[${i}]`, namesOf(block), this.resource)
        : this.wrong(
            name,
            this.at(name, () => toPlain(block)),
            'a block',
          ),
    );
  }

  /** For what Terraform knows and the local run does not: better refused than ignored. */
  refuse(name: string, reason: string): void {
    if (this.value(name) !== undefined) throw new Error(`${this.where}.${name}: ${reason}`);
  }

  private at<T>(name: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      const message = messageOf(error);
      const isLocated = message.startsWith(`${this.resource}.`);
      throw new Error(isLocated ? message : `${this.where}.${name}: ${message}`, { cause: error });
    }
  }

  private missing(name: string): never {
    throw new Error(`${this.where}.${name} is missing`);
  }

  private wrong(name: string, received: unknown, expected: string): never {
    throw new Error(`${this.where}.${name}: expected ${expected}, received ${JSON.stringify(received)}`);
  }
}

function known(value: Value | undefined): Exclude<Value, Unknown> {
  if (value instanceof Unknown) throw new NotKnown(value);
  return value ?? null;
}

function namesOf(value: Members | ReadonlyMap<string, Value>): Attributes {
  return value instanceof Members
    ? value
    : { names: () => [...value.keys()], get: (name) => value.get(name) };
}
