import type { givenHardening } from './given-hardening.ts';

type Fleet = ReturnType<typeof givenHardening>;

/** A control that is put right by itself. */
export const remediated = {
  mode: 'remediate',
  backlog: false,
  risk: 'safe',
  parameters: {},
} as const;

/** Somebody breaks the same on hosts, and the next audit says so. */
export const drift = async (fleet: Fleet, ...hosts: readonly string[]): Promise<void> => {
  for (const host of hosts) fleet.break(host);
  fleet.world().later(60_000);
  await fleet.audit();
};

/** What became of the actions on a host: `VERIFIED`, `BLOCKED by hold`. */
export const statesOf = (fleet: Fleet, host: string): readonly string[] =>
  fleet
    .actions()
    .flatMap(({ ref, state, guard }) =>
      ref.id === host ? [guard === undefined ? state : `${state} by ${guard}`] : [],
    );
