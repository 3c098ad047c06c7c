import { type Deployment, fail, unknown, type Verdict } from '../../model/control.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { EventCause } from '../changes/change.ts';
import { nameOf } from '../findings/who.ts';
import { isDeployRole } from '../remediation/ownership.ts';
import type { ControlRow } from './row.ts';

/** A call that names no stack counts as one of ours if ours was deployed within this many milliseconds of it. */
const nearMs = 120_000;

const isDeploymentOf = ({ calls }: Deployment, { call, via }: EventCause): boolean =>
  via === 'cloudtrail' && call !== undefined && calls.includes(call);

/** Whether a call was made when the stack was deployed, as far as clocks tell. */
const isNear = ({ time }: EventCause, at: string): boolean =>
  Math.abs(Date.parse(time) - Date.parse(at)) <= nearMs;

/**
 * The latest deployment that is known: the last event that names our stack, or a later one that names no stack and came when
 * ours was deployed. If one of those that came then is of somebody who may not deploy, it is that one.
 */
export const deployedBy = (
  deployment: Deployment,
  before: EventCause | undefined,
  causes: readonly EventCause[],
  at: string | undefined,
  isDeployer: IsDeployer,
): EventCause | undefined => {
  const all = [...(before ? [before] : []), ...causes]
    .filter((event) => isDeploymentOf(deployment, event))
    .toSorted((a, b) => a.time.localeCompare(b.time));
  const near = all.filter((event) => at !== undefined && isNear(event, at));
  const last = all.filter(({ reach }) => reach === undefined).at(-1);
  const foreign = near.filter(
    (event) =>
      event.reach !== undefined &&
      event.time >= (last?.time ?? '') &&
      isDeployer?.(event) === false,
  );
  if (foreign.length > 0) return foreign.at(-1);
  if (near.some(({ reach }) => reach === undefined)) return last;
  const nameless = near.at(-1);
  return nameless && (!last || nameless.time > last.time) ? nameless : last;
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

type Named = Pick<Baseline, 'operators' | 'operatorScopes'> & {
  readonly remediation: Pick<Baseline['remediation'], 'deployRoles'>;
};

/**
 * Who may deploy, as the baseline names them; nobody is named where it leaves that open. Operators alone name nobody: the
 * CDK deploys by a role of its own. Whoever deploys changes all: an operator for some accounts or asks does not.
 */
const deployersIn = ({
  operators,
  operatorScopes = {},
  remediation: { deployRoles },
}: Named): readonly string[] =>
  deployRoles.length === 0
    ? []
    : [...deployRoles, ...operators.filter((one) => !Object.hasOwn(operatorScopes, one))];

/** Tells who may deploy; undefined where the baseline names nobody. */
export type IsDeployer = ((event: EventCause) => boolean) | undefined;

export const deployersOf = (baseline: Named, account: string): IsDeployer => {
  const deployers = deployersIn(baseline);
  return deployers.length === 0 ? undefined : (event) => isDeployRole(event, deployers, account);
};

/** CloudTrail tells of a call after some minutes. */
const toldWithinMs = 15 * 60_000;

/** Why a deployment counts as made by nobody who may deploy; `undefined` where somebody who may made it. */
const faultOf = (event: EventCause, at: string | undefined, isDeployer: boolean) => {
  const expected = 'one of remediation.deployRoles, or an operator for everything';
  const path = 'deployedBy';
  if (!isDeployer) {
    const who = nameOf(event);
    const may = event.reach === undefined ? 'was' : 'may have been';
    const actual = `${who} (${event.call}, ${event.time})`;
    return {
      reason: `it ${may} deployed by ${who}, who is no deployer of the baseline`,
      evidence: { path, actual, expected },
    };
  }
  if (at === undefined || at < event.time || isNear(event, at)) return undefined;
  const actual = `nobody known: the last known call is of ${event.time}`;
  return {
    reason: `it was deployed at ${at}, and no call that did it is known`,
    evidence: { path, actual, expected },
  };
};

/**
 * A verdict on what somebody deployed: it passes only if the baseline names that person, or nobody at all.
 * @param event the last deployment that is known, none before the first that Plumbline heard of
 * @param at when the stack was last deployed, as CloudFormation tells
 */
export const inLightOfDeployer = (
  verdict: Verdict,
  event: EventCause | undefined,
  at: string | undefined,
  isDeployer: IsDeployer,
  now: Date,
): Verdict => {
  if (!event || !isDeployer) return verdict;
  if (verdict.status !== 'PASS' && verdict.status !== 'FAIL') return verdict;
  const fault = faultOf(event, at, isDeployer(event));
  if (!fault) return verdict;
  const isEarly = at !== undefined && now.getTime() < Date.parse(at) + toldWithinMs;
  if (isEarly && isDeployer(event))
    return verdict.status === 'FAIL' ? verdict : unknown(`${fault.reason} yet`);
  const { reason, evidence } = fault;
  if (verdict.status === 'PASS') return fail(reason, [evidence]);
  return {
    ...verdict,
    reason: `${reason}; ${verdict.reason}`,
    evidence: [evidence, ...verdict.evidence],
  };
};

/** Deployments that people still have to be told of, since the baseline does not say who may deploy; each with the id of its control. */
export const untoldDeployments = (
  controls: Readonly<Record<string, ControlRow>>,
  baseline: Named,
): readonly (readonly [string, EventCause])[] =>
  deployersIn(baseline).length > 0
    ? []
    : Object.entries(controls).flatMap(([id, { deployedBy: event, toldDeployed }]) =>
        event && event.id !== toldDeployed ? [[id, event] as const] : [],
      );
