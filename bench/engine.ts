import { evaluate, type FacetReadings } from '../lib/engine/evaluation/evaluate.ts';
import { rowsOfTables } from '../test/controls/growth/tables.ts';
import type { Evaluated } from '../test/controls/harness.ts';
import { medianOf } from './figures.ts';

/** Evaluations per second of the processor, of the pure engine: every row of every control's table once per round, policies unparsed. */
export interface EngineFigures {
  readonly rows: number;
  readonly controls: number;
  readonly evaluationsPerSecond: number;
  /** The slowest controls, by their share of a round. */
  readonly slowest: readonly { readonly id: string; readonly share: number }[];
}

const readings = ({ snapshot }: Evaluated): FacetReadings =>
  Object.fromEntries(Object.entries(snapshot).map(([name, value]) => [name, { value }]));

export const benchEngine = async (rounds = 200): Promise<EngineFigures> => {
  const rows = (await rowsOfTables()).map((row) => ({ ...row, facets: readings(row) }));
  const spent = new Map<string, number>();
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Of the processor, so that what else the machine does is not counted.
    const begun = process.cpuUsage();
    for (const { control, facets, context } of rows) evaluate(control, facets, context);
    const { user, system } = process.cpuUsage(begun);
    if (round >= rounds / 10) rates.push(rows.length / ((user + system) / 1_000_000));
  }
  for (const { control, facets, context } of rows) {
    const begun = performance.now();
    for (let times = 0; times < 20; times += 1) evaluate(control, facets, context);
    spent.set(control.id, (spent.get(control.id) ?? 0) + performance.now() - begun);
  }
  const total = [...spent.values()].reduce((a, b) => a + b, 0);
  return {
    rows: rows.length,
    controls: spent.size,
    evaluationsPerSecond: Math.round(medianOf(rates)),
    slowest: [...spent]
      .map(([id, time]) => ({ id, share: time / total }))
      .toSorted((a, b) => b.share - a.share)
      .slice(0, 5),
  };
};
