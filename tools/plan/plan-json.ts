import * as z from 'zod/mini';

/** The value of a resource's attributes, as the provider's schema names them. */
export type Values = Readonly<Record<string, unknown>>;

const values = z.nullable(z.record(z.string(), z.unknown()));

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.optional(z.string()),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  /** Of an object that a replacement has left over: its key. */
  deposed: z.optional(z.string()),
  action_reason: z.optional(z.string()),
  change: z.object({
    actions: z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'forget'])),
    before: values,
    after: values,
    /** The shape of `after`, with `true` where a value is known only after the apply. */
    after_unknown: z.optional(z.unknown()),
    replace_paths: z.optional(z.array(z.array(z.union([z.string(), z.number()])))),
    importing: z.optional(z.unknown()),
  }),
});

const moduleConfiguration = z.object({
  resources: z._default(
    z.array(
      z.object({ address: z.string(), expressions: z._default(z.record(z.string(), z.unknown()), {}) }),
    ),
    [],
  ),
  get module_calls() {
    return z._default(z.record(z.string(), z.object({ module: z.optional(moduleConfiguration) })), {});
  },
});

const stateModule = z.object({
  resources: z._default(
    z.array(
      z.object({
        address: z.optional(z.string()),
        mode: z._default(z.enum(['managed', 'data']), 'managed'),
        type: z.string(),
        name: z._default(z.string(), ''),
        values,
      }),
    ),
    [],
  ),
  get child_modules(): z.ZodMiniDefault<z.ZodMiniArray<typeof stateModule>> {
    return z._default(z.array(stateModule), []);
  },
});

const plan = z.object({
  format_version: z.string(),
  errored: z.optional(z.boolean()),
  complete: z.optional(z.boolean()),
  resource_changes: z._default(z.array(resourceChange), []),
  output_changes: z._default(z.record(z.string(), z.object({ actions: z.array(z.string()) })), {}),
  prior_state: z.optional(
    z.object({ values: z.optional(z.object({ root_module: z.optional(stateModule) })) }),
  ),
  configuration: z.optional(
    z.object({ root_module: z._default(moduleConfiguration, { resources: [], module_calls: {} }) }),
  ),
});

export type ResourceChange = z.infer<typeof resourceChange>;

/** What is written of a module, and of those it calls. */
export type ModuleConfiguration = z.infer<typeof moduleConfiguration>;

/** What a review reads of a plan. https://developer.hashicorp.com/terraform/internals/json-format */
export type PlanJson = z.infer<typeof plan>;

/**
 * Reads what `terraform show -json <plan>` prints.
 * @throws when it is something else, or a plan that Terraform did not finish
 */
export function parsePlan(text: string): PlanJson {
  const json = parseJson(text.replace(/^\uFEFF/, ''));
  const other = otherThanPlan(json);
  if (other !== undefined) throw new Error(`${other}: ${EXPECTED}`);
  const parsed = plan.safeParse(json);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue];
    throw new Error(`not a plan in JSON (${path.join('.')}: ${message}): ${EXPECTED}`);
  }
  if (parsed.data.errored || parsed.data.complete === false) {
    throw new Error(
      'the plan is incomplete: it is of some targets, or Terraform met an error or deferred changes; plan all of it',
    );
  }
  return withUntouched(parsed.data);
}

const EXPECTED = 'expected what "terraform show -json <plan>" prints';

/** What else it is that somebody may have at hand; nothing where it seems to be a plan. */
function otherThanPlan(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'not a plan in JSON';
  if ('lineage' in json || ('values' in json && !('resource_changes' in json))) {
    return 'a state, which says what there is and not what would change';
  }
  if (OTHERS.some((part) => part in json)) return 'not a plan in JSON';
  if ('format_version' in json && !String(json.format_version).startsWith('1.')) {
    return `a plan of format ${String(json.format_version)}, where this reads 1.x, which Terraform writes since 1.1`;
  }
  if ('planned_values' in json && !('resource_changes' in json) && hasResources(json.planned_values)) {
    return 'a plan without its resource_changes';
  }
  return undefined;
}

/** What `terraform validate`, `providers schema` and `metadata functions` print has a `format_version` too. */
const OTHERS = ['valid', 'provider_schemas', 'function_signatures'];

function hasResources(values: unknown): boolean {
  return JSON.stringify(values ?? null).includes('"address"');
}

/**
 * A plan with what it leaves alone among its resources, as Terraform writes it; a plan of some targets has that in its prior
 * state only.
 */
function withUntouched(plan: PlanJson): PlanJson {
  const known = new Set(
    plan.resource_changes.flatMap(({ address, previous_address }) => [address, previous_address]),
  );
  const untouched = stateResources(plan.prior_state?.values?.root_module).flatMap(
    ({ address, mode, type, name, values }): ResourceChange[] =>
      address === undefined || mode === 'data' || known.has(address)
        ? []
        : [{ address, mode, type, name, change: { actions: ['no-op'], before: values, after: values } }],
  );
  return untouched.length === 0
    ? plan
    : { ...plan, resource_changes: [...plan.resource_changes, ...untouched] };
}

type StateModule = z.infer<typeof stateModule>;

function stateResources(module: StateModule | undefined): StateModule['resources'] {
  return module ? [...module.resources, ...module.child_modules.flatMap(stateResources)] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
