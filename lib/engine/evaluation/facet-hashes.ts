import { createHash } from 'node:crypto';
import { canonicalJson } from '../../support/canonical-json.ts';
import { type Steadying, steadied } from '../remediation/outcome.ts';
import type { FacetReadings } from './evaluate.ts';

/** A hash of each facet that could be read, without what moves by itself: whether two reads differ is seen by it. */
export const facetHashes = (
  type: Steadying,
  facets: FacetReadings,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facets).flatMap(([name, reading]) => {
      if (!('value' in reading)) return [];
      const json = canonicalJson(steadied(type, name, reading.value));
      return [[name, createHash('sha256').update(json).digest('hex').slice(0, 12)]];
    }),
  );
