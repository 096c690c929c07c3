import type { AttributeValue } from '../attribute-value';

/**
 * The shapes of requests, as data: what JSON each member may be, and which constraints DynamoDB checks before
 * the operation looks at the request. One table is both the check and the TypeScript type (`ValueOf`).
 *
 * Members are listed in the order in which DynamoDB reports them, which is not the order of its documentation;
 * the values of an enumeration in the order in which DynamoDB prints them.
 */
export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | BlobShape
  | AttributeValueShape
  | ListShape
  | MapShape
  | StructureShape;

export interface StringShape {
  readonly kind: 'string';
  readonly alone?: true;
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface NumberShape {
  readonly kind: 'number';
  /** The Java type that DynamoDB's serialization errors name. */
  readonly java: 'Integer' | 'Long';
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface BooleanShape {
  readonly kind: 'boolean';
  readonly required?: true;
}

/** Bytes; base64 text in JSON, and in the parsed request too. */
export interface BlobShape {
  readonly kind: 'blob';
  readonly required?: true;
}

export interface AttributeValueShape {
  readonly kind: 'attribute-value';
  readonly required?: true;
}

export interface ListShape {
  readonly kind: 'list';
  readonly member: Shape;
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface MapShape {
  readonly kind: 'map';
  readonly value: Shape;
  readonly key?: StringShape;
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

export interface StructureShape {
  readonly kind: 'structure';
  /** The name of DynamoDB's class, which its serialization errors tell. */
  readonly java: string;
  /** Whether DynamoDB stops at the first constraint that is broken. */
  readonly tellsFirstOnly?: true;
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: true;
}

type RequiredMembers<M> = { [K in keyof M]: M[K] extends { required: true } ? K : never }[keyof M];

/** What a parsed value of the shape is. */
export type ValueOf<S> = S extends { kind: 'string'; values: readonly (infer V)[] }
  ? V
  : S extends { kind: 'string' | 'blob' }
    ? string
    : S extends { kind: 'number' }
      ? number
      : S extends { kind: 'boolean' }
        ? boolean
        : S extends { kind: 'attribute-value' }
          ? AttributeValue
          : S extends { kind: 'list'; member: infer M }
            ? readonly ValueOf<M>[]
            : S extends { kind: 'map'; value: infer V }
              ? Readonly<Record<string, ValueOf<V>>>
              : S extends { kind: 'structure'; members: infer M }
                ? { readonly [K in RequiredMembers<M>]: ValueOf<M[K]> } & {
                    readonly [K in Exclude<keyof M, RequiredMembers<M>>]?: ValueOf<M[K]>;
                  }
                : never;

interface Lengths {
  readonly min?: number;
  readonly max?: number;
}

export const boolean = { kind: 'boolean' } as const;
export const blob = { kind: 'blob' } as const;
export const attributeValue = { kind: 'attribute-value' } as const;

/** Text; `pattern` is matched whole and printed as it is. */
export function string(limits: Lengths & { readonly pattern?: string } = {}) {
  return { kind: 'string', ...limits } as const;
}

/** One of some words, in the order in which DynamoDB prints them. */
export function oneOf<const V extends readonly string[]>(...values: V) {
  return { kind: 'string', values } as const;
}

export function integer(limits: Lengths = {}) {
  return { kind: 'number', java: 'Integer', ...limits } as const;
}

export function long(limits: Lengths = {}) {
  return { kind: 'number', java: 'Long', ...limits } as const;
}

export function list<M extends Shape>(member: M, limits: Lengths = {}) {
  return { kind: 'list', member, ...limits } as const;
}

export function map<V extends Shape>(value: V, limits: Lengths & { readonly key?: StringShape } = {}) {
  return { kind: 'map', value, ...limits } as const;
}

export function structure<const M extends Readonly<Record<string, Shape>>>(java: string, members: M) {
  return { kind: 'structure', java, members } as const;
}

/** A structure of which DynamoDB tells the first broken constraint only. */
export function tellingFirstOnly<S extends StructureShape>(shape: S): S & { readonly tellsFirstOnly: true } {
  return { ...shape, tellsFirstOnly: true };
}

/** A member whose broken constraint is told without those of the others. */
export function alone<S extends Shape>(shape: S): S & { readonly alone: true } {
  return { ...shape, alone: true };
}

/** The same shape, which must not be absent. */
export function required<S extends Shape>(shape: S): S & { readonly required: true } {
  return { ...shape, required: true };
}
