import type { DetectorFeature } from '@aws-sdk/client-guardduty';
import {
  call,
  defineControl,
  fail,
  type Grant,
  notApplicable,
  type Plan,
  pass,
  propose,
  type Snapshot,
  unknown,
  type Verdict,
} from '../../../model/control.ts';
import type { Standards } from '../../../model/standards.ts';
import { guardDutyRegion } from '../../../resources/account/guardduty-region.ts';
import { guardduty } from '../../../services/guardduty.ts';

type State = Snapshot<typeof guardDutyRegion, 'detector'>;
type Detector = NonNullable<State['detector']>;
type Feature = NonNullable<Detector['features']>[string];

/** Who administers GuardDuty for other accounts changes it there: a member cannot. */
export const decidedElsewhere = ({ administrator }: Detector): Plan | undefined =>
  administrator === undefined
    ? undefined
    : propose(`account ${administrator} administers GuardDuty here, and it alone can change it`);

/** What changing the detector takes. */
export const updatesDetector: readonly Grant<State>[] = [
  {
    actions: ['guardduty:UpdateDetector'],
    on: ({ ref }, { detector }) => (detector ? [guardduty.arn('detector', ref, detector.id)] : []),
  },
];

/** A feature by any of its names; those of a detector that is off do nothing. */
export const evaluateFeature = (
  { detector }: State,
  names: readonly DetectorFeature[],
  verdictOf: (feature: Feature, name: string) => Verdict,
): Verdict => {
  if (!detector?.isOn) return notApplicable('GuardDuty is off here, which GuardDuty.1 evaluates');
  const { features } = detector;
  if (!features || Object.keys(features).length === 0)
    return unknown('Features are not in the answer of GuardDuty');
  const verdicts = names.flatMap((name) => {
    const feature = features[name];
    return feature ? [verdictOf(feature, name)] : [];
  });
  const [first] = verdicts;
  if (!first) return notApplicable('GuardDuty does not offer it in the region');
  return verdicts.find(({ status }) => status === 'PASS') ?? first;
};

interface Told {
  readonly id: `GuardDuty.${number}`;
  readonly title: string;
  readonly rationale: string;
  readonly advice: string;
  readonly standards?: Standards;
}

/** That GuardDuty does something beside its foundation. */
export const featureIsOn = (name: DetectorFeature, told: Told) =>
  defineControl(guardDutyRegion, {
    id: told.id,
    title: told.title,
    severity: 'HIGH',
    rationale: told.rationale,
    standards: { 'fsbp-1.0.0': [told.id], ...told.standards },
    needs: ['detector'],
    evaluate: (state) =>
      evaluateFeature(state, [name], ({ isOn }) =>
        isOn
          ? pass
          : fail(`${name} of GuardDuty is off`, [
              { path: `detector.features.${name}.isOn`, actual: false, expected: true },
            ]),
      ),
    remediation: {
      advice: told.advice,
      grants: updatesDetector,
      plan({ detector }) {
        if (!detector) return propose('there is no detector');
        const set = (Status: 'ENABLED' | 'DISABLED') =>
          call('guardduty', 'updateDetector', {
            DetectorId: detector.id,
            Features: [{ Name: name, Status }],
          });
        return (
          decidedElsewhere(detector) ?? {
            kind: 'calls',
            // AWS charges it by what it looks at.
            risk: 'disruptive',
            summary: `turns on ${name} of GuardDuty in the region`,
            calls: [set('ENABLED')],
            undo: { calls: [set('DISABLED')], widensAccess: false },
          }
        );
      },
    },
  });

/** That GuardDuty sets its agents up by itself on one kind of what it watches at run time. */
export const agentsAreManaged = (
  agent: string,
  {
    severity,
    names = ['RUNTIME_MONITORING'],
    ...told
  }: Told & {
    readonly severity: 'MEDIUM' | 'HIGH';
    /** The features that can have these agents. */
    readonly names?: readonly DetectorFeature[];
  },
) =>
  defineControl(guardDutyRegion, {
    id: told.id,
    title: told.title,
    severity,
    rationale: told.rationale,
    standards: { 'fsbp-1.0.0': [told.id], ...told.standards },
    needs: ['detector'],
    evaluate: (state) =>
      evaluateFeature(state, names, ({ isOn, agents }, name) => {
        if (isOn && agents.includes(agent)) return pass;
        return fail(
          isOn ? `${name} of GuardDuty is on without ${agent}` : `${name} of GuardDuty is off`,
          [
            { path: `detector.features.${name}.isOn`, actual: isOn, expected: true },
            { path: `detector.features.${name}.agents`, actual: agents, expected: agent },
          ],
        );
      }),
    // Agents come onto machines by it: no call of ours does that.
    remediation: { advice: told.advice },
  });
