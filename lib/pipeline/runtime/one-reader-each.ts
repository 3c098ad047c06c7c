import type { BatchReader } from '../../aws/reader.ts';
import { whereKey } from '../../engine/changes/change.ts';
import type { Runtime } from './runtime.ts';

/** One reader of each account and region, for all of a batch: what several ask for is called once. */
export const oneReaderEach = (runtime: Pick<Runtime, 'reader'>): Runtime['reader'] => {
  const readers = new Map<string, BatchReader>();
  return (where) => {
    const key = whereKey(where);
    const reader = readers.get(key) ?? runtime.reader(where);
    readers.set(key, reader);
    return reader;
  };
};
