import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';

/** Random choices that come out the same for the same seed (mulberry32). */
export class Random {
  constructor(private state: number) {}

  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  of<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('There is nothing to choose from.');
    return choice;
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

const NAMES = ['a', 'b', 'c', 'd'];
const TEXTS = ['', 'a', 'ab', 'b', 'é', '\u{ffff}', '\u{10000}', 'aba'];
const NUMBERS = ['0', '1', '-1', '2', '10', '0.5', '9007199254740993', '9007199254740992', '-0.25'];
const BYTES = ['', 'AA==', 'AAE=', '/w==', 'AQ=='];

/** A value of any type; documents nest as deep as they may. */
export function randomValue(random: Random, depth: number): AttributeValue {
  const members = <T>(choices: readonly T[]) => [
    ...new Set([random.of(choices), ...random.list(2, () => random.of(choices))]),
  ];
  switch (random.below(depth > 0 ? 14 : 10)) {
    case 0:
    case 1:
      return { S: random.of(TEXTS) };
    case 2:
    case 3:
    case 4:
      return { N: random.of(NUMBERS) };
    case 5:
      return { B: random.of(BYTES) };
    case 6:
      return random.of<AttributeValue>([{ BOOL: true }, { BOOL: false }, { NULL: true }]);
    case 7:
      return { SS: members(TEXTS) };
    case 8:
      return { NS: members(NUMBERS) };
    case 9:
      return { BS: members(BYTES) };
    case 10:
    case 11:
      return { M: randomItem(random, depth - 1) };
    default:
      return { L: random.list(4, () => randomValue(random, depth - 1)) };
  }
}

export function randomItem(random: Random, depth: number): Item {
  return Object.fromEntries(random.list(4, () => [random.of(NAMES), randomValue(random, depth)]));
}

/** A path that follows the item's documents where they lead, and goes astray at times. */
export function randomPath(random: Random, item: Item): [string, ...(string | number)[]] {
  const first = random.of([...NAMES, ...Object.keys(item), ...Object.keys(item)]);
  const steps: (string | number)[] = [];
  let value = item[first];
  while (random.below(3) > 0 && steps.length < 3) {
    const astray = random.below(8) === 0;
    if (!astray && value && 'M' in value) {
      const step = random.of([...NAMES, ...Object.keys(value.M), ...Object.keys(value.M)]);
      steps.push(step);
      value = value.M[step];
    } else if (!astray && value && 'L' in value) {
      const step = random.below(value.L.length + 2);
      steps.push(step);
      value = value.L[step];
    } else if (astray) {
      steps.push(random.below(2) === 0 ? random.of(NAMES) : random.below(4));
      value = undefined;
    }
  }
  return [first, ...steps];
}

export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** Gives values names, so that expressions can use them. */
export class Values {
  readonly named: Record<string, AttributeValue> = {};

  name(value: AttributeValue): string {
    const name = `:v${Object.keys(this.named).length}`;
    this.named[name] = value;
    return name;
  }
}
