import { runAs } from '../../../support/run-as.ts';
import type { Found, Looked } from './host-check.ts';

/** Whether fixes of hosts go on: one that stopped waits for a person. */
export const checkRollouts = async ({ rollouts }: Looked): Promise<Found> => {
  const all = (await rollouts.all()).map(({ rollout }) => rollout);
  const faults = all.flatMap(({ control, system, stopped }) =>
    stopped
      ? [
          `the fix of ${control} has stopped on all hosts with ${system}; host ${stopped.host} stopped it: ${stopped.why}; when you know the cause, run ${runAs(`rollouts start ${control}`)}`,
        ]
      : [],
  );
  return { faults, said: 'no fix of hosts has stopped', told: { stopped: faults.length } };
};
