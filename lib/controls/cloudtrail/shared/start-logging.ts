import { call, type Grant, type Plan, propose } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import type { Trail } from './trail-selection.ts';

/** A trail of this account that can be started here: only its home region takes the call. */
export const isOwnHere = ({ arn, homeRegion }: Trail, { account, region }: Ref): boolean =>
  homeRegion === region && arn.includes(`:${account}:trail/`);

/** Starts the first of the trails that would do and that somebody stopped. */
export const startOf = (trails: readonly Trail[], ref: Ref): Plan => {
  const stopped = trails.find((trail) => trail.isLogging === false && isOwnHere(trail, ref));
  if (!stopped) return propose('no trail of this region and account waits to be started');
  const Name = stopped.arn.slice(stopped.arn.lastIndexOf('/') + 1);
  return {
    kind: 'calls',
    // The first copy of management events is free, and what was recorded before stays where it is.
    risk: 'safe',
    summary: 'starts the logging of the trail again',
    calls: [call('cloudtrail', 'startLogging', { Name })],
    undo: {
      calls: [call('cloudtrail', 'stopLogging', { Name })],
      widensAccess: false,
    },
  };
};

export const loggingGrants: readonly Grant<{ readonly trails: readonly Trail[] }>[] = [
  {
    actions: ['cloudtrail:StartLogging', 'cloudtrail:StopLogging'],
    on: ({ ref }, { trails }) =>
      trails.filter((trail) => isOwnHere(trail, ref)).map(({ arn }) => arn),
  },
];
