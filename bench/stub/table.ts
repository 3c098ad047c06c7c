type Value = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, Value>>;

/** Bytes of an attribute's value: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
const bytesOfValue = (value: Value): number => {
  const [kind = '', held] = Object.entries(value)[0] ?? [];
  if (kind === 'S') return Buffer.byteLength(String(held));
  if (kind === 'B') return Buffer.from(String(held), 'base64').length;
  if (kind === 'N') return Math.ceil(String(held).replace(/\D/g, '').length / 2) + 1;
  if (kind === 'L')
    return 3 + (held as Value[]).reduce((sum, one) => sum + 1 + bytesOfValue(one), 0);
  if (kind === 'M') return 3 + bytesOfItem(held as Item) + Object.keys(held as Item).length;
  return 1;
};
const bytesOfItem = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOfValue(value),
    0,
  );
const units = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

const indexes = [
  ['dueShard', 'dueAt'],
  ['subject', 'pk'],
  ['month', 'startedAt'],
] as const;

/** A keys-only index costs a unit where an entry comes or goes, and two where its key changes. */
const indexUnits = (before: Item | undefined, after: Item | undefined): number =>
  indexes.reduce((sum, names) => {
    const keyOf = (item: Item | undefined) =>
      item && names.every((name) => item[name])
        ? JSON.stringify(names.map((name) => item[name]))
        : undefined;
    const [old, next] = [keyOf(before), keyOf(after)];
    if (old === next) return sum;
    return sum + (old === undefined ? 0 : 1) + (next === undefined ? 0 : 1);
  }, 0);

interface Write {
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}
export interface Table {
  /** What a call of DynamoDB answers; undefined where its condition does not hold. */
  answer(operation: string, input: Readonly<Record<string, unknown>>): object | undefined;
  /** Write units since the last call of this, as they would be billed: a transaction's twice. */
  takeUnits(): number;
  readonly size: () => number;
}

const record = (value: unknown): Readonly<Record<string, unknown>> => Object(value);

/** One table in memory, as far as the handlers use DynamoDB. */
export const createTable = (): Table => {
  const items = new Map<string, Item>();
  let spent = 0;
  const keyOf = (key: unknown): string =>
    JSON.stringify([record(record(key)['pk'])['S'], record(record(key)['sk'])['S']]);
  const write = ({ key, before, after }: Write, times = 1): void => {
    spent += times * units(Math.max(bytesOfItem(before ?? {}), bytesOfItem(after ?? {})));
    spent += indexUnits(before, after);
    if (after) items.set(key, after);
    else items.delete(key);
  };
  const holds = (input: Readonly<Record<string, unknown>>, before: Item | undefined): boolean => {
    const condition = String(input['ConditionExpression'] ?? '');
    if (condition === '') return true;
    const isAbsent = condition.includes('attribute_not_exists(pk)') && before === undefined;
    const wanted = record(record(input['ExpressionAttributeValues'])[':version'])['N'];
    const isSame = wanted !== undefined && before?.['version']?.['N'] === wanted;
    return isAbsent || isSame;
  };
  const put = (input: Readonly<Record<string, unknown>>): object | undefined => {
    const key = keyOf(input['Item']);
    const before = items.get(key);
    if (!holds(input, before)) return undefined;
    write({ key, before, after: input['Item'] as Item });
    return {};
  };
  const update = (input: Readonly<Record<string, unknown>>): object | undefined => {
    const key = keyOf(input['Key']);
    const before = items.get(key);
    if (!holds(input, before)) return undefined;
    const names = record(input['ExpressionAttributeNames']);
    const set = String(input['UpdateExpression']).replace(/^SET /, '').split(', ');
    const changed = set.map((one) => {
      const [name = '', value = ''] = one.split(' = ');
      return [
        String(names[name] ?? name),
        record(input['ExpressionAttributeValues'])[value],
      ] as const;
    });
    const after = { ...(input['Key'] as Item), ...before, ...Object.fromEntries(changed) } as Item;
    write({ key, before, after });
    return {};
  };
  const batchGet = (input: Readonly<Record<string, unknown>>): object => {
    const [[name, { Keys }] = ['', { Keys: [] }]] = Object.entries(
      input['RequestItems'] as Record<string, { Keys: unknown[] }>,
    );
    return {
      Responses: { [name]: Keys.flatMap((key) => items.get(keyOf(key)) ?? []) },
      UnprocessedKeys: {},
    };
  };
  const batchWrite = (input: Readonly<Record<string, unknown>>): object => {
    for (const all of Object.values(
      input['RequestItems'] as Record<string, { PutRequest?: { Item: Item } }[]>,
    ))
      for (const { PutRequest } of all) if (PutRequest) put({ Item: PutRequest.Item });
    return { UnprocessedItems: {} };
  };
  return {
    answer(operation, input) {
      if (operation === 'PutItem') return put(input);
      if (operation === 'UpdateItem') return update(input);
      if (operation === 'BatchGetItem') return batchGet(input);
      if (operation === 'BatchWriteItem') return batchWrite(input);
      if (operation === 'GetItem') {
        const Item = items.get(keyOf(input['Key']));
        return Item ? { Item } : {};
      }
      if (operation === 'Query' || operation === 'Scan') return { Items: [], Count: 0 };
      throw new Error(`the stub knows no ${operation} of DynamoDB`);
    },
    takeUnits() {
      const since = spent;
      spent = 0;
      return since;
    },
    size: () => items.size,
  };
};
