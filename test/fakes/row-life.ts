import { type Baseline, defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { type EventCause, keyOf } from '../../lib/engine/changes/change.ts';
import {
  type ControlEvaluation,
  settingsHash,
} from '../../lib/engine/evaluation/control-evaluation.ts';
import { type Found, nextRow } from '../../lib/engine/posture/next-row.ts';
import type { ControlRow, ResourceRow } from '../../lib/engine/posture/row.ts';
import type { Action } from '../../lib/engine/remediation/action.ts';
import {
  type DueRemediation,
  dueRemediationsOf,
  withDueRemediations,
} from '../../lib/engine/remediation/due-remediations.ts';
import { defineControl, fail, pass } from '../../lib/model/control.ts';
import { defineResourceType } from '../../lib/model/resource-type.ts';

const fakeType = defineResourceType({
  type: 'Plumbline::Lamp',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [],
    settlesAfterSeconds: 20,
    announcements: [],
    list: { actions: [], page: async () => ({ resources: [] }) },
  },
  about: { actions: [], read: async () => ({ arn: 'arn:aws:lamp:::hall', tags: {} }) },
  facets: { light: { actions: [], read: async () => 'on' } },
});
const control = defineControl(fakeType, {
  id: 'T.1',
  title: 'The lamp should burn',
  severity: 'HIGH',
  rationale: 'It is dark.',
  standards: {},
  needs: ['light'],
  evaluate: ({ light }) => (light === 'on' ? pass : fail('it is dark', [])),
  remediation: { advice: 'Light it.', url: 'https://example.com/lamps' },
});

export const start = Date.parse('2026-06-15T12:00:00.000Z');
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const ref = { account: '123456789012', region: 'us-east-1', id: 'hall' };

/** Somebody's event, so many seconds after the start. */
export const event = (seconds: number, more: Partial<EventCause> = {}): EventCause => ({
  kind: 'event',
  via: 'cloudtrail',
  id: `event-${seconds}`,
  time: at(seconds).toISOString(),
  call: 'lamp:Blow',
  by: 'arn:aws:iam::123456789012:user/mallory',
  ...more,
});

export interface Read {
  readonly status: 'PASS' | 'FAIL' | 'UNKNOWN' | 'NOT_APPLICABLE';
  readonly events?: readonly EventCause[];
  readonly isCreated?: true;
  /** Seconds until the settle that is pending; none where it has settled. */
  readonly settle?: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What a host was asked with. */
  readonly document?: string;
  readonly renewedBy?: ControlEvaluation['renewedBy'];
  /** When the read was done, in seconds after the start. */
  readonly readBy?: number;
  /** Hashes of the facets that were read. */
  readonly seen?: ControlEvaluation['seen'];
  readonly concluded?: Found['concluded'];
}

export interface Settings extends Partial<Baseline['controls'][string]> {
  /** It reports its state by itself. */
  readonly selfReported?: true;
  /** Between two times that it does. */
  readonly everyHours?: number;
  readonly windows?: Baseline['remediation']['windows'];
}

const verdictOf = (status: Read['status']): ControlEvaluation['verdict'] => {
  if (status === 'PASS') return { status };
  return status === 'FAIL'
    ? { status, reason: 'it is dark', evidence: [] }
    : { status, reason: 'the switch is behind a door' };
};

/** What the row of one resource becomes, read after read, and what is wanted of the Remediations queue. */
export const life = ({
  windows = [],
  selfReported,
  everyHours = 24,
  ...settings
}: Settings = {}) => {
  const type = { ...fakeType, ...(selfReported ? { selfReported } : {}) };
  const base = defaultBaseline([]);
  const baseline: Baseline = {
    ...base,
    remediation: { ...base.remediation, windows },
    controls: {
      'T.1': { mode: 'remediate', backlog: false, risk: 'safe', parameters: {}, ...settings },
    },
  };
  let row: ResourceRow | undefined;
  const asked: DueRemediation[] = [];
  return {
    asked,
    row: () => row,
    control: () => row?.controls['T.1'],
    /** Has the row hold this of the control. */
    put(kept: ControlRow): void {
      if (row) row = { ...row, controls: { 'T.1': kept } };
    },
    /** One delivery; answers what it wanted. */
    read(
      seconds: number,
      { status, events = [], settle, ...more }: Read,
    ): readonly DueRemediation[] {
      const evaluated: ControlEvaluation = {
        control,
        verdict: verdictOf(status),
        readAt: at(seconds),
        causes: events,
        isCreated: more.isCreated === true,
        settings: settingsHash(more.parameters ?? {}, more.document),
        ...(selfReported ? { tellsEveryHours: everyHours } : {}),
        plan: { text: 'lights it', hash: 'h', isCalls: true },
        ...(more.renewedBy === undefined ? {} : { renewedBy: more.renewedBy }),
        ...(more.readBy === undefined ? {} : { readBy: at(more.readBy) }),
        ...(more.seen === undefined ? {} : { seen: more.seen }),
      };
      const next = nextRow(row, {
        key: keyOf({ type: fakeType.type, ref }),
        type: fakeType.type,
        ref,
        settlesAfterSeconds: fakeType.live.settlesAfterSeconds,
        evaluated: [evaluated],
        events,
        settle:
          settle === undefined
            ? undefined
            : {
                arrivesAt: at(seconds + settle).toISOString(),
                wantedAt: at(seconds + settle).toISOString(),
                facets: 'all',
                attempt: 0,
              },
        ...(more.concluded ? { concluded: more.concluded } : {}),
      });
      if (!next) throw new Error('no row was made');
      const wanting = withDueRemediations(
        next,
        { type, controls: [control] },
        baseline,
        at(seconds),
      );
      const wanted = dueRemediationsOf(wanting);
      asked.push(...wanted);
      row = {
        ...wanting,
        controls: Object.fromEntries(
          Object.entries(wanting.controls).map(([id, one]) => [
            id,
            one.remediation?.state === 'wanted'
              ? { ...one, remediation: { ...one.remediation, state: 'asked' } }
              : one,
          ]),
        ),
      };
      return wanted;
    },
  };
};

/** An action on the lamp that awaits its verdict. */
export const actionOnLamp = (more: Partial<Action> = {}): Action => ({
  id: 'pl-1',
  type: 'Plumbline::Lamp',
  ref: { account: '123456789012', region: 'us-east-1', id: 'hall' },
  arn: 'arn:aws:lamp:::hall',
  controls: ['T.1'],
  askedBy: { kind: 'drift' },
  state: 'VERIFYING',
  driftedBy: [],
  startedAt: new Date(start).toISOString(),
  calls: [],
  ...more,
});
