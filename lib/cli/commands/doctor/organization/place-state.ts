import type { PlaceAsked } from '../../../../aws/stores/host-inventory.ts';
import type { RegionNote } from '../../../../aws/stores/regions.ts';
import {
  memberAccountsAreHeard,
  regionsNamedIn,
} from '../../../../controls/plumbline/member-accounts-are-heard.ts';
import { memberAccountsCanBeEntered } from '../../../../controls/plumbline/member-accounts-can-be-entered.ts';
import { isFuture } from '../../../../engine/changes/bounds.ts';
import type { ResourceRow, StoredVerdict } from '../../../../engine/posture/row.ts';
import type { Where } from '../../../../model/resource-type.ts';
import type { StackInstance } from '../../../accounts/stack-instances.ts';

export type Status = StoredVerdict['status'];
export const parts = ['role', 'ears', 'trail', 'sweep', 'access', 'hosts', 'instances'] as const;
export type Part = (typeof parts)[number];

/** What is wrong with one region of an account. */
export interface Fault {
  readonly part: Part;
  readonly status: 'FAIL' | 'UNKNOWN';
  /** The same of every place where this is so. */
  readonly what: string;
  /** What is so of this place alone. */
  readonly detail?: string;
  readonly command?: string;
}
/** How one region of an account is governed, as Plumbline found it last. Times are ISO 8601. */
export interface PlaceState extends Where {
  readonly name?: string;
  readonly status: Status;
  readonly role: Status;
  readonly ears: Status;
  readonly trail: Status;
  /** When an event from there was last heard, to the hour; absent where none was. */
  readonly heardAt?: string;
  readonly sweptAt?: string;
  /** Since when it refuses every read. */
  readonly closedSince?: string;
  readonly instances: readonly StackInstance[];
  readonly faults: readonly Fault[];
}

/** What is known of one region of an account. */
export interface PlaceKnown {
  readonly where: Where;
  readonly name?: string | undefined;
  readonly isHub: boolean;
  readonly isHome: boolean;
  readonly note: RegionNote;
  /** Of the account; of the hub there is none. */
  readonly member: ResourceRow | undefined;
  /** Of the ears of the hub in another region. */
  readonly ears: ResourceRow | undefined;
  readonly trails: ResourceRow | undefined;
  /** How asking its hosts went last. @default - none are audited there, or they were not asked yet */
  readonly hosts?: PlaceAsked | undefined;
  /** When its first sweep is due, where it had none. */
  readonly sweepAt?: string | undefined;
  /** @default - whether StackSets deploy there is not known */
  readonly stackSets?:
    | {
        readonly instances: readonly StackInstance[];
        /** StackSets that are to have an instance there. */
        readonly wanted: readonly string[];
        /** What has one deployed there. */
        readonly commandOf: (set: string, isThere: boolean) => string;
      }
    | undefined;
}
export interface PlaceOptions {
  readonly now: Date;
  /** Whether the baseline has a control. */
  readonly isEnabled: (control: string) => boolean;
}

/** An empty region is listed each week: what is older has been left out. */
const sweptWithinMs = 8 * 86_400_000;

interface Looked {
  readonly status: Status;
  readonly reason?: string;
}

/** What a control found last; what nobody has looked at yet is no all-clear. */
const foundBy = (
  row: ResourceRow | undefined,
  control: string,
  { isEnabled }: PlaceOptions,
): Looked | undefined => {
  if (!isEnabled(control)) return { status: 'NOT_APPLICABLE' };
  const verdict = row?.controls[control]?.verdict;
  return (
    verdict && {
      status: verdict.status,
      ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    }
  );
};

const faultOf = (
  part: Part,
  looked: Looked | undefined,
  what: { readonly fails: string; readonly unlooked: string },
): readonly Fault[] => {
  if (!looked) return [{ part, status: 'FAIL', what: what.unlooked }];
  const { status, reason } = looked;
  if (status !== 'FAIL' && status !== 'UNKNOWN') return [];
  const detail = reason === undefined ? {} : { detail: reason };
  if (status === 'UNKNOWN')
    return [
      { part, status, what: `${what.fails}: not known, since it could not be read`, ...detail },
    ];
  return [{ part, status, what: what.fails, ...detail }];
};

/** The row is of all regions of the account: only where its sentence names those to the end, another region is well. */
const deafIn = (looked: Looked | undefined, region: string): Looked | undefined => {
  if (looked?.status !== 'FAIL') return looked;
  const deaf = regionsNamedIn(looked.reason ?? '');
  return deaf === undefined || deaf.includes(region) ? looked : { status: 'PASS' };
};

const earsFound = (known: PlaceKnown, settings: PlaceOptions): Looked | undefined => {
  const { isHub, isHome, member, ears, where } = known;
  if (!isHub) return deafIn(foundBy(member, memberAccountsAreHeard.id, settings), where.region);
  return isHome ? { status: 'NOT_APPLICABLE' } : foundBy(ears, 'PL.BLIND.7', settings);
};

const sweepFaults = ({ note, sweepAt }: PlaceKnown, { now }: PlaceOptions): readonly Fault[] => {
  const { sweptAt } = note;
  if (sweptAt === undefined) {
    const due = sweepAt === undefined ? {} : { detail: `its first sweep is due at ${sweepAt}` };
    return [{ part: 'sweep', status: 'FAIL', what: 'was not swept yet', ...due }];
  }
  // A time that has not come is nobody's sweep.
  if (now.getTime() - Date.parse(sweptAt) <= sweptWithinMs && !isFuture(sweptAt, now)) return [];
  return [
    {
      part: 'sweep',
      status: 'FAIL',
      what: 'was not swept for more than a week',
      detail: `last at ${sweptAt}`,
    },
  ];
};

/** An operation that goes on is no fault yet. */
const isUnderWay = (state: string): boolean => /\((PENDING|RUNNING)\)$/.test(state);

const instanceFaults = ({ stackSets }: PlaceKnown, isRefusing: boolean): readonly Fault[] => {
  if (!stackSets) return [];
  const { instances, wanted, commandOf } = stackSets;
  const failed = instances
    .filter(({ state }) => state !== 'CURRENT' && !isUnderWay(state))
    .map(
      ({ set, state, reason }): Fault => ({
        part: 'instances',
        status: 'FAIL',
        what: `the StackSet ${set} is ${state} there`,
        ...(reason === undefined ? {} : { detail: reason }),
        command: commandOf(set, true),
      }),
    );
  // Where StackSets made nothing and all is let in and heard, somebody deployed it by hand, as in the management account.
  const isMade = isRefusing || instances.length > 0;
  const missing = isMade ? wanted.filter((set) => !instances.some((one) => one.set === set)) : [];
  return [
    ...failed,
    ...missing.map(
      (set): Fault => ({
        part: 'instances',
        status: 'FAIL',
        what: `the StackSet ${set} has deployed nothing there`,
        command: commandOf(set, false),
      }),
    ),
  ];
};

const hostFaults = ({ hosts }: PlaceKnown): readonly Fault[] =>
  hosts?.refused === undefined
    ? []
    : [{ part: 'hosts', status: 'FAIL', what: 'lets no host be asked', detail: hosts.refused }];

const closedFaults = ({ note }: PlaceKnown): readonly Fault[] => {
  const { closedSince, heldAt } = note;
  if (closedSince === undefined || heldAt === undefined) return [];
  const detail = `since ${closedSince}; in use at ${heldAt}`;
  return [{ part: 'access', status: 'FAIL', what: 'refuses every read, and is in use', detail }];
};

const statusOf = (faults: readonly Fault[], isGoverned: boolean): Status => {
  if (faults.some(({ status }) => status === 'FAIL')) return 'FAIL';
  if (faults.length > 0) return 'UNKNOWN';
  return isGoverned ? 'PASS' : 'NOT_APPLICABLE';
};

const unlooked = 'was not looked at yet';

/** How one region of an account is governed. What is wrong with its account hides what could not be looked at for that. */
export const stateOf = (known: PlaceKnown, settings: PlaceOptions): PlaceState => {
  const { where, name, isHub, note, trails, stackSets } = known;
  const role: Looked | undefined = isHub
    ? { status: 'NOT_APPLICABLE' }
    : foundBy(known.member, memberAccountsCanBeEntered.id, settings);
  const ears = earsFound(known, settings);
  const trail = foundBy(trails, 'PL.BLIND.1', settings);
  const isClosed = note.closedSince !== undefined;
  const entry = faultOf('role', role, {
    fails: 'does not let Plumbline in',
    unlooked: `whether it lets Plumbline in ${unlooked}`,
  });
  const hearing = faultOf('ears', ears, {
    fails: 'does not bring what changes there',
    unlooked: `whether it brings what changes there ${unlooked}`,
  });
  const recording = faultOf('trail', trail, {
    fails: 'has no trail that records what changes there',
    unlooked: `whether it has a trail ${unlooked}`,
  });
  const read = isClosed
    ? closedFaults(known)
    : [...hearing, ...recording, ...sweepFaults(known, settings), ...hostFaults(known)];
  const isRefusing = entry.length + hearing.length + hostFaults(known).length > 0;
  const faults = [
    ...(entry.length > 0 ? entry : read),
    ...(isClosed ? [] : instanceFaults(known, isRefusing)),
  ];
  return {
    ...where,
    ...(name === undefined ? {} : { name }),
    status: statusOf(faults, !isClosed),
    role: role?.status ?? 'UNKNOWN',
    ears: ears?.status ?? 'UNKNOWN',
    trail: trail?.status ?? 'UNKNOWN',
    ...(note.heardAt === undefined ? {} : { heardAt: note.heardAt }),
    ...(note.sweptAt === undefined ? {} : { sweptAt: note.sweptAt }),
    ...(note.closedSince === undefined ? {} : { closedSince: note.closedSince }),
    instances: stackSets?.instances ?? [],
    faults,
  };
};
