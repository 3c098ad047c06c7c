import { jest } from '@jest/globals';
import { type Sorted, sortError } from '../../lib/aws/errors.ts';
import type { AnyResourceType, Facet } from '../../lib/model/resource-type.ts';
import { readWithFaults } from './failing-calls.ts';

type Seen = 'present' | Sorted['kind'];
type Read = Facet['read'];

/**
 * Watches what a file reads of a type, and fails it where a facet was never read with a value, never without one though
 * it names codes for that, or where nothing was ever read of a resource that is gone. Whatever is read is read again with each
 * of its calls denied and throttled, and with an empty page before each listing: a facet that tells anything then fails the
 * file. `elsewhere` names what cannot be read here, as `policy: absent`, and what may fail, as `policy: faults`, each with
 * the reason.
 */
export const seesEveryFacet = (
  type: AnyResourceType,
  elsewhere: Readonly<Record<string, string>> = {},
): void => {
  const seen = new Map<string, Set<Seen>>();
  const swallowed = new Map<string, string>();
  const note = (facet: string, what: Seen) =>
    seen.set(facet, (seen.get(facet) ?? new Set()).add(what));

  beforeAll(() => {
    for (const [name, facet] of Object.entries(type.facets)) {
      const read: Read = facet.read as Read;
      jest.spyOn(facet as { read: Read }, 'read').mockImplementation(async (...asked) => {
        try {
          const { value, faults } = await readWithFaults({
            ...{ type, name, read, asked },
            facet: facet as Facet,
          });
          for (const fault of faults) swallowed.set(fault, name);
          note(name, value === undefined ? 'absent' : 'present');
          return value as never;
        } catch (error) {
          note(name, sortError(error, { absent: facet.absent ?? [], gone: type.live.gone }).kind);
          throw error;
        }
      });
    }
  });

  afterAll(() => {
    jest.restoreAllMocks();
    const wanted = Object.entries(type.facets).flatMap(([name, { absent = [] }]) => [
      [name, 'present'] as const,
      ...(absent.length > 0 ? [[name, 'absent'] as const] : []),
    ]);
    const missing = wanted
      .filter(([name, what]) => !seen.get(name)?.has(what))
      .map(([name, what]) => `${name}: ${what}`);
    if (type.live.gone.length > 0 && ![...seen.values()].some((kinds) => kinds.has('gone')))
      missing.push('a resource that is gone');
    const untold = [...swallowed].filter(([, name]) => elsewhere[`${name}: faults`] === undefined);
    if (untold.length > 0)
      throw new Error(
        `what fails while a facet of ${type.type} is read has to reach whoever reads it:\n${untold.map(([fault]) => fault).join('\n')}`,
      );
    const unexplained = missing.filter((one) => elsewhere[one] === undefined);
    if (unexplained.length > 0)
      throw new Error(
        `add to this file what reads of ${type.type}, on the local AWS, ${unexplained.join(', ')}; or say why it cannot be read there`,
      );
  });
};
