import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { medianOf } from './figures.ts';
import { type Bundled, bundledHere } from './stub/bundled.ts';
import { environmentFor, functionArn, idOf, type Kind, recordOf } from './stub/events.ts';
import { startStub } from './stub/stub.ts';

const run = promisify(execFile);

/** A cold start of the function that evaluates: medians, in milliseconds, against a stub that answers at once. */
export interface ColdFigures {
  readonly kind: Kind;
  /** From the first event to the first import of findings that was sent. */
  readonly eventToImportMs: number;
  /** Loading the handler, which Lambda counts as its init. */
  readonly initMs: number;
  /** From the start of the process to that import. */
  readonly spawnToImportMs: number;
  readonly initRssBytes: number;
  /** Of the processor. */
  readonly initCpuMs: number;
  readonly eventCpuMs: number;
}
interface Told {
  readonly begun: number;
  readonly loaded: number;
  readonly asked: number;
  readonly rss: number;
  readonly failed: number;
  readonly initCpu: number;
  readonly eventCpu: number;
}

const child = fileURLToPath(new URL('cold-child.mjs', import.meta.url));

/** @param folder of a bundle that is made already */
export const benchColdOf = async (
  folder: string,
  times: number,
): Promise<readonly ColdFigures[]> => {
  const figures: ColdFigures[] = [];
  for (const kind of ['s3', 'ec2'] as const) {
    const all: Omit<ColdFigures, 'kind'>[] = [];
    for (let time = 0; time < times; time += 1) {
      const stub = await startStub();
      const env = {
        ...process.env,
        ...environmentFor(stub.url, folder),
        FUNCTION_ARN: functionArn,
      };
      const event = {
        Records: [recordOf(kind, idOf[kind])],
      };
      const spawned = performance.timeOrigin + performance.now();
      const { stdout } = await run(
        process.execPath,
        [child, join(folder, 'evaluate.mjs'), JSON.stringify(event)],
        { env },
      );
      const { begun, loaded, asked, rss, failed, initCpu, eventCpu }: Told = JSON.parse(
        stdout.slice(stdout.indexOf('{"begun')),
      );
      const sent = stub.calls.find(({ operation }) => operation === 'BatchImportFindings');
      await stub.stop();
      if (!sent || failed > 0) throw new Error(`the ${kind} event brought no finding: ${stdout}`);
      all.push({
        eventToImportMs: sent.at - asked,
        initMs: loaded - begun,
        spawnToImportMs: sent.at - spawned,
        initRssBytes: rss,
        initCpuMs: initCpu,
        eventCpuMs: eventCpu,
      });
    }
    const median = (of: keyof Omit<ColdFigures, 'kind'>) => medianOf(all.map((one) => one[of]));
    figures.push({
      kind,
      eventToImportMs: median('eventToImportMs'),
      initMs: median('initMs'),
      spawnToImportMs: median('spawnToImportMs'),
      initRssBytes: median('initRssBytes'),
      initCpuMs: median('initCpuMs'),
      eventCpuMs: median('eventCpuMs'),
    });
  }
  return figures;
};

export const benchCold = async (
  bundled: Bundled = bundledHere,
  times = 15,
): Promise<readonly ColdFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-cold-'));
  try {
    return await benchColdOf(await bundled(folder), times);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
