import type { EventDetail, IdsIn } from '../../model/resource-type.ts';
import { at } from '../ids.ts';

/**
 * An identifier as RDS stores it. A call may write it in any case, some take an ARN;
 * a snapshot's own identifier can hold colons, `rds:orders-2026-06-15-03-10`.
 */
const identifier = (text: string): string =>
  (text.startsWith('arn:') ? text.split(':').slice(6).join(':') : text).toLowerCase();

/** The identifiers at any of these dotted paths, since a rename has two; none where an event is of no concern. */
export const identifiersIfAny =
  (...paths: readonly string[]) =>
  (detail: EventDetail): readonly string[] => {
    const found = paths
      .map((path) => at(detail, path.split('.')))
      .filter((id): id is string => typeof id === 'string' && id !== '');
    return [...new Set(found.map(identifier))];
  };

/** The same where every such event is of this type: `all` where it does not say which. */
export const identifiersAt = (...paths: readonly string[]): IdsIn => {
  const named = identifiersIfAny(...paths);
  return (detail) => {
    const ids = named(detail);
    return ids.length === 0 ? 'all' : ids;
  };
};

/** The one resource that was asked for; its absence is the error that RDS itself answers with. */
export const only = <T>(found: readonly T[] | undefined, code: string): T => {
  const [first] = found ?? [];
  if (first !== undefined) return first;
  const error = new Error(`${code}: the answer is empty`);
  error.name = code;
  throw error;
};

/** `TagList` as a finding shows it. */
export const tagsIn = (
  list: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Readonly<Record<string, string>> =>
  Object.fromEntries(list.map(({ Key, Value }) => [Key ?? '', Value ?? '']));

/** Continues a listing where it stopped. */
export const after = (token: string | undefined) => (token === undefined ? {} : { Marker: token });
export const nextOf = ({ Marker }: { readonly Marker?: string | undefined }) =>
  Marker ? { next: Marker } : {};
