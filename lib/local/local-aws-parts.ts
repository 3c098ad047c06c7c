import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Baseline } from '../engine/baseline/baseline.ts';
import type { AppOptions } from '../infrastructure/app.ts';
import { folderBetweenProcesses } from '../infrastructure/kept-build.ts';
import { turnOn } from './local-aws-account.ts';
import { type MotoClients, motoClients } from './local-aws-clients.ts';
import { startMoto } from './moto/moto.ts';

type OnStep = ((sentence: string) => void) | undefined;

/** What has been started, to be ended in the opposite order. */
export class Endings {
  private readonly all: (() => unknown)[] = [];

  add(end: () => unknown) {
    this.all.push(end);
  }

  async run() {
    for (let end = this.all.pop(); end; end = this.all.pop()) await end();
  }
}

/** What `start` starts; where it fails, what it had started by then is ended. */
export const started = async <Started>(
  start: (endings: Endings) => Promise<Started>,
): Promise<Started> => {
  const endings = new Endings();
  try {
    return await start(endings);
  } catch (error) {
    await endings.run();
    throw error;
  }
};

/** Both results; where one fails, only once the other is there to be ended. */
export const both = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
};

export interface Cloud {
  readonly motoUrl: string;
  readonly clients: MotoClients;
}
/** moto, with what a careful account has turned on. */
export const startCloud = async (onStep: OnStep, endings: Endings): Promise<Cloud> => {
  const moto = await startMoto({
    onInstall: (venv) =>
      onStep?.(
        `installing moto, which plays AWS, into ${venv}: about 320 MB, a minute or two, once`,
      ),
  });
  endings.add(() => moto.stop());
  const clients = motoClients(moto.url);
  await turnOn(clients);
  onStep?.('moto answers; Security Hub, CloudTrail and AWS Config are on');
  return { motoUrl: moto.url, clients };
};

type Synthesised = Pick<
  AppOptions,
  'accounts' | 'baseline' | 'operators' | 'organization' | 'regions'
>;
const synthesisedTo = async (
  outdir: string,
  { accounts, baseline, operators, organization, regions }: Synthesised,
) => {
  // Where what is synthesised is kept, the CDK is not needed: it takes a second to load.
  const { createApp } = await import('../infrastructure/app.ts');
  const app = await createApp({
    accounts,
    baseline,
    organization,
    regions,
    ...(operators ? { operators } : {}),
    stacks: organization === undefined ? 'hub' : 'both',
    outdir,
  });
  app.synth();
};

/**
 * The CDK's output of the real app. Where builds are kept, one of equal baselines is made once; not of those with
 * reports, which read files beside the baseline.
 */
export const synthesise = async (
  options: Synthesised,
  baseline: Baseline,
  onStep: OnStep,
  endings: Endings,
) => {
  const key = `synthesised ${options.organization ?? ''} ${JSON.stringify(baseline)}`;
  const kept = baseline.reports
    ? undefined
    : await folderBetweenProcesses(key, async (folder) => {
        await synthesisedTo(folder, options);
        // The handlers are an asset by now.
        await rm(join(folder, 'plumbline'), { recursive: true });
      });
  const output = kept ?? (await mkdtemp(join(tmpdir(), 'plumbline-local-')));
  if (kept === undefined) {
    endings.add(() => rm(output, { recursive: true, force: true }));
    await synthesisedTo(output, options);
  }
  onStep?.('the CDK app is synthesised and its handlers are bundled');
  return output;
};
