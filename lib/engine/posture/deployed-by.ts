import { type Deployment, fail, type Verdict } from '../../model/control.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { EventCause } from '../changes/change.ts';
import { nameOf } from '../findings/who.ts';
import { isDeployRole } from '../remediation/ownership.ts';
import type { ControlRow } from './row.ts';

/** A call that does not say what it deploys is about ours where ours was deployed within so many milliseconds of it. */
const nearMs = 120_000;

const isDeploymentOf = ({ calls }: Deployment, { call, via }: EventCause): boolean =>
  via === 'cloudtrail' && call !== undefined && calls.includes(call);

/**
 * The latest deployment that is known: of events that name ours the last; where none of those was when it was deployed,
 * one that names nothing and was.
 */
export const deployedBy = (
  deployment: Deployment,
  before: EventCause | undefined,
  causes: readonly EventCause[],
  at: string | undefined,
): EventCause | undefined => {
  const all = [...(before ? [before] : []), ...causes]
    .filter((event) => isDeploymentOf(deployment, event))
    .toSorted((a, b) => a.time.localeCompare(b.time));
  const isNear = ({ time }: EventCause) =>
    at !== undefined && Math.abs(Date.parse(time) - Date.parse(at)) <= nearMs;
  const named = all.filter(({ reach }) => reach === undefined);
  if (named.some(isNear)) return named.at(-1);
  const near = all.filter((event) => event.reach !== undefined && isNear(event)).at(-1);
  const last = named.at(-1);
  return near && (!last || near.time > last.time) ? near : last;
};

/** Whether a change tells of a deployment that a row does not know of. */
export const isDeploymentUnknownTo = (
  { deployedBy: known }: Pick<ControlRow, 'deployedBy'>,
  deployment: Deployment | undefined,
  event: EventCause,
): boolean =>
  deployment !== undefined &&
  isDeploymentOf(deployment, event) &&
  known?.id !== event.id &&
  event.time >= (known?.time ?? '');

type Named = Pick<Baseline, 'operators'> & {
  readonly remediation: Pick<Baseline['remediation'], 'deployRoles'>;
};

/**
 * Who may deploy, as the baseline names them; nobody is named where it leaves that open. Operators alone name nobody: the
 * CDK deploys by a role of its own.
 */
const deployersIn = ({ operators, remediation: { deployRoles } }: Named): readonly string[] =>
  deployRoles.length === 0 ? [] : [...deployRoles, ...operators];

/** A verdict on what somebody deployed: it passes only where the baseline names him, or names nobody. */
export const inLightOfDeployer = (
  verdict: Verdict,
  event: EventCause | undefined,
  baseline: Named,
  account: string,
): Verdict => {
  const deployers = deployersIn(baseline);
  if (!event || deployers.length === 0 || isDeployRole(event, deployers, account)) return verdict;
  if (verdict.status !== 'PASS' && verdict.status !== 'FAIL') return verdict;
  const who = nameOf(event);
  const reason = `it was deployed by ${who}, who is no deployer of the baseline`;
  const evidence = {
    path: 'deployedBy',
    actual: `${who} (${event.call}, ${event.time})`,
    expected: 'one of remediation.deployRoles, or an operator',
  };
  if (verdict.status === 'PASS') return fail(reason, [evidence]);
  return {
    ...verdict,
    reason: `${reason}; ${verdict.reason}`,
    evidence: [evidence, ...verdict.evidence],
  };
};

/** Deployments by whoever it was, of which people are to be told, since the baseline names nobody: with the controls' ids. */
export const untoldDeployments = (
  controls: Readonly<Record<string, ControlRow>>,
  baseline: Named,
): readonly (readonly [string, EventCause])[] =>
  deployersIn(baseline).length > 0
    ? []
    : Object.entries(controls).flatMap(([id, { deployedBy: event, toldDeployed }]) =>
        event && event.id !== toldDeployed ? [[id, event] as const] : [],
      );
