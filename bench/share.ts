import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { medianOf, p95Of } from './figures.ts';
import { type Bundled, bundledHere } from './stub/bundled.ts';
import { environmentFor, functionArn, type Kind, recordOf } from './stub/events.ts';
import { startStub } from './stub/stub.ts';

const run = promisify(execFile);

/** The product's own share of an event, in milliseconds: the function is warm, and a stub answers every call at once. */
export interface ShareFigures {
  readonly kind: Kind;
  /** From the event to the import of its finding. */
  readonly eventToImportMs: number;
  readonly p95Ms: number;
  /** From the event until all is written. */
  readonly wholeMs: number;
  /** Of the processor, for the whole. */
  readonly cpuMs: number;
}
interface Told {
  readonly asked: number;
  readonly done: number;
  readonly cpu: number;
  readonly failed: number;
}

const child = fileURLToPath(new URL('share-child.mjs', import.meta.url));
/** Events before the first that counts: until then the compiler is at work. */
const warmingUp = 40;

const nthId = (kind: Kind, n: number): string =>
  kind === 's3' ? `invoices-${n}` : `sg-${n.toString(16).padStart(17, '0')}`;

export interface ShareOptions {
  /** Whose events they are, in turn. @default - those of the account where the function stands */
  readonly accounts?: readonly string[];
  /** What the function is told beside. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
}

/** @param folder of a bundle that is made already */
export const shareOf = async (
  folder: string,
  kind: Kind,
  times: number,
  { accounts = [], environment = {} }: ShareOptions = {},
): Promise<ShareFigures> => {
  const stub = await startStub();
  try {
    const events = Array.from({ length: warmingUp + times }, (_, n) => ({
      Records: [recordOf(kind, nthId(kind, n), new Date(), accounts[n % accounts.length])],
    }));
    const file = join(folder, `${kind}-events.json`);
    await writeFile(file, JSON.stringify(events));
    const env = {
      ...process.env,
      ...environmentFor(stub.url, folder),
      FUNCTION_ARN: functionArn,
      ...environment,
    };
    const args = [child, join(folder, 'evaluate.mjs'), file];
    const { stdout } = await run(process.execPath, args, { env, maxBuffer: 2 ** 26 });
    const told: readonly Told[] = JSON.parse(stdout.slice(stdout.lastIndexOf('\n[')));
    const imports = stub.calls.filter(({ operation }) => operation === 'BatchImportFindings');
    const counted = told.slice(warmingUp).map((one) => {
      const sent = imports.find(({ at }) => at >= one.asked && at <= one.done);
      if (!sent || one.failed > 0) throw new Error(`an event of ${kind} brought no finding`);
      return { ...one, toImport: sent.at - one.asked };
    });
    return {
      kind,
      eventToImportMs: medianOf(counted.map(({ toImport }) => toImport)),
      p95Ms: p95Of(counted.map(({ toImport }) => toImport)),
      wholeMs: medianOf(counted.map(({ asked, done }) => done - asked)),
      cpuMs: medianOf(counted.map(({ cpu }) => cpu)),
    };
  } finally {
    await stub.stop();
  }
};

export const benchShare = async (
  bundled: Bundled = bundledHere,
  times = 100,
): Promise<readonly ShareFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-share-'));
  try {
    const made = await bundled(folder);
    return [await shareOf(made, 's3', times), await shareOf(made, 'ec2', times)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
