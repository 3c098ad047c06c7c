import type { Service } from '../../model/control.ts';
import type { Sample } from '../../resources/most-used.ts';
import { loadParts } from './create-runtime.ts';
import { deployedClients, deployedDocuments } from './deployed-clients.ts';

/**
 * How long making ready before the first event may take. Lambda gives an init ten seconds, with the processor of a
 * larger function. But the time is paid for, and 100 MB are a fifth of the function's memory.
 */
const mostMs = 150;
const mostRssBytes = 100_000_000;

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
