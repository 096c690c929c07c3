import type { Gap } from './gap';

type Json = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_OnDemandThroughput.html */
export function onDemandThroughput(): Gap {
  /** By the table's name, and by those of table and index. */
  const known = new Map<string, unknown>();

  return {
    reason: 'moto forgets the OnDemandThroughput of tables and indexes',

    complete({ method, path, body }, answer) {
      if (method !== 'POST' || path !== '/' || answer.status >= 400) return answer;
      const request = parse(body);
      const name = request.TableName;
      if (typeof name !== 'string') return answer;
      if (request.OnDemandThroughput !== undefined) known.set(name, request.OnDemandThroughput);
      for (const { IndexName, OnDemandThroughput } of indexesOf(request))
        known.set(`${name}/${String(IndexName)}`, OnDemandThroughput);
      const json = parse(answer.body);
      const member = ['Table', 'TableDescription'].find((one) => json[one] !== undefined);
      if (member === undefined || !known.has(name)) return answer;
      const table = json[member] as Json;
      const indexes = table.GlobalSecondaryIndexes as readonly Json[] | undefined;
      const whole = {
        ...table,
        OnDemandThroughput: known.get(name),
        GlobalSecondaryIndexes: indexes?.map((index) => ({
          ...index,
          OnDemandThroughput: known.get(`${name}/${String(index.IndexName)}`),
        })),
      };
      return { ...answer, body: JSON.stringify({ ...json, [member]: whole }) };
    },
  };
}

/** Those of a CreateTable, and those that an UpdateTable makes or changes. */
function indexesOf({ GlobalSecondaryIndexes = [], GlobalSecondaryIndexUpdates = [] }: Json): Json[] {
  const updates = (GlobalSecondaryIndexUpdates as Readonly<Record<string, Json>>[]).map(
    ({ Create, Update }) => Create ?? Update ?? {},
  );
  return [...(GlobalSecondaryIndexes as Json[]), ...updates];
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
