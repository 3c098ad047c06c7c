import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allControls } from '../lib/controls/index.ts';
import { defaultBaseline } from '../lib/engine/baseline/baseline.ts';
import { bundle } from '../lib/infrastructure/bundle.ts';
import { medianOf } from './figures.ts';
import {
  environmentFor,
  functionArn,
  type Handle,
  idOf,
  type Kind,
  recordOf,
} from './stub/events.ts';
import { startStub } from './stub/stub.ts';

/** Milliseconds of one event to a handler that is warm, AWS answering as late as it does: medians. */
export interface WarmFigures {
  readonly kind: Kind;
  /** From the event to the import of the FAIL that was sent. */
  readonly failImportMs: number;
  /** From the event to the end, of one that ends a FAIL. */
  readonly passWholeMs: number;
}

/** As measured from Lambda in the same region. */
const latencyMs = { s3: 30, s3control: 30, ec2: 60, dynamodb: 5, securityhub: 150, amazonsqs: 10 };

export const benchWarm = async (times = 15): Promise<readonly WarmFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-warm-'));
  const stub = await startStub({ latencyMs });
  try {
    const made = await bundle(folder, ['evaluate'], defaultBaseline(await allControls()));
    Object.assign(process.env, environmentFor(stub.url, made.folder));
    const { href } = pathToFileURL(join(made.folder, 'evaluate.mjs'));
    const { handler }: { handler: Handle } = await import(href);
    const figures: WarmFigures[] = [];
    for (const kind of ['s3', 'ec2'] as const) {
      const [fails, passes]: [number[], number[]] = [[], []];
      for (let time = -5; time < times; time += 1) {
        for (const isBroken of [true, false]) {
          Object.assign(stub.state, { isBroken });
          stub.calls.length = 0;
          const event = { Records: [recordOf(kind, idOf[kind])] };
          const begun = performance.timeOrigin + performance.now();
          const answer = await handler(event, { invokedFunctionArn: functionArn });
          const done = performance.timeOrigin + performance.now();
          const sent = stub.calls.find(({ operation }) => operation === 'BatchImportFindings');
          if (!sent || answer.batchItemFailures.length > 0) throw new Error('no finding was sent');
          if (time >= 0) (isBroken ? fails : passes).push((isBroken ? sent.at : done) - begun);
        }
      }
      figures.push({ kind, failImportMs: medianOf(fails), passWholeMs: medianOf(passes) });
    }
    return figures;
  } finally {
    await stub.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
