import { readdirSync, readFileSync } from 'node:fs';
import { type DocumentSource, scriptOf } from '../lib/hosts/compile.ts';
import { documentSources } from '../lib/hosts/index.ts';
import { baseRoot } from '../lib/local/hosts/base-root.ts';
import { type Distribution, debian12, ubuntu2404 } from '../lib/local/hosts/distributions.ts';
import { whyNoHosts } from '../lib/local/hosts/trouble.ts';
import { type Administered, administered } from '../test/hosts/booted-transaction/hosts.ts';
import { medianOf } from './figures.ts';

/** On a booted host, through the local SSM agent. */
export interface HostFigures {
  readonly title: string;
  /** Of all areas but `deep`, one document after the other, median. */
  readonly auditSeconds: number;
  /** Of all processes of an audit together, as far as they share nothing. */
  readonly peakBytes: number;
  /** The slowest area. */
  readonly slowest: string;
  /** Of all areas, without packages to install and without the confirmations. */
  readonly hardenSeconds: number;
  readonly changed: number;
}

const sources = documentSources();
const audits = sources.filter(({ name }) => /-AuditHost-(?!deep)/.test(name));
const hardened = sources
  .filter(({ name }) => name.includes('-HardenHost-'))
  .map(({ name }) => name.replace(/.*-/, ''));
const environment = { SSM_Areas: 'all', SSM_Controls: 'all', SSM_Parameters: 'none' };

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

const audit = async ({ host }: Administered, source: DocumentSource) => {
  const { exitCode, stderr } = await host.run(scriptOf(source, 'bench'), { environment });
  if (exitCode !== 0) throw new Error(`${source.name}: ${stderr}`);
};

/** What is read of a process, or nothing where it has ended meanwhile. */
const whileAlive = <T>(look: () => T, nothing: T): T => {
  try {
    return look();
  } catch {
    return nothing;
  }
};
const childrenOf = (pid: number): readonly number[] => {
  const tasks = `/proc/${pid}/task`;
  return whileAlive(() => readdirSync(tasks), []).flatMap((task) =>
    numbersIn(`${tasks}/${task}/children`),
  );
};
const numbersIn = (path: string) => read(path).split(' ').filter(Boolean).map(Number);
const read = (path: string) => whileAlive(() => readFileSync(path, 'utf8'), '');

/** What processes and all that they started have in memory; what they share counts once. */
const bytesOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const [, kilobytes = '0'] = /^Pss: +(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
    return sum + Number(kilobytes) * 1024 + bytesOf(childrenOf(pid));
  }, 0);

/** Looks every few milliseconds: what lives shorter than that has hardly anything. */
const peakOf = async (work: () => Promise<unknown>): Promise<number> => {
  const others = new Set(childrenOf(process.pid));
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, bytesOf(childrenOf(process.pid).filter((pid) => !others.has(pid))));
  };
  const looking = setInterval(look, 5);
  await work().finally(() => clearInterval(looking));
  return peak;
};

const benchAudit = async (at: Administered, rounds: number) => {
  const spent = new Map(audits.map(({ name }) => [name, [] as number[]]));
  const wholes: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    let whole = 0;
    for (const source of audits) {
      const seconds = await timed(() => audit(at, source));
      whole += seconds;
      // The first round reads from the disk what the others find in memory.
      if (round > 0) spent.get(source.name)?.push(seconds);
    }
    if (round > 0) wholes.push(whole);
  }
  const peaks: number[] = [];
  for (const source of audits) peaks.push(await peakOf(() => audit(at, source)));
  const medians = [...spent].map(([name, all]) => ({ name, seconds: medianOf(all) }));
  const [slowest] = medians.toSorted((a, b) => b.seconds - a.seconds);
  return {
    auditSeconds: medianOf(wholes),
    peakBytes: Math.max(...peaks),
    slowest: `${slowest?.name.replace(/.*-/, '')} ${slowest?.seconds.toFixed(1)} s`,
  };
};

const benchHarden = async (at: Administered) => {
  let hardenSeconds = 0;
  let changed = 0;
  for (const area of hardened) {
    const begun = performance.now();
    const { id, outcome, reason, results } = await at.harden(area);
    hardenSeconds += (performance.now() - begun) / 1000;
    changed += [...results.values()].filter(({ o }) => o === 'changed').length;
    if (outcome === 'unchanged') continue;
    if (outcome !== 'applied') throw new Error(`${area}: ${outcome} ${reason}`);
    await at.confirm(id);
  }
  return { hardenSeconds, changed };
};

const benchHost = async (distribution: Distribution, rounds: number): Promise<HostFigures> => {
  const at = await administered(await baseRoot(distribution));
  try {
    const { title } = distribution;
    return { title, ...(await benchAudit(at, rounds)), ...(await benchHarden(at)) };
  } finally {
    await at.remove();
  }
};

/** Why hosts could not be measured, or the figures of each distribution. */
export const benchHosts = async (rounds = 5): Promise<string | readonly HostFigures[]> => {
  const trouble = whyNoHosts();
  if (trouble !== undefined) return trouble;
  const figures: HostFigures[] = [];
  for (const distribution of [debian12, ubuntu2404])
    figures.push(await benchHost(distribution, rounds));
  return figures;
};
