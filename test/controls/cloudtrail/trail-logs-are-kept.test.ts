import { trailLogsAreKept } from '../../../lib/controls/cloudtrail/trail-logs-are-kept.ts';
import { logRules } from '../../../lib/resources/cloudtrail/log-rules.ts';
import { testControl } from '../harness.ts';
import { hardened } from './trails.ts';

type Rule = NonNullable<Parameters<typeof logRules>[0]>[number];

const keeping = {
  keyPrefix: '',
  isOrganizations: false,
  isVersioned: false,
  lockedDays: 0,
  rules: logRules(undefined),
};
/** Each expires what it is about after a day, unless it says otherwise. */
const rules = (...all: readonly Partial<Rule>[]) =>
  logRules(all.map((one) => ({ Status: 'Enabled' as const, Expiration: { Days: 1 }, ...one })));
const by = (more: Partial<typeof keeping>, ...all: readonly Partial<Rule>[]) => ({
  given: { bucketLifecycle: { ...keeping, ...more, rules: rules(...all) } },
});
const of = (...all: readonly Partial<Rule>[]) => by({}, ...all);
const below = (Prefix: string) => ({ Filter: { Prefix } });
const failing = { verdict: 'FAIL', evidence: ['bucketLifecycle.rules'] } as const;
const versions = (NoncurrentDays: number, more: object = {}) => ({
  NoncurrentVersionExpiration: { NoncurrentDays, ...more },
});

testControl(trailLogsAreKept, {
  base: { trail: hardened, bucketLifecycle: keeping },
  rows: {
    'no rule': { given: {}, verdict: 'PASS' },
    'as stratus-red-team does it, after a day': {
      ...of(below('')),
      ...failing,
      reason: /the bucket logs delete logs after 1 day$/,
    },
    'a rule without a filter': { ...of({}), ...failing },
    'a rule of old, with a prefix of its own': { ...of({ Prefix: '' }), ...failing },
    // No rule deletes a version that is locked.
    'after a day, and Object Lock keeps what is put there for a month': {
      ...by({ isVersioned: true, lockedDays: 30 }, versions(1)),
      verdict: 'PASS',
    },
    'after a day, and Object Lock keeps it for two': {
      ...by({ isVersioned: true, lockedDays: 2 }, versions(0)),
      ...failing,
      reason: /after 2 days/,
    },
    'after a day, and Object Lock is on without a time': {
      ...by({ isVersioned: true }, versions(1)),
      ...failing,
    },
    'by a date, and Object Lock keeps it for a week': {
      ...by(
        { isVersioned: true, lockedDays: 7 },
        { Expiration: { Date: new Date('2026-01-01') }, ...versions(1) },
      ),
      verdict: 'PASS',
    },
    'after a month, and Object Lock keeps it for a day': {
      ...by({ isVersioned: true, lockedDays: 1 }, { Expiration: { Days: 30 }, ...versions(1) }),
      verdict: 'PASS',
    },
    'after a week, and a quarter is asked for, which Object Lock keeps': {
      ...by({ isVersioned: true, lockedDays: 90 }, { Expiration: { Days: 7 }, ...versions(1) }),
      parameters: { minimumDays: 90 },
      verdict: 'PASS',
    },
    'after six days': { ...of({ Expiration: { Days: 6 } }), ...failing },
    'after a week': { ...of({ Expiration: { Days: 7 } }), verdict: 'PASS' },
    'after a week, and a quarter is asked for': {
      ...of({ Expiration: { Days: 7 } }),
      parameters: { minimumDays: 90 },
      ...failing,
    },
    'the shortest of two': {
      ...of({ Expiration: { Days: 400 } }, { Expiration: { Days: 2 } }),
      ...failing,
      reason: /after 2 days/,
    },
    'a rule that is off': { ...of({ Status: 'Disabled' }), verdict: 'PASS' },
    'by a date, which every log has passed': {
      ...of({ Expiration: { Date: new Date('2026-01-01') } }),
      ...failing,
      reason: /by its date/,
    },
    'what was left of deleted objects': {
      ...of({ Expiration: { ExpiredObjectDeleteMarker: true } }),
      verdict: 'PASS',
    },
    'uploads that nobody ended': {
      ...of({ Expiration: undefined, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
      verdict: 'PASS',
    },
    'moved to another class': {
      ...of({ Expiration: undefined, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] }),
      verdict: 'PASS',
    },
    'objects with a tag, which logs do not have': {
      ...of({ Filter: { Tag: { Key: 'temporary', Value: 'yes' } } }),
      verdict: 'PASS',
    },
    'objects with a tag below logs': {
      ...of({ Filter: { And: { Prefix: 'AWSLogs/', Tags: [{ Key: 'a', Value: 'b' }] } } }),
      verdict: 'PASS',
    },
    'large objects': { ...of({ Filter: { ObjectSizeGreaterThan: 1000 } }), ...failing },
    'a prefix that all logs share': { ...of(below('AWSLogs/')), ...failing },
    'a part of that prefix': { ...of(below('AWS')), ...failing },
    'logs of the account': { ...of(below('AWSLogs/123456789012/')), ...failing },
    'logs of trails': { ...of(below('AWSLogs/123456789012/CloudTrail/us-east-1/')), ...failing },
    'logs and digests, by how both begin': {
      ...of(below('AWSLogs/123456789012/CloudTrail')),
      ...failing,
    },
    'digests alone': { ...of(below('AWSLogs/123456789012/CloudTrail-Digest/')), verdict: 'PASS' },
    'logs of load balancers': {
      ...of(below('AWSLogs/123456789012/elasticloadbalancing/')),
      verdict: 'PASS',
    },
    'logs of another account': { ...of(below('AWSLogs/444455556666/')), verdict: 'PASS' },
    'results of queries': { ...of(below('athena-results/')), verdict: 'PASS' },
    'a prefix of the trail': {
      ...by({ keyPrefix: 'audit' }, below('audit/')),
      ...failing,
    },
    'logs that do not stand below the prefix of the trail': {
      ...by({ keyPrefix: 'audit' }, below('AWSLogs/')),
      verdict: 'PASS',
    },
    'a trail of the organization, and logs of one member': {
      ...by({ isOrganizations: true }, below('AWSLogs/o-a1b2c3d4e5/444455556666/')),
      ...failing,
    },
    'a trail of the organization, and all that is below it': {
      ...by({ isOrganizations: true }, below('AWSLogs/o-a1b2')),
      ...failing,
    },
    'a trail of the organization, and its logs of flows': {
      ...by({ isOrganizations: true }, below('AWSLogs/o-a1b2c3d4e5/444455556666/vpcflowlogs/')),
      verdict: 'PASS',
    },
    'versions are kept, and nothing deletes them': {
      ...by({ isVersioned: true }, {}),
      verdict: 'PASS',
    },
    'versions are deleted soon after': { ...by({ isVersioned: true }, versions(1)), ...failing },
    'versions are deleted in the end': {
      ...by({ isVersioned: true }, versions(30)),
      verdict: 'PASS',
    },
    'the newest version is kept': {
      ...by({ isVersioned: true }, versions(1, { NewerNoncurrentVersions: 1 })),
      verdict: 'PASS',
    },
    'versions are deleted, of which no rule makes any': {
      ...by({ isVersioned: true }, { Expiration: undefined, ...versions(1) }),
      verdict: 'PASS',
    },
    'the bucket of another account': {
      given: { bucketLifecycle: undefined },
      verdict: 'UNKNOWN',
      reason: /held in another account/,
    },
  },
});
