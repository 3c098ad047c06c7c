import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMoto } from '../../lib/local/moto/moto.ts';
import { bundledChild } from '../bundled-child.ts';
import { type Taken, taken } from '../check/measure.ts';
import { fromPypi } from '../check/tools.ts';
import { megabytes, table } from '../figures.ts';
import { fill, small } from '../scan.ts';
import { loadNow } from '../usage.ts';
import { mappedChecks } from './mapped.ts';

const version = '5.30.3';
const region = 'us-east-1';
/** Longer than it ever took: what hangs is ended, and said. */
const mostSeconds = 420;
const isDone = (code: number): boolean => code === 0;

/** What both get: the account on moto, and nothing of whoever measures. */
const environmentOf = (endpoint: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  AWS_ENDPOINT_URL: endpoint,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/**
 * moto answers what it does not know, as when a user last used a service, with 500: tried again as usual, with a pause
 * before each try, Prowler would wait for minutes.
 */
const prowlerArguments = (folder: string): readonly string[] => [
  ...['aws', '--checks', ...Object.values(mappedChecks), '--region', region],
  ...['--aws-retries-max-attempts', '1', '--ignore-exit-code-3', '--no-banner', '--no-color'],
  ...['--log-level', 'CRITICAL', '--output-formats', 'csv', '--output-directory', folder],
];

const rowOf = (tool: string, checks: number, one: Taken, own: Taken): readonly string[] => [
  tool,
  `${checks}`,
  `**${one.cpuSeconds.toFixed(1)} s**`,
  `${(one.cpuSeconds / own.cpuSeconds).toFixed(1)} ×`,
  megabytes(one.peakBytes),
];

/** One scan by each of the same account, in whole processes. */
export const benchProwler = async (say: (sentence: string) => void): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-prowler-'));
  const load = loadNow();
  say('Prowler …');
  const program = await fromPypi('prowler', version);
  const moto = await startMoto();
  try {
    await fill(moto.url, small);
    const source = new URL('../scan-child.ts', import.meta.url);
    const child = await bundledChild(source, folder);
    const env = environmentOf(moto.url);
    const controls = Object.keys(mappedChecks);
    const scan = [process.execPath, child, moto.url];
    const options = { env, mostSeconds };
    const own = await taken([...scan, ...controls], 3, isDone, options);
    const all = await taken(scan, 3, isDone, options);
    say('Prowler at work …');
    const other = await taken([program, ...prowlerArguments(folder)], 1, isDone, options);
    return [
      `Node ${process.versions.node}, ${cpus().length} cores, load ${load} before and ${loadNow()} after: whole processes on one account of some 600 resources on moto; ours of three runs the middle one.`,
      table(
        ['tool', 'checks', 'processor', 'of ours', 'memory at the peak'],
        [
          rowOf('Plumbline, what Prowler asks as well', controls.length, own, own),
          rowOf(`Prowler ${version}`, controls.length, other, own),
          ['Plumbline, everything', 'all', ...rowOf('', 0, all, own).slice(2)],
        ],
      ),
    ].join('\n\n');
  } finally {
    await moto.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
