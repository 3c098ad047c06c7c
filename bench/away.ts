import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allControls } from '../lib/controls/index.ts';
import { defaultBaseline } from '../lib/engine/baseline/baseline.ts';
import { bundle } from '../lib/infrastructure/bundle.ts';
import { medianOf } from './figures.ts';
import { type ShareFigures, shareOf } from './share.ts';
import { type Kind, kinds } from './stub/events.ts';

/** An event of another account beside one of a single account, in one run; the roles are assumed before what counts. */
export interface AwayFigures {
  readonly kind: Kind;
  readonly alone: Pick<ShareFigures, 'eventToImportMs' | 'cpuMs'>;
  readonly away: Pick<ShareFigures, 'eventToImportMs' | 'cpuMs'>;
}

/** Ten of them, so that none is read beyond its rate. */
const members = Array.from({ length: 10 }, (_, n) => String(444_455_550_000 + n));
/** Both are measured in turn, as the machine may have other work. */
const rounds = 3;

const medians = (all: readonly ShareFigures[]): AwayFigures['alone'] => ({
  eventToImportMs: medianOf(all.map((one) => one.eventToImportMs)),
  cpuMs: medianOf(all.map((one) => one.cpuMs)),
});

export const benchAway = async (times = 60): Promise<readonly AwayFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-away-'));
  try {
    const baseline = defaultBaseline(await allControls());
    const one = await bundle(join(folder, 'one'), ['evaluate'], baseline);
    const many = await bundle(join(folder, 'many'), ['evaluate'], {
      ...baseline,
      accounts: members,
    });
    const environment = { EXTERNAL_ID: 'stack/Plumbline/bench' };
    const figures: AwayFigures[] = [];
    for (const kind of kinds) {
      const [alone, away]: [ShareFigures[], ShareFigures[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        alone.push(await shareOf(one.folder, kind, times));
        away.push(await shareOf(many.folder, kind, times, { accounts: members, environment }));
      }
      figures.push({ kind, alone: medians(alone), away: medians(away) });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
