import * as z from 'zod/mini';

/** Type, name, attribute. */
const blocks = z._default(z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))), {});

const synthesized = z.object({ resource: blocks, data: blocks });

/** The resources and data sources of a synthesized stack: type, name, attribute. References stand in it as `${…}`. */
export type Configuration = z.infer<typeof synthesized>;

/**
 * Reads a `cdk.tf.json`.
 * @throws when it is not the JSON of a stack
 */
export function parseConfiguration(text: string): Configuration {
  return synthesized.parse(JSON.parse(text));
}
