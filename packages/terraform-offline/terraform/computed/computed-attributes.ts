import type { Resource } from '../language/configuration/resource';

/**
 * Attributes that AWS computes, by resource type: what a stack may refer to without having said it. One within a block
 * has the block's name before its own.
 */
export type ComputedAttributes = Readonly<Record<string, Readonly<Record<string, Compute>>>>;

/** Undefined where it is not known. */
export type Compute = (resource: Resource) => unknown;
