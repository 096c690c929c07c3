import { messageOf } from '../../message-of';
import { gapsOf } from '../coverage/gaps';
import type { Configuration } from '../language/configuration/configuration';
import type { Unserved } from '../model/unserved';
import type { Resource } from '../language/configuration/resource';

type Attempted<T> = { readonly value: T; readonly unserved?: undefined } | { readonly unserved: Unserved };

/** Reads a stack part by part: one that cannot be read is noted as unserved, and does not stop the others. */
export class Attempts {
  private readonly noted = new Map<string, Unserved>();

  /** @param iam whether policies are enforced: unless they are, nothing fails for one that is not known */
  constructor(
    readonly configuration: Configuration,
    readonly iam = true,
  ) {}

  get unserved(): readonly Unserved[] {
    return [...this.noted.values()];
  }

  /** Notes it once, however often it is met. */
  note(unserved: Unserved): Unserved {
    this.noted.set(`${unserved.address} ${unserved.reason}`, unserved);
    return unserved;
  }

  /** Whatever else is set and not served. */
  noteGaps(): void {
    for (const resource of this.configuration.resources) {
      const { where: address, broken } = resource;
      if (broken) {
        this.noteOnce({ address, reason: messageOf(broken), effect: 'it is as if it were not there' });
        continue;
      }
      for (const { isRefused, reason, meaning } of gapsOf(resource)) {
        this.noteOnce({ address, reason, effect: isRefused ? 'it counts for nothing here' : meaning });
      }
    }
  }

  /** What `read` gives or, when it throws, the part with that reason. */
  attempt<T>(part: Omit<Unserved, 'reason'>, read: () => T): Attempted<T> {
    try {
      return { value: read() };
    } catch (error) {
      return { unserved: this.note({ ...part, reason: messageOf(error) }) };
    }
  }

  /** Likewise, of what takes time. */
  async attemptAsync<T>(part: Omit<Unserved, 'reason'>, read: () => Promise<T>): Promise<Attempted<T>> {
    try {
      return { value: await read() };
    } catch (error) {
      return { unserved: this.note({ ...part, reason: messageOf(error) }) };
    }
  }

  /** Notes it unless its reason has been noted already, alone or among several. */
  private noteOnce(unserved: Unserved): void {
    if (!this.unserved.some(({ reason }) => reason.includes(unserved.reason))) this.note(unserved);
  }

  /**
   * The resources of a type that belong somewhere.
   * @param effect what it means when that cannot be evaluated for one of them
   */
  belonging(type: string, effect: string, belongs: (resource: Resource) => boolean): Resource[] {
    return this.belongingIn([this.configuration], type, effect, belongs);
  }

  /** Likewise, of all stacks that are served together. */
  belongingAnywhere(type: string, effect: string, belongs: (resource: Resource) => boolean): Resource[] {
    return this.belongingIn(this.configuration.together, type, effect, belongs);
  }

  /** The first resource of the type whose attribute has this value: in this stack, else in those served with it. */
  findAnywhere(type: string, attribute: string, value: string): Resource | undefined {
    for (const configuration of this.configuration.together) {
      const found = configuration.find(type, attribute, value);
      if (found) return found;
    }
    return undefined;
  }

  private belongingIn(
    configurations: readonly Configuration[],
    type: string,
    effect: string,
    belongs: (resource: Resource) => boolean,
  ): Resource[] {
    return configurations
      .flatMap((configuration) => configuration.all(type))
      .filter((resource) => {
        const tried = this.attempt({ address: resource.where, effect }, () => belongs(resource));
        return !tried.unserved && tried.value;
      });
  }
}

/** The ARN of a resource; undefined where it cannot be evaluated. */
export function arnOf(resource: Resource): string | undefined {
  try {
    return resource.text('arn');
  } catch {
    return undefined;
  }
}
