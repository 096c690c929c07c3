import { createHash } from 'node:crypto';
import { Block } from './block';
import { computedAttribute } from './computed';
import type { Configuration } from './configuration';

/** A resource or data source: what the stack says of it, and what AWS would add. */
export class Resource extends Block {
  private readonly reading = new Set<string>();

  constructor(
    readonly configuration: Configuration,
    readonly type: string,
    readonly name: string,
    attributes: Readonly<Record<string, unknown>>,
  ) {
    super(`${configuration.stackId}: ${type}.${name}`, (attribute) =>
      this.guarded(attribute, attributes[attribute]),
    );
  }

  /** Lower-case letters and digits, the same at every start: derived from stack, type and name. */
  uniqueId(length: number): string {
    const hash = createHash('sha256').update(this.where).digest('hex');
    return BigInt(`0x${hash}`).toString(36).slice(-length);
  }

  private guarded(attribute: string, configured: unknown): unknown {
    if (this.reading.has(attribute)) throw new Error(`${this.where}.${attribute} refers to itself`);
    this.reading.add(attribute);
    try {
      return configured == null
        ? computedAttribute(this, attribute)
        : this.configuration.resolve(`${this.where}.${attribute}`, configured);
    } finally {
      this.reading.delete(attribute);
    }
  }
}
