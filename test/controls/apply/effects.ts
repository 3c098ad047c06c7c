type Snapshot = Readonly<Record<string, unknown>>;
/** What AWS does to a resource's facets at a call, by `operation`; only what is documented, nothing of our plans. */
export type Effects = Readonly<
  Record<string, (snapshot: Snapshot, input: Readonly<Record<string, unknown>>) => Snapshot>
>;
