/** What a policy variable stands for: its name is what stands between `${` and `}`. Undefined: nothing. */
export type VariableValue = (variable: string) => string | undefined;

const VARIABLE = /\$\{([^}]*)\}/g;

/** Matches nothing. */
const NOTHING = /(?!)/;

/**
 * A pattern of IAM's as a regular expression for the whole text: `*` stands for any characters, `?` for one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @param flags `i` where case does not count
 * @param valueOf default: there are no variables, and `${` is text
 */
export function wildcards(pattern: string, flags: '' | 'i' = '', valueOf?: VariableValue): RegExp {
  const source = replaceVariables(pattern, valueOf, wild, literal);
  return source === undefined ? NOTHING : new RegExp(`^${source}$`, `s${flags}`);
}

/**
 * Component by component, `*` and `?` staying within theirs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnLike(pattern: string, arn: string, valueOf?: VariableValue): boolean {
  // A variable may hold several components, so it is replaced first.
  const wanted = components(substituted(pattern, valueOf && escaped(valueOf)) ?? '');
  const actual = components(arn);
  return (
    wanted.length === actual.length &&
    actual.every((component, i) => {
      // Most components are text: the region, the account.
      if (!/[*?$]/.test(wanted[i]!)) return wanted[i] === component;
      return wildcards(wanted[i]!, '', valueOf && ((character) => character)).test(component);
    })
  );
}

/** The six parts of an ARN; the last one may itself hold colons. */
function components(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The value with its wildcards in the form in which they stand for themselves. */
function escaped(valueOf: VariableValue): VariableValue {
  return (variable) => valueOf(variable)?.replace(/[*?$]/g, '${$&}');
}

/** The text with what its variables stand for; undefined when one of them stands for nothing. */
export function substituted(text: string, valueOf: VariableValue | undefined): string | undefined {
  const same = (part: string) => part;
  return replaceVariables(text, valueOf, same, same);
}

/** The names of the variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, variable]) => variable!);
}

function replaceVariables(
  text: string,
  valueOf: VariableValue | undefined,
  around: (part: string) => string,
  within: (value: string) => string,
): string | undefined {
  if (!valueOf) return around(text);
  const parts = text.split(VARIABLE).map((part, i) => {
    if (i % 2 === 0) return around(part);
    const value = valueOf(part);
    return value === undefined ? undefined : within(value);
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

function wild(text: string): string {
  return text
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
}

/** Wildcards in what a variable stands for are text. */
function literal(text: string): string {
  return text.replace(/[\\^$.+*?()[\]{}|]/g, '\\$&');
}
