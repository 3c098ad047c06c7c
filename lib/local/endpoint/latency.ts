import { setTimeout as sleep } from 'node:timers/promises';
import type { Before, DecodedCall } from './call.ts';

/** How much longer a call takes than on this machine, in milliseconds: to the home region, to another, and of AssumeRole. */
export const latency = { near: 70, far: 200, assumeRole: 100 } as const;

export const latencyOf = (
  { operation, region }: Pick<DecodedCall, 'operation' | 'region'>,
  homeRegion: string,
): number => {
  if (operation === 'AssumeRole') return latency.assumeRole;
  return region === homeRegion ? latency.near : latency.far;
};

/** Has each call wait as it would on its way to AWS. */
export const late =
  (homeRegion: string): Before =>
  async (call) => {
    await sleep(latencyOf(call, homeRegion));
    return undefined;
  };
