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

/** Write units of DynamoDB that one event takes on a resource that is known, indexes counted, in one form of rows. */
export interface WriteFigures {
  readonly kind: Kind;
  readonly form: 'json' | 'deflated';
  /** Where the event brings a FAIL about, and where it ends one. */
  readonly failing: number;
  readonly passing: number;
}

const rounds = 4;

/** Each form in a copy of the bundle of its own: a handler keeps what it was started with. */
const unitsIn = async (form: WriteFigures['form']): Promise<readonly WriteFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-writes-'));
  const stub = await startStub();
  try {
    const made = await bundle(folder, ['evaluate'], defaultBaseline(await allControls()));
    Object.assign(process.env, environmentFor(stub.url, made.folder), { ROW_FORM: form });
    const { href } = pathToFileURL(join(made.folder, 'evaluate.mjs'));
    const { handler }: { handler: Handle } = await import(href);
    const figures: WriteFigures[] = [];
    for (const kind of ['s3', 'ec2'] as const) {
      const units: { failing: number[]; passing: number[] } = { failing: [], passing: [] };
      for (let round = -1; round < rounds; round += 1) {
        for (const state of ['failing', 'passing'] as const) {
          stub.state.isBroken = state === 'failing';
          const answer = await handler(
            { Records: [recordOf(kind, idOf[kind])] },
            { invokedFunctionArn: functionArn },
          );
          if (answer.batchItemFailures.length > 0) throw new Error(`the ${kind} event failed`);
          const taken = stub.table.takeUnits();
          // The first round makes the rows.
          if (round >= 0) units[state].push(taken);
        }
      }
      const failing = medianOf(units.failing);
      figures.push({ kind, form, failing, passing: medianOf(units.passing) });
    }
    return figures;
  } finally {
    await stub.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

export const benchWrites = async (): Promise<readonly WriteFigures[]> => [
  ...(await unitsIn('json')),
  ...(await unitsIn('deflated')),
];
