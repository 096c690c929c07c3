import { Cell, type Trail } from '../evaluation/cell';
import { evaluate } from '../evaluation/evaluate';
import { iterationsOf } from '../evaluation/for';
import { withNames, type Scope } from '../evaluation/scope';
import { isObject } from '../../../is-object';
import { bare, objectsOf, type JsonObject } from '../sources/json';
import { parseTemplate } from '../syntax/parser';
import { textOf } from '../values/access';
import { isTuple, Members, objectOf, type Value } from '../values/value';

/** What makes a text more than itself. */
const MARKER = /[$%]\{/;

/**
 * A value of Terraform's JSON: every text is a template.
 * @param where for errors within it: `local.names`
 */
export function evaluateJson(json: unknown, scope: Scope, trail: Trail, where: string): Value {
  if (typeof json === 'string') return MARKER.test(json) ? evaluate(parseTemplate(json), scope) : json;
  if (typeof json === 'number' || typeof json === 'boolean') return json;
  if (Array.isArray(json)) {
    return json.map((element, i) => evaluateJson(element, scope, trail, `${where}[${i}]`));
  }
  return isObject(json) ? new Body(json, scope, trail, where) : null;
}

/**
 * An object or block of a configuration. Terraform tells one from the other by the provider's schema; here they read alike,
 * as do a block that stands alone and a list of one.
 */
export class Body extends Members {
  override readonly isBlock = true;
  private readonly cells = new Map<string, Cell<Value | undefined>>();
  private members: ReadonlyMap<string, unknown> | undefined;

  constructor(
    private readonly json: JsonObject,
    private readonly scope: Scope,
    private readonly trail: Trail,
    private readonly where: string,
  ) {
    super();
  }

  names(): readonly string[] {
    const dynamic = [...this.dynamicBlocks().keys()].filter((type) => this.get(type) !== undefined);
    return [...new Set([...this.attributes().keys(), ...dynamic])];
  }

  get(name: string): Value | undefined {
    const known = this.cells.get(name);
    if (known) return known.read();
    const cell = new Cell(this.trail, `${this.where}.${name}`, () => this.evaluateMember(name));
    this.cells.set(name, cell);
    return cell.read();
  }

  missing(name: string): string {
    return `there is no ${JSON.stringify(name)}`;
  }

  private evaluateMember(name: string): Value | undefined {
    const json = this.attributes().get(name);
    const written =
      json === undefined ? undefined : evaluateJson(json, this.scope, this.trail, `${this.where}.${name}`);
    const dynamic = this.dynamicBlocks().get(name);
    if (!dynamic) return written;
    const first = written === undefined || written === null ? [] : isTuple(written) ? written : [written];
    const blocks = [...first, ...dynamic.flatMap((block) => this.expand(name, block))];
    return blocks.length > 0 ? blocks : undefined;
  }

  /** Keys may be templates too. */
  private attributes(): ReadonlyMap<string, unknown> {
    this.members ??= new Map(
      Object.entries(this.json)
        .filter(([key]) => key !== '//' && !(key === 'dynamic' && this.dynamicBlocks().size > 0))
        .map(([key, value]) => [
          MARKER.test(key) ? textOf(evaluate(parseTemplate(key), this.scope)) : key,
          value,
        ]),
    );
    return this.members;
  }

  /** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
  private dynamicBlocks(): ReadonlyMap<string, readonly JsonObject[]> {
    const blocks = objectsOf(this.json.dynamic).flatMap((byType) =>
      Object.entries(byType).map(([type, bodies]) => [type, objectsOf(bodies)] as const),
    );
    // An attribute may have that name as well.
    return new Map(blocks.every(([, bodies]) => bodies.every(isDynamic)) ? blocks : []);
  }

  private expand(type: string, block: JsonObject): Value[] {
    const iterator = typeof block.iterator === 'string' ? bare(block.iterator) : type;
    const iterations = iterationsOf(
      evaluateJson(block.for_each, this.scope, this.trail, `${this.where}.${type}`),
    );
    return iterations.map(([key, value], i) => {
      const names = { [iterator]: objectOf([['key', key] as const, ['value', value] as const]) };
      const [content = {}] = objectsOf(block.content);
      return new Body(content, withNames(this.scope, names), this.trail, `${this.where}.${type}[${i}]`);
    });
  }
}

function isDynamic(block: JsonObject): boolean {
  return 'for_each' in block && 'content' in block;
}
