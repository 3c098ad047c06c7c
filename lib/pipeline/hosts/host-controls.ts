import {
  type Control,
  fail,
  notApplicable,
  pass,
  type Severity,
  unknown,
  type Verdict,
} from '../../model/control.ts';
import { type Adjustable, type Fix, hardenGrants, hardenPlan } from './harden/harden-plan.ts';
import { hostInstance } from './host-instance.ts';
import type { Audit, Result } from './results/audit-output.ts';

/** A host control as the handlers know it. */
export interface OnHost extends Adjustable {
  readonly area: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly requirements: readonly string[];
  readonly advice: string;
  /** @default - it is only reported */
  readonly fix?: Fix;
}

const url = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html';

const verdictOf = (title: string, result: Result | undefined): Verdict => {
  const { s, e = '', p, why = '' } = result ?? {};
  if (s === 'PASS') return pass;
  if (s === 'NA') return notApplicable(why);
  if (s !== 'FAIL') return unknown(s === undefined ? 'the host did not say' : why);
  return fail(why === '' ? 'not as it must be' : why, [
    { path: 'the value in effect', actual: e, expected: title },
    ...(p ? [] : [{ path: 'persisted', actual: false, expected: true }]),
  ]);
};

const remediationOf = ({ advice, fix, ...row }: OnHost): Control['remediation'] =>
  fix
    ? {
        advice,
        url,
        needs: ['system'],
        grants: hardenGrants(fix),
        plan: ({ system }, context) => hardenPlan({ ...row, fix }, system, context),
      }
    : { advice, url };

/** A row of the catalogue of host controls, evaluated by what the host printed of it. */
export const controlOn = (row: OnHost): Control => {
  const { id, title, severity, rationale, requirements } = row;
  return {
    id,
    title,
    severity,
    rationale,
    requirements,
    standards: {},
    resources: [hostInstance],
    needs: ['audit'],
    evaluate: ({ audit }) =>
      audit instanceof Map ? verdictOf(title, audit.get(id)) : unknown('there is no audit'),
    remediation: remediationOf(row),
  };
};

/** What an audit is to the evaluation: results, or why there are none. */
export const readingOf = (audit: Audit) =>
  'fault' in audit ? { denied: audit.fault, byItself: true as const } : { value: audit.results };

/** Hosts that no longer say anything would else stay as they were last seen. */
export const hostAnswers: Control = {
  id: 'PL.HOST.1',
  title: 'Hosts should answer their audits',
  severity: 'MEDIUM',
  rationale: 'What a host was when it was last heard of says nothing of what it is.',
  standards: {},
  resources: [hostInstance],
  needs: ['answered'],
  evaluate: ({ answered }) =>
    typeof answered === 'string'
      ? fail(`the host runs and has answered no audit since ${answered}`, [
          { path: 'last answer', actual: answered, expected: 'within two schedules' },
        ])
      : pass,
  remediation: {
    advice:
      'See in Systems Manager (Fleet Manager) whether the agent is online and at least version 3.3.2746.0, and why the last Plumbline-AuditHost command did not succeed.',
    url,
  },
};
