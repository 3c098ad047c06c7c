type Key = Record<string, unknown>;
interface Page {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Key | undefined;
}

/** The items of a query or a scan, page by page: DynamoDB ends a page at 1 MB, however few items are left by a filter. */
export const pagesOf = async function* (
  read: (ExclusiveStartKey: Key | undefined) => Promise<Page>,
): AsyncGenerator<readonly Record<string, unknown>[]> {
  let from: Key | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await read(from);
    yield Items;
    from = LastEvaluatedKey;
  } while (from);
};
