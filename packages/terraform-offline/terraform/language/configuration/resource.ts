import { createHash } from 'node:crypto';
import { Cell, type Reference, type Trail } from '../evaluation/cell';
import type { Scope } from '../evaluation/scope';
import type { JsonObject } from '../sources/json';
import { fromPlain, toPlain } from '../values/plain';
import { isTuple, Members, Unknown, type Value } from '../values/value';
import { Block } from './block';
import { Body } from './body';
import { LazyMembers } from './lazy-members';
import { localValue } from './local-values';

/** The configuration, as its resources see it. */
export interface Resources {
  /** `data-api`: the stack's id, or the folder's name. */
  readonly id: string;
  /** Absolute path of the folder that relative paths start from. */
  readonly folder: string;
  /** Where its APIs answer, without the stage; undefined for AWS's own host names. */
  readonly endpoint: string | undefined;
  /** The default provider's. */
  readonly region: string;
  all(type: string): readonly Resource[];
  find(type: string, attribute: string, value: string): Resource | undefined;
}

/** What AWS would compute. Undefined when it is not known. */
export type Computed = (resource: Resource, attribute: string) => unknown;

/** Where a resource was declared, and what it was given. */
export interface ResourceOrigin {
  readonly configuration: Resources;
  /** For errors: the stack's id or the file. */
  readonly origin: string;
  /** A data source's begins with `data.`. */
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  readonly address: string;
  /** `module.users["a"]`; empty for the root. */
  readonly modulePath: string;
  readonly body: JsonObject;
  /** What the body's expressions see. */
  readonly scope: Scope;
  readonly trail: Trail;
  readonly computed: Computed;
  readonly region: () => string;
  /** Values that the user gave for attributes of this one. */
  readonly given: (attribute: string) => Value | undefined;
  /** Of `terraform_remote_state`. */
  readonly remoteOutputs: (resource: Resource) => Value | undefined;
  /** Why there is no telling which of these there are. */
  readonly broken: Error | undefined;
}

/** What Terraform itself reads: no attributes. https://developer.hashicorp.com/terraform/language/meta-arguments */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  'connection',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'provisioner',
]);

/** A resource or data source: what the configuration says of it, and what AWS would add. */
export class Resource extends Block {
  readonly configuration: Resources;
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  readonly address: string;
  readonly modulePath: string;
  /** For expressions: attributes that are not known are `Unknown`. */
  readonly members: LazyMembers;
  private readonly body: Body;
  private readonly cells = new Map<string, Cell<Value | undefined>>();

  constructor(private readonly declared: ResourceOrigin) {
    const { scope, body, trail } = declared;
    const context = { ...scope.context, seed: `${scope.context.seed} ${declared.address}` };
    const attributes = new Body(
      body,
      { context, lookup: (name) => scope.lookup(name) },
      trail,
      `${declared.origin}: ${declared.address}`,
    );
    const names = () => attributes.names().filter((name) => !META_ARGUMENTS.has(name));
    super(`${declared.origin}: ${declared.address}`, { names, get: (name) => this.read(name) });
    this.configuration = declared.configuration;
    this.type = declared.type;
    this.name = declared.name;
    this.key = declared.key;
    this.address = declared.address;
    this.modulePath = declared.modulePath;
    this.body = attributes;
    this.members = new LazyMembers(
      names,
      (name) => this.read(name) ?? new Unknown(this.notKnown(name)),
      (name) => this.notKnown(name),
    );
  }

  /** Why there is no telling which of these there are: every attribute throws it. */
  get broken(): Error | undefined {
    return this.declared.broken;
  }

  /** Whether something is to be run once it has been made. */
  get hasProvisioners(): boolean {
    return this.declared.body.provisioner !== undefined;
  }

  /** The region of its provider, or its own. */
  get region(): string {
    return this.declared.region();
  }

  /** Lower-case letters and digits, the same at every start: derived from configuration and address. */
  uniqueId(length: number): string {
    const hash = createHash('sha256').update(`${this.configuration.id}: ${this.address}`).digest('hex');
    return BigInt(`0x${hash}`).toString(36).slice(-length);
  }

  /** The attributes of resources that the attribute was made from, through locals, variables and modules too. */
  references(attribute: string): readonly Reference[] {
    const references = this.declared.trail.during(() => {
      try {
        toPlain(this.body.get(attribute) ?? null);
      } catch {
        // What was read up to there counts.
      }
    });
    return [...references];
  }

  private read(attribute: string): Value | undefined {
    const { address, trail } = this.declared;
    const known = this.cells.get(attribute);
    if (known) return known.read();
    const cell = new Cell(trail, `${this.where}.${attribute}`, () => this.evaluate(attribute), {
      address,
      attribute,
    });
    this.cells.set(attribute, cell);
    return cell.read();
  }

  private evaluate(attribute: string): Value | undefined {
    const { broken, given, computed, remoteOutputs } = this.declared;
    if (broken) throw broken;
    const value = given(attribute);
    if (value !== undefined) return value;
    const configured = META_ARGUMENTS.has(attribute) ? undefined : this.body.get(attribute);
    if (configured !== undefined && configured !== null) return this.withComputed(attribute, configured);
    if (this.type === 'data.terraform_remote_state' && attribute === 'outputs') return remoteOutputs(this);
    const local = localValue(this, attribute) ?? computed(this, attribute);
    return local === undefined ? configured : fromPlain(local);
  }

  /** A block with what AWS would compute within it. */
  private withComputed(attribute: string, value: Value): Value {
    if (isTuple(value)) return value.map((element) => this.withComputed(attribute, element));
    if (!(value instanceof Members)) return value;
    return new ComputedBlock(value, (name) => this.declared.computed(this, `${attribute}.${name}`));
  }

  private notKnown(attribute: string): string {
    const said = `${this.address} has no attribute ${attribute}`;
    return this.type.startsWith('data.')
      ? `${said} that is known here: give it with --value ${this.address}.${attribute}=…`
      : `${said}: it is not set, and what AWS would compute is not known here; --value ${this.address}.${attribute}=… gives it`;
  }
}

/** A block, and what it has without having been given it. */
class ComputedBlock extends Members {
  override readonly isBlock: boolean;

  constructor(
    private readonly block: Members,
    private readonly computed: (name: string) => unknown,
  ) {
    super();
    this.isBlock = block.isBlock;
  }

  names(): readonly string[] {
    return this.block.names();
  }

  get(name: string): Value | undefined {
    const value = this.block.get(name);
    if (value !== undefined && value !== null) return value;
    const computed = this.computed(name);
    return computed === undefined ? value : fromPlain(computed);
  }

  missing(name: string): string {
    return this.block.missing(name);
  }
}
