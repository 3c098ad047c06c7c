import { isRecord } from '../../../lib/support/untyped.ts';

const matchesOne = (filter: unknown, value: unknown): boolean => {
  if (!isRecord(filter)) return filter === value;
  const [[name, wanted] = []] = Object.entries(filter);
  if (name === 'exists') return (value !== undefined) === wanted;
  if (name === 'prefix') return typeof value === 'string' && value.startsWith(String(wanted));
  throw new Error(`the rules use no ${name}`);
};

/** Whether EventBridge would let an event through: every field matches one of its filters. */
export const matches = (pattern: unknown, event: unknown): boolean =>
  isRecord(pattern) &&
  Object.entries(pattern).every(([field, wanted]) => {
    const value = isRecord(event) ? event[field] : undefined;
    return Array.isArray(wanted)
      ? wanted.some((filter) => matchesOne(filter, value))
      : matches(wanted, value);
  });
