import type { Service } from '../../model/control.ts';
import { loadParts } from './create-runtime.ts';
import { deployedClients, deployedDocuments } from './deployed-clients.ts';

/**
 * How long making ready before the first event may take. Lambda gives an init ten seconds, with the processor of a
 * larger function. But the time is paid for, and 100 MB are a fifth of the function's memory. What both samples take is 130
 * to 180 ms, of which types and controls were loaded before the budget began when each start loaded all.
 */
const mostMs = 200;
const mostRssBytes = 100_000_000;

/** An event of a kind that comes often: what types it is about, and of which of them the controls are asked. */
interface Sample {
  readonly source: `${string}.amazonaws.com`;
  readonly told: string;
  readonly type: string;
}

const loadFor = async ({ type, ...told }: Sample): Promise<void> => {
  const { catalogueTypes, controlsOn } = await import('./catalogue.ts');
  await catalogueTypes.about(told);
  await controlsOn(type);
};

/**
 * Builds clients and loads what events take during init, the most used first, as long as that stays within the budget;
 * all else is loaded when it is first asked for. The table's client, and what the function always has, come first.
 */
export const makeReady = async (mostUsed: readonly (Service | Sample)[]): Promise<void> => {
  const region = process.env['AWS_REGION'];
  if (region === undefined) return;
  const begun = performance.now();
  await loadParts();
  await deployedDocuments(region);
  for (const one of mostUsed) {
    if (performance.now() - begun > mostMs || process.memoryUsage.rss() > mostRssBytes) return;
    await (typeof one === 'string' ? deployedClients(region)(one) : loadFor(one));
  }
};
