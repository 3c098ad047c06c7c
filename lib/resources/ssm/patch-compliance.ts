import { defineResourceType } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { named } from '../ids.ts';
import {
  goneCodes,
  machineArn,
  readCompliance,
  readTags,
  reportedIn,
  reportsOf,
} from './compliance.ts';

/** What was reported of a machine's patches; its id is that of the instance, `i-…`. */
export const patchCompliance = defineResourceType({
  type: 'AWS::SSM::PatchCompliance',
  scope: 'regional',
  securityHubType: 'AwsSsmPatchCompliance',
  live: {
    gone: goneCodes,
    settlesAfterSeconds: 30,
    announcements: [
      {
        // https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
        via: 'service',
        source: 'aws.ssm',
        detailType: 'Configuration Compliance State Change',
        effect: ['compliance'],
        idsIn: reportedIn('Patch'),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { TerminateInstances: 'deleted' },
        idsIn: named({ request: ['instancesSet.instanceId'] }),
      },
    ],
    list: {
      actions: ['ssm:ListResourceComplianceSummaries'],
      hasInterface: true,
      page: (reader, token) => reportsOf(reader, 'Patch', token),
    },
  },
  arn: machineArn,
  about: {
    actions: ['ec2:DescribeInstances'],
    read: async (reader, ref) => ({ arn: machineArn(ref), tags: await readTags(reader, ref) }),
  },
  facets: {
    compliance: {
      actions: ['ssm:ListComplianceItems'],
      read: (reader, ref) => readCompliance(reader, ref, 'Patch'),
    },
  },
});
