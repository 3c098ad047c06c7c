import { readFileSync } from 'node:fs';
import { allControls, controlsOf } from '../lib/controls/index.ts';
import { evaluate } from '../lib/engine/evaluation/evaluate.ts';

/** What goes wrong where several accounts and regions are governed, and the tests that hold what is wanted then. */
const failureModes: Readonly<Record<string, readonly (readonly [file: string, title: string])[]>> =
  {
    'a new account joins': [
      [
        'engine/baseline/organization',
        'has a new account swept a quarter of an hour after it was listed, once',
      ],
    ],
    'an account is closed or suspended': [
      ['engine/baseline/organization', 'notes since when an account is suspended'],
      ['controls/plumbline/member-accounts-can-be-entered', 'the account is closed'],
      ['controls/plumbline/member-accounts-can-be-entered', 'it was suspended'],
    ],
    'an account leaves the organization': [
      ['engine/baseline/organization', 'keeps an account that left for 90 days'],
      ['controls/plumbline/member-accounts-can-be-entered', 'it has left the organization'],
    ],
    'a role is deleted, or trusts somebody else': [
      [
        'pipeline/evaluate/other-accounts',
        'keeps what is known of it, is tried no more, and is looked at once',
      ],
      ['controls/plumbline/member-accounts-can-be-entered', 'the account lets nobody in'],
      ['aws/entry', 'is asked for ever more seldom, and as before once it lets in'],
    ],
    'a policy of the organization denies one read': [
      ['engine/evaluation/denied', 'is counted by action and policy'],
      [
        'pipeline/evaluate/other-regions',
        'is not meant where one service answers: what is refused is unknown, and fails to be listed',
      ],
    ],
    'a policy of the organization denies a region': [
      [
        'pipeline/sweep/places',
        'is asked by three services a day, listed no more, and at once when it answers again',
      ],
      [
        'controls/plumbline/governed-regions-can-be-read',
        'every read is refused in a region that is in use',
      ],
    ],
    'a region is not enabled': [
      ['pipeline/evaluate/other-regions', 'is meant where the account has not enabled it: %s'],
    ],
    'a region is enabled later': [
      [
        'pipeline/sweep/places',
        'is asked by three services a day, listed no more, and at once when it answers again',
      ],
      [
        'cli/doctor/doctor-organization',
        'it is deaf since a StackSet deployed nothing there, as in a region that it enabled later',
      ],
    ],
    'a rule or a queue of dead letters is deleted': [
      ['controls/plumbline/ears-hear-their-region', 'a rule was deleted'],
      ['controls/plumbline/ears-hear-their-region', 'the queue of what is not brought was deleted'],
      [
        'controls/plumbline/member-accounts-are-heard',
        'the queue of what is not brought was deleted',
      ],
      [
        'controls/plumbline/member-accounts-are-heard',
        'every pattern is brought to the bus of the hub, by the role of the account',
      ],
      ['pipeline/sweep/places', 'is listed each day where %s says that not all is heard'],
    ],
    'one account is throttled': [
      [
        'pipeline/evaluate/other-regions',
        'comes again for the region alone whose Security Hub is throttled',
      ],
      [
        'pipeline/evaluate/other-regions',
        'of one region is listed there, and its failure is that of no other',
      ],
    ],
    'one account changes a lot': [
      [
        'pipeline/evaluate/fair-share',
        'waits at most twice as long beside a storm of 20,000 changes in another',
      ],
    ],
    'an event comes twice, or late, or by two hubs': [
      ['pipeline/evaluate/other-regions', 'that comes twice, or late, changes nothing more'],
    ],
    'the hub was away, and what was kept comes later': [
      ['engine/changes/redriven', 'at once for the first time, said by whoever said it'],
      [
        'aws/dead-letters.local',
        'are sent where they came from, three times at most, and stay then',
      ],
      ['pipeline/sweep/sweep', 'of everything begins with the first tick, and again a day later'],
      [
        'local/accounts',
        'is found by the next sweep where the hub heard nothing, and nobody is named for it',
      ],
      ['infrastructure/ears', 'keep for two weeks what the hub could not take for a day'],
    ],
    'a StackSet fails in one account': [
      [
        'infrastructure/organization',
        'are deployed by the service, roles first, so that one account stops no other',
      ],
      ['cli/doctor/doctor-organization', 'a StackSet failed there'],
      [
        'cli/uninstall/uninstall-members',
        'for an organization with what a StackSet could not remove',
      ],
    ],
    'StackSets never deploy to the management account': [
      [
        'cli/doctor/doctor-organization',
        'well while a StackSet is at work, and where somebody deployed it by hand',
      ],
    ],
    'a call is denied, throttled, or answered with an empty page while a facet is read': [
      ['resources/failing-calls', 'what is read with faults tells %s'],
      // Of each of its facets whoever reads AWS holds the same, by `seesEveryFacet`.
      ...(
        [
          ...['account/detection-regions', 'account/organization', 'backup/backup-vault'],
          ...['cloudtrail/trail', 'codebuild/codebuild-project', 'cognito/workgroups-and-pools'],
          ...['eks/eks-cluster', 'eventbridge/event-bus', 'glue/data-catalog'],
          ...['kinesis/kinesis-stream', 'lambda/lambda-function', 'rds/db-cluster'],
          ...['rds/db-snapshots', 'route53/hosted-zone', 's3/s3-access-point', 's3/s3-bucket'],
          's3/multi-region-access-point',
        ] as const
      ).map((file) => [`resources/${file}`, 'seesEveryFacet('] as const),
    ],
    'an account was never looked at': [
      ['cli/doctor/doctor-accounts', 'is no all-clear where nobody has looked'],
      ['cli/doctor/doctor-organization', 'nobody has looked at it'],
    ],
  };

test.each(Object.entries(failureModes))(
  '%s: there are tests of what is wanted then',
  (_, tests) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, title] of tests)
      expect(readFileSync(`test/${file}.test.ts`, 'utf8')).toContain(title);
  },
);

const controls = await allControls();
const context = {
  ref: { account: '123456789012', region: 'us-east-1', id: 'a' },
  parameters: {},
  at: new Date('2026-12-01T00:00:00Z'),
};
const verdictOn = (control: (typeof controls)[number], readings: Parameters<typeof evaluate>[1]) =>
  evaluate(control, readings, context);

/** What is read before whatever is refused has no say: a control is not asked then. */
test.each(controls.map((control) => [control.id, control] as const))(
  '%s has no verdict where one of its facets is denied',
  (_, control) => {
    const readable = Object.fromEntries(control.needs.map((name) => [name, { value: {} }]));
    for (const name of control.needs) {
      const denied = { ...readable, [name]: { denied: 'not authorized to perform: a:Read' } };
      expect(verdictOn(control, denied).status).toBe('UNKNOWN');
      expect(verdictOn(control, { ...denied, other: { notOffered: 'x' } }).status).toBe('UNKNOWN');
    }
  },
);

/** What holds where AWS says that something is not set: the facets that can be absent, of the newest types and controls. */
const absent: Readonly<
  Record<string, readonly (readonly [control: string, given: object, status: string])[]>
> = {
  'AWS::Backup::BackupVault': [['PL.POLICY.1', { policy: undefined }, 'PASS']],
  'AWS::CodeBuild::Project': [['PL.CODEBUILD.2', { webhook: undefined }, 'NOT_APPLICABLE']],
  'AWS::Cognito::IdentityPool': [
    [
      'PL.COGNITO.1',
      { pool: { admitsGuests: true }, guestRole: undefined, signedInRole: undefined },
      'PASS',
    ],
    ['PL.COGNITO.1', { pool: {}, guestRole: undefined, signedInRole: undefined }, 'UNKNOWN'],
  ],
  'AWS::Events::EventBus': [['PL.POLICY.1', { policy: undefined }, 'PASS']],
  'AWS::Route53::HostedZone': [
    ['Route53.2', { zone: { isPrivate: false }, queryLogging: undefined }, 'FAIL'],
    ['Route53.2', { zone: { isPrivate: true }, queryLogging: undefined }, 'NOT_APPLICABLE'],
  ],
  'AWS::S3::AccessPoint': [
    ['PL.POLICY.1', { policy: undefined }, 'PASS'],
    ['S3.19', { publicAccessBlock: undefined }, 'FAIL'],
  ],
  'AWS::S3::Bucket': [['PL.S3.2', { encryption: undefined, policy: undefined }, 'FAIL']],
  'AWS::S3::MultiRegionAccessPoint': [['S3.24', { publicAccessBlock: undefined }, 'FAIL']],
  'Plumbline::Glue::DataCatalog': [['PL.POLICY.1', { policy: undefined }, 'PASS']],
  'Plumbline::Organization::Account': [
    ['PL.ORG.1', { organization: undefined, rootAccess: undefined }, 'NOT_APPLICABLE'],
    ['PL.ORG.1', { organization: { isManager: true }, rootAccess: undefined }, 'FAIL'],
    ['PL.ORG.2', { organization: undefined, controlPolicies: undefined }, 'NOT_APPLICABLE'],
  ],
};

test.each(
  Object.entries(absent).flatMap(([type, rows]) =>
    rows.map(([id, given, status]) => [type, id, given, status] as const),
  ),
)('what is not set of %s, for %s: %j is %s', async (type, id, given, status) => {
  const control = ((await controlsOf[type]?.()) ?? []).find((one) => one.id === id);
  if (!control) throw new Error(`${type} has no ${id}`);
  const readings = Object.entries(given).map(([name, value]) => [name, { value }] as const);
  expect(readings.map(([name]) => name).toSorted()).toEqual([...control.needs].toSorted());
  expect(verdictOn(control, Object.fromEntries(readings)).status).toBe(status);
});
