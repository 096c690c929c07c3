/** What Terraform says of a resource while it applies a plan. */
export interface ApplyEvent {
  /** `aws_lambda_permission.fn_permission-GET-data--` without the hash at its end. */
  readonly address: string;
  readonly event: 'Creating' | 'Created' | 'Modifying' | 'Modified' | 'Destroying' | 'Destroyed';
}

const LINE =
  /^(\S+?)(?:_[0-9A-F]{8})?(?: \(deposed object \w+\))?: (Creating|Creation complete|Modifying|Modifications complete|Destroying|Destruction complete)\b/;

const EVENTS: Readonly<Record<string, ApplyEvent['event']>> = {
  Creating: 'Creating',
  'Creation complete': 'Created',
  Modifying: 'Modifying',
  'Modifications complete': 'Modified',
  Destroying: 'Destroying',
  'Destruction complete': 'Destroyed',
};

/** The order of an apply, from what it printed. */
export function applyEvents(printed: string): ApplyEvent[] {
  return printed.split('\n').flatMap((line): ApplyEvent[] => {
    const [, address, words = ''] = LINE.exec(line) ?? [];
    const event = EVENTS[words];
    return address === undefined || event === undefined ? [] : [{ address, event }];
  });
}

/** When the first, or last, of these came. Throws when there is none. */
export function firstOf(events: readonly ApplyEvent[], event: ApplyEvent['event'], address: RegExp): number {
  return found(
    events.findIndex((one) => one.event === event && address.test(one.address)),
    event,
    address,
  );
}

export function lastOf(events: readonly ApplyEvent[], event: ApplyEvent['event'], address: RegExp): number {
  return found(
    events.findLastIndex((one) => one.event === event && address.test(one.address)),
    event,
    address,
  );
}

function found(index: number, event: string, address: RegExp): number {
  if (index === -1) throw new Error(`nothing that ${String(address)} names is ${event}`);
  return index;
}
