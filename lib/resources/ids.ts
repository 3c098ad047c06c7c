import type { EventDetail, IdsIn } from '../model/resource-type.ts';

/** The value at a path of an event's own fields; `undefined` where any step is missing. */
export const at = (detail: EventDetail, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    detail,
  );

/** Ids from the first of several dotted paths that holds a text; `all` where none does. */
export const idFrom =
  (...paths: readonly string[]): IdsIn =>
  (detail) => {
    for (const path of paths) {
      const id = at(detail, path.split('.'));
      if (typeof id === 'string' && id !== '') return [id];
    }
    return 'all';
  };

/** Ids from each of several dotted paths that holds a text, as a rename has two; `all` where none does. */
export const idsFrom =
  (...paths: readonly string[]): IdsIn =>
  (detail) => {
    const values = paths.map((path) => at(detail, path.split('.')));
    const ids = values.filter((id) => typeof id === 'string').filter((id) => id !== '');
    return ids.length > 0 ? ids : 'all';
  };
