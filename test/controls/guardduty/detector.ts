import type { Value } from '../../../lib/model/resource-type.ts';
import type { guardDutyRegion } from '../../../lib/resources/account/guardduty-region.ts';

type Detector = NonNullable<Value<(typeof guardDutyRegion)['facets']['detector']>>;

const every = [
  ...['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS'],
  'LAMBDA_NETWORK_LOGS',
];
const agents = ['EC2_AGENT_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EKS_ADDON_MANAGEMENT'];
export const id = '12abc34d567e8fa901bc2d34e56789f0';

/** A detector with all of its features on; `features` are those that differ, `undefined` where one is not offered. */
export const detector = (
  features: Readonly<Record<string, { isOn: boolean; agents: readonly string[] } | undefined>> = {},
  more: Partial<Detector> = {},
): { detector: Detector } => {
  const all = {
    ...Object.fromEntries(every.map((name) => [name, { isOn: true, agents: [] }])),
    EKS_RUNTIME_MONITORING: { isOn: false, agents: [] },
    RUNTIME_MONITORING: { isOn: true, agents },
    ...features,
  };
  const known = Object.entries(all).flatMap(([name, feature]) =>
    feature ? [[name, feature] as const] : [],
  );
  return {
    detector: {
      id,
      administrator: undefined,
      isOn: true,
      features: Object.fromEntries(known),
      ...more,
    },
  };
};

/** The rows that each feature has. */
export const rowsOf = (name: string) => {
  const off = detector({ [name]: { isOn: false, agents: [] } });
  const plan = {
    risk: 'disruptive',
    calls: ['guardduty.updateDetector'],
    input: { DetectorId: id, Features: [{ Name: name, Status: 'ENABLED' }] },
  } as const;
  return {
    'it is on': { given: {}, verdict: 'PASS' },
    'it is off': {
      given: off,
      verdict: 'FAIL',
      evidence: [`detector.features.${name}.isOn`],
      plan,
    },
    'it is off, and another account decides': {
      given: { detector: { ...off.detector, administrator: '111122223333' } },
      verdict: 'FAIL',
      plan: { proposal: /111122223333 administers/ },
    },
    'the region does not have it': {
      given: detector({ [name]: undefined }),
      verdict: 'NOT_APPLICABLE',
      reason: /does not offer/,
    },
    'GuardDuty is suspended': {
      given: { detector: { ...off.detector, isOn: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /GuardDuty\.1/,
    },
    'there is no GuardDuty': { given: { detector: undefined }, verdict: 'NOT_APPLICABLE' },
    'GuardDuty tells no features': {
      given: { detector: { ...off.detector, features: undefined } },
      verdict: 'UNKNOWN',
      reason: /Features/,
    },
    'GuardDuty names none of its features': {
      given: { detector: { ...off.detector, features: {} } },
      verdict: 'UNKNOWN',
      reason: /Features/,
    },
  } as const;
};

/** The rows of what has agents. */
export const agentRowsOf = (agent: string) => {
  const without = agents.filter((one) => one !== agent);
  const off = detector({ RUNTIME_MONITORING: { isOn: false, agents } });
  const path = 'detector.features.RUNTIME_MONITORING';
  return {
    'its agents are managed': { given: {}, verdict: 'PASS' },
    'its agents are not': {
      given: detector({ RUNTIME_MONITORING: { isOn: true, agents: without } }),
      verdict: 'FAIL',
      reason: new RegExp(`without ${agent}`),
    },
    'runtimes are not watched': { given: off, verdict: 'FAIL', reason: /is off/ },
    'the region does not have it': {
      given: detector({ RUNTIME_MONITORING: undefined, EKS_RUNTIME_MONITORING: undefined }),
      verdict: 'NOT_APPLICABLE',
    },
    'there is no GuardDuty': { given: { detector: undefined }, verdict: 'NOT_APPLICABLE' },
    'the older feature is not there': {
      given: detector({
        RUNTIME_MONITORING: { isOn: false, agents: [] },
        EKS_RUNTIME_MONITORING: undefined,
      }),
      verdict: 'FAIL',
      evidence: [`${path}.isOn`, `${path}.agents`],
    },
  } as const;
};
