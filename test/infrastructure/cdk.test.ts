import { Template } from 'aws-cdk-lib/assertions';
import { everyControl } from '../../lib/controls/every.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import type {
  PlumblineAccount,
  PlumblineBaseline,
  PlumblineExemption,
  PlumblineHosts,
  PlumblineOperator,
  PlumblineOrganization,
  PlumblineOverride,
  PlumblineRemediation,
  PlumblineWindow,
} from '../../lib/infrastructure/cdk.ts';
import { PlumblineMembersStack } from '../../lib/infrastructure/cdk.ts';
import { quietApp } from './quiet-app.ts';

type Whole<T> = { readonly [Key in keyof T]-?: T[Key] };
const window: Whole<PlumblineWindow> = {
  days: ['mon'],
  from: '22:00',
  to: '23:00',
  timeZone: 'Europe/Zurich',
};
const remediation: Whole<PlumblineRemediation> = {
  risk: 'disruptive',
  holdHours: 1,
  suppressionDays: 14,
  flapping: { drifts: 3, hours: 24 },
  breaker: { perHour: 1, share: 0.5, atLeast: 1, reserve: 2, closesAfterMinutes: 60 },
  windows: [window],
  deployRoles: ['arn:aws:iam::123456789012:role/deploy'],
  protectedRoles: ['arn:aws:iam::123456789012:role/break-glass'],
};
const hosts: Whole<PlumblineHosts> = {
  areas: ['ssh'],
  schedule: 'rate(24 hours)',
  maxConcurrency: '10%',
  maxErrors: '10%',
  canary: '1',
  canaryMinutes: 0,
};
const unit = 'ou-ab12-11111111';
/** Of a unit, of which all but an account can be said. */
const override: Whole<Omit<PlumblineOverride, 'account' | 'region'>> = {
  organizationalUnit: unit,
  remediate: true,
  stopped: true,
  presets: ['own'],
  controls: { 'IAM.3': { enabled: true, parameters: { maxAgeDays: 30 } } },
  remediation: { holdHours: 48, perHour: 5, windows: [window] },
};
const organization: Whole<PlumblineOrganization> = {
  id: 'o-abcdef1234',
  organizationalUnits: [unit],
  accounts: ['777788889999'],
  exclude: ['111122223333'],
  overrides: [
    override,
    { account: '777788889999', stopped: true },
    { region: 'eu-west-1', presets: ['own'] },
  ],
};
const lone: Whole<PlumblineAccount> = {
  id: '444455556666',
  remediate: true,
  controls: { 'IAM.3': { mode: 'observe' } },
};
const operator: Whole<PlumblineOperator> = {
  arn: 'arn:aws:iam::123456789012:role/web',
  accounts: ['444455556666'],
  organizationalUnits: [unit],
  may: ['fix', 'undo', 'exempt', 'audit'],
};
const exemption: Whole<Omit<PlumblineExemption, 'organizationalUnit'>> = {
  control: 'S3.8',
  resource: '*',
  owner: 'web',
  reason: 'site',
  expires: '2027-01-31',
  account: 'all',
};
const { account: _, ...ofNoAccount } = exemption;
const exemptionOfUnit: PlumblineExemption = { ...ofNoAccount, organizationalUnit: unit };
/** All that the types of the construct let an app say. */
const whole: Whole<PlumblineBaseline> = {
  homeRegion: 'us-east-1',
  regions: ['eu-west-1'],
  accounts: [lone, '222233334444'],
  organization,
  publish: 'failures',
  presets: ['own'],
  sensitivityTag: { key: 'data', values: ['secret'] },
  reportTags: ['team', 'env'],
  mode: 'plan',
  operators: ['arn:aws:iam::123456789012:role/operator', operator],
  remediation,
  securityHub: { actions: true },
  hosts,
  controls: {
    'IAM.3': {
      enabled: true,
      mode: 'observe',
      backlog: true,
      risk: 'safe',
      parameters: { maxAgeDays: 60 },
    },
  },
  exemptions: [exemption, exemptionOfUnit],
  configRules: true,
  dashboard: true,
  history: { days: 400, peopleDays: 90, lock: true },
  reports: [{ standard: 'fsbp-1.0.0', every: 'week', to: 'bucket' }],
};
const parsed = (value: unknown) => baselineFrom(JSON.stringify(value), 'given', everyControl);
/** The keys that a mistake is told to be allowed. */
const keysAllowed = (value: unknown): readonly string[] => {
  try {
    parsed(value);
  } catch (error) {
    const [, keys = ''] = /allowed: ([\w, ]+)/.exec(String(error)) ?? [];
    return keys
      .split(', ')
      .filter((key) => /^[a-zA-Z]+$/.test(key))
      .toSorted();
  }
  throw new Error('it was taken');
};

describe('the types of a baseline that a CDK app gives', () => {
  it('say what a baseline takes', () => {
    expect(parsed(whole).controls['IAM.3']?.parameters).toMatchObject({ maxAgeDays: 60 });
  });

  it.each<[string, object, unknown]>([
    ['a baseline', whole, { nope: 1 }],
    ['remediation', remediation, { remediation: { nope: 1 } }],
    ['an organization', organization, { organization: { id: organization.id, nope: 1 } }],
    [
      'an override',
      { ...override, account: '', region: '' },
      { organization: { id: organization.id, overrides: [{ region: 'eu-west-1', nope: 1 }] } },
    ],
    [
      'exemptions',
      { ...exemption, organizationalUnit: unit },
      { exemptions: [{ ...exemption, nope: 1 }] },
    ],
    ['windows', window, { remediation: { windows: [{ nope: 1, from: '22:00', to: '23:00' }] } }],
  ])('have every key of %s', (_, typed, mistaken) => {
    expect(Object.keys(typed).toSorted()).toEqual(keysAllowed(mistaken));
  });
});

describe('the StackSets as a construct', () => {
  const app = quietApp;

  it('are those of the baseline, for the stack that is named', () => {
    const stack = new PlumblineMembersStack(app(), 'Members', {
      baseline: { organization: { id: organization.id, organizationalUnits: [unit] } },
      hubStack: 'Watch',
    });
    const sets = Object.values(
      Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet'),
    );
    expect(sets.map(({ Properties }) => Properties.StackSetName).sort()).toEqual([
      'WatchMember',
      'WatchMemberRoles',
    ]);
  });

  it('are refused where the baseline names no organization', () => {
    expect(() => new PlumblineMembersStack(app(), 'Members', { baseline: {} })).toThrow(
      'the baseline names no organization, so that there are no StackSets',
    );
  });
});
