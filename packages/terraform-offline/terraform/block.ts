import { isObject } from '../is-object';

/** Attributes of a resource or of a block within one, read with the types they must have. */
export class Block {
  /**
   * @param where for errors: `data-api: aws_lambda_function.store`
   * @param read the resolved value of an attribute; undefined when there is none
   */
  constructor(
    readonly where: string,
    private readonly read: (attribute: string) => unknown,
  ) {}

  /** The attribute as it is; null is Terraform's way of leaving it out. */
  value(attribute: string): unknown {
    return this.read(attribute) ?? undefined;
  }

  text(attribute: string, otherwise?: string): string {
    return this.optionalText(attribute) ?? otherwise ?? this.missing(attribute);
  }

  optionalText(attribute: string): string | undefined {
    const value = this.value(attribute);
    if (value === undefined || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.wrong(attribute, value, 'a text');
  }

  number(attribute: string, otherwise?: number): number {
    return this.optionalNumber(attribute) ?? otherwise ?? this.missing(attribute);
  }

  optionalNumber(attribute: string): number | undefined {
    const value = this.value(attribute);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? number
      : this.wrong(attribute, value, 'a number');
  }

  /** False when left out. */
  flag(attribute: string): boolean {
    const value = this.value(attribute) ?? false;
    if (typeof value === 'boolean') return value;
    return value === 'true' || (value !== 'false' && this.wrong(attribute, value, 'true or false'));
  }

  /** Empty when left out. */
  texts(attribute: string): readonly string[] {
    const value = this.value(attribute) ?? [];
    return Array.isArray(value) && value.every((element) => typeof element === 'string')
      ? value
      : this.wrong(attribute, value, 'a list of texts');
  }

  /** Empty when left out. */
  textMap(attribute: string): Readonly<Record<string, string>> {
    const map = this.map(attribute);
    return Object.fromEntries(Object.keys(map.names).map((name) => [name, map.block.text(name)]));
  }

  /** Empty when left out. */
  flagMap(attribute: string): Readonly<Record<string, boolean>> {
    const map = this.map(attribute);
    return Object.fromEntries(Object.keys(map.names).map((name) => [name, map.block.flag(name)]));
  }

  /** The JSON text of the attribute, parsed. */
  json(attribute: string): unknown {
    const text = this.text(attribute);
    try {
      return JSON.parse(text);
    } catch {
      return this.wrong(attribute, text, 'JSON');
    }
  }

  /** A block that may occur once: Terraform's JSON has it as an object or as a list of one. */
  block(attribute: string): Block | undefined {
    return this.blocks(attribute)[0];
  }

  blocks(attribute: string): readonly Block[] {
    const value = this.value(attribute) ?? [];
    const list: unknown[] = Array.isArray(value) ? value : [value];
    return list.map((block, i) =>
      isObject(block)
        ? new Block(`${this.where}.${attribute}[${i}]`, (name) => block[name])
        : this.wrong(attribute, block, 'a block'),
    );
  }

  /** For what Terraform knows and the local run does not: better refused than ignored. */
  refuse(attribute: string, reason: string): void {
    if (this.value(attribute) !== undefined) throw new Error(`${this.where}.${attribute}: ${reason}`);
  }

  private map(attribute: string): { names: Record<string, unknown>; block: Block } {
    const names = this.value(attribute) ?? {};
    return isObject(names)
      ? { names, block: new Block(`${this.where}.${attribute}`, (name) => names[name]) }
      : this.wrong(attribute, names, 'a map');
  }

  private missing(attribute: string): never {
    throw new Error(`${this.where}.${attribute} is missing`);
  }

  private wrong(attribute: string, received: unknown, expected: string): never {
    throw new Error(`${this.where}.${attribute}: expected ${expected}, received ${JSON.stringify(received)}`);
  }
}
