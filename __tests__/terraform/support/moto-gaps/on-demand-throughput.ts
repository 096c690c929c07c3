import type { Gap } from '../moto-forwarder';

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html */
export function onDemandThroughput(): Gap {
  /** By the table's name: what it, and each of its indexes, was made with. */
  const known = new Map<
    string,
    { readonly table: unknown; readonly indexes: ReadonlyMap<string, unknown> }
  >();

  return {
    reason: 'moto forgets the OnDemandThroughput of tables and indexes',

    complete({ method, path, body }, answer) {
      if (method !== 'POST' || path !== '/' || answer.status >= 400) return answer;
      const { TableName, OnDemandThroughput, GlobalSecondaryIndexes } = parse(body);
      if (typeof TableName !== 'string') return answer;
      if (OnDemandThroughput !== undefined) {
        const indexes = ((GlobalSecondaryIndexes ?? []) as Json[]).map((index): [string, unknown] => [
          String(index.IndexName),
          index.OnDemandThroughput,
        ]);
        known.set(TableName, { table: OnDemandThroughput, indexes: new Map(indexes) });
      }
      const made = known.get(TableName);
      const json = parse(answer.body);
      const member = ['Table', 'TableDescription'].find((name) => json[name] !== undefined);
      if (!made || member === undefined) return answer;
      const table = json[member] as Json;
      const whole = {
        ...table,
        OnDemandThroughput: made.table,
        ...(table.GlobalSecondaryIndexes !== undefined && {
          GlobalSecondaryIndexes: (table.GlobalSecondaryIndexes as Json[]).map((index) => ({
            ...index,
            OnDemandThroughput: made.indexes.get(String(index.IndexName)),
          })),
        }),
      };
      return { ...answer, body: JSON.stringify({ ...json, [member]: whole }) };
    },
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
