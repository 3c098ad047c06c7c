import type { Snapshot } from '../../../lib/model/control.ts';
import type { cloudWatchRegion } from '../../../lib/resources/account/cloudwatch-region.ts';
import { main, ofOrganization } from '../cloudtrail/trails.ts';
import type { Table } from '../harness.ts';

type TrailAlarms = Snapshot<typeof cloudWatchRegion, 'trailAlarms'>['trailAlarms'];
type Trail = TrailAlarms[number];

const { homeRegion: _, hasGlobalEvents: __, ...recording } = main;
const group = { region: 'us-east-1', account: '123456789012', name: 'trail' };
const topic = { arn: 'arn:aws:sns:us-east-1:123456789012:security', subscriptions: 1 };
const alarm = { name: 'alarm', isOn: true, topics: [topic] };
const filterOf = (pattern: string) => ({ name: 'filter', pattern, alarms: [alarm] });

/** The table of every control of the chain: from a pattern that matches all it asks for, and one that does not. */
export const chainTable = ({
  matches,
  misses,
  isOnKeys = false,
}: Readonly<Record<'matches' | 'misses', string>> & {
  /** It tells of calls of KMS, which a trail may leave out. */
  readonly isOnKeys?: boolean;
}): Table<Snapshot<typeof cloudWatchRegion, 'trailAlarms'>, Record<never, never>> => {
  const trail: Trail = { ...recording, group, filters: [filterOf(matches)] };
  const given = (more: Partial<Trail>) => ({ trailAlarms: [{ ...trail, ...more }] });
  const withAlarm = (more: Partial<typeof alarm>) =>
    given({ filters: [{ ...filterOf(matches), alarms: [{ ...alarm, ...more }] }] });
  const none: Trail[] = [];
  return {
    rows: {
      'somebody is told': { given: given({}), verdict: 'PASS' },
      'by the same pattern with other blanks': {
        given: given({ filters: [filterOf(matches.replaceAll('$.', '  $.'))] }),
        verdict: 'PASS',
      },
      'by the second of two filters': {
        given: given({ filters: [filterOf(misses), filterOf(matches)] }),
        verdict: 'PASS',
      },
      'the pattern leaves something out': {
        given: given({ filters: [filterOf(misses)] }),
        verdict: 'FAIL',
        reason: /nobody is told/,
      },
      'the pattern cannot be made out': {
        given: given({ filters: [filterOf(matches.slice(1))] }),
        verdict: 'FAIL',
      },
      'no filter': { given: given({ filters: [] }), verdict: 'FAIL' },
      'no alarm': {
        given: given({ filters: [{ ...filterOf(matches), alarms: [] }] }),
        verdict: 'FAIL',
      },
      'the actions of the alarm are off': { given: withAlarm({ isOn: false }), verdict: 'FAIL' },
      'the alarm tells no topic': { given: withAlarm({ topics: [] }), verdict: 'FAIL' },
      'nobody has subscribed': {
        given: withAlarm({ topics: [{ ...topic, subscriptions: 0 }] }),
        verdict: 'FAIL',
      },
      'the topic is another account’s': {
        given: given({
          filters: [
            {
              ...filterOf(matches),
              alarms: [{ ...alarm, topics: [{ ...topic, subscriptions: undefined }] }],
            },
          ],
        }),
        verdict: 'UNKNOWN',
      },
      'no trail': { given: { trailAlarms: none }, verdict: 'FAIL', evidence: ['trailAlarms'] },
      'a trail without a log group': {
        given: given({ group: undefined, filters: undefined }),
        verdict: 'FAIL',
        evidence: ['trailAlarms'],
      },
      'the trail is stopped': { given: given({ isLogging: false }), verdict: 'FAIL' },
      'the trail leaves out KMS': {
        given: given({
          selectors: {
            basic: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }],
            advanced: [],
          },
        }),
        verdict: isOnKeys ? 'FAIL' : 'PASS',
      },
      'the trail leaves out KMS by an advanced selector': {
        given: given({
          selectors: {
            basic: [],
            advanced: [
              {
                FieldSelectors: [
                  { Field: 'eventCategory', Equals: ['Management'] },
                  { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
                ],
              },
            ],
          },
        }),
        verdict: isOnKeys ? 'FAIL' : 'PASS',
      },
      'the trail leaves out the RDS Data API': {
        given: given({
          selectors: {
            basic: [{ ExcludeManagementEventSources: ['rdsdata.amazonaws.com'] }],
            advanced: [],
          },
        }),
        verdict: 'PASS',
      },
      'the trail leaves out reads': {
        given: given({ selectors: { basic: [{ ReadWriteType: 'WriteOnly' }], advanced: [] } }),
        verdict: 'FAIL',
        evidence: ['trailAlarms'],
      },
      'the log group is in another region, which is watched': {
        given: given({ group: { ...group, region: 'eu-west-1' }, filters: undefined }),
        regions: ['us-east-1', 'eu-west-1'],
        verdict: 'NOT_APPLICABLE',
        reason: /evaluated in eu-west-1/,
      },
      'the log group is in another region, which is not watched': {
        given: given({ group: { ...group, region: 'eu-west-1' }, filters: undefined }),
        regions: ['us-east-1'],
        verdict: 'UNKNOWN',
        reason: /is in eu-west-1, which is not known to be watched/,
      },
      'the log group is in another region, and which are watched is not known': {
        given: given({ group: { ...group, region: 'eu-west-1' }, filters: undefined }),
        verdict: 'UNKNOWN',
        reason: /eu-west-1/,
      },
      'no trail, and another region says so': {
        given: { trailAlarms: none },
        regions: ['eu-west-1', 'us-west-2'],
        verdict: 'NOT_APPLICABLE',
        reason: /said in eu-west-1/,
      },
      'the organization’s trail logs to its own account': {
        given: {
          trailAlarms: [
            {
              ...recording,
              arn: ofOrganization.arn,
              group: { ...group, account: '444455556666' },
              filters: undefined,
            },
          ],
        },
        verdict: 'UNKNOWN',
        reason: /held in account 444455556666/,
      },
      'the organization’s trail, which a member cannot look into': {
        given: {
          trailAlarms: [
            {
              ...{ arn: ofOrganization.arn, isMultiRegion: true, isLogging: undefined },
              ...{ selectors: undefined, group: undefined, filters: undefined },
            },
          ],
        },
        verdict: 'UNKNOWN',
        reason: /held in account 444455556666/,
      },
    },
  };
};
