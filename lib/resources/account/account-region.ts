import { defineResourceType, type IdsIn } from '../../model/resource-type.ts';
import { cloudtrail } from '../../services/cloudtrail.ts';
import { config } from '../../services/config.ts';
import { securityhub } from '../../services/securityhub.ts';
import { ssm } from '../../services/ssm.ts';
import { sts } from '../../services/sts.ts';
import { isOmitted } from '../../support/omitted.ts';
import { trail } from '../cloudtrail/trail.ts';
import { textsAt } from '../ids.ts';
import { accessAnalyzerAnnouncement, accessAnalyzerFacets } from './access-analyzers.ts';
import {
  breakersPath,
  readBreakers,
  readEventRules,
  readQueues,
  readRecorder,
  readTrails,
} from './account-region-reads.ts';
import { here } from './here.ts';
import { isStackUnsettled, ownAnnouncements } from './own-announcements.ts';
import { ownFacets } from './own-facets.ts';

/** The region, where the call names the parameter of a breaker: most parameters are not ours. */
const hereIfBreaker: IdsIn = (detail, account) => {
  const names = ['name', 'names'].flatMap((name) => textsAt(detail, 'requestParameters', name));
  // An ARN of a parameter has its path after `parameter`.
  const isBreaker = names.some((name) =>
    name.replace(/^arn:.*:parameter/, '').startsWith(breakersPath),
  );
  return isBreaker || isOmitted(detail) ? here(detail, account) : [];
};

/** One account in one region, as what Plumbline needs to see there; its id is the region. */
export const accountRegion = defineResourceType({
  type: 'Plumbline::AccountRegion',
  scope: 'regional',
  securityHubType: 'AwsAccount',
  live: {
    gone: [],
    settlesAfterSeconds: 30,
    unsettled: { facet: 'stack', while: isStackUnsettled },
    announcements: [
      accessAnalyzerAnnouncement,
      {
        via: 'cloudtrail',
        source: cloudtrail.eventSource,
        calls: {
          CreateTrail: ['trails'],
          UpdateTrail: ['trails'],
          DeleteTrail: ['trails'],
          StartLogging: ['trails'],
          StopLogging: ['trails'],
          PutEventSelectors: ['trails'],
        },
        idsIn: here,
      },
      {
        via: 'cloudtrail',
        source: config.eventSource,
        calls: {
          PutConfigurationRecorder: ['recorder'],
          DeleteConfigurationRecorder: ['recorder'],
          StartConfigurationRecorder: ['recorder'],
          StopConfigurationRecorder: ['recorder'],
          AssociateResourceTypes: ['recorder'],
          DisassociateResourceTypes: ['recorder'],
        },
        idsIn: here,
      },
      {
        via: 'cloudtrail',
        source: securityhub.eventSource,
        calls: { EnableSecurityHub: ['securityHub'], DisableSecurityHub: ['securityHub'] },
        idsIn: here,
      },
      ...ownAnnouncements,
      {
        via: 'cloudtrail',
        source: ssm.eventSource,
        calls: {
          PutParameter: ['breakers'],
          DeleteParameter: ['breakers'],
          DeleteParameters: ['breakers'],
        },
        idsIn: hereIfBreaker,
      },
    ],
    list: {
      actions: [],
      page: async ({ region }) => ({ resources: [{ id: region }] }),
    },
  },
  arn: (ref) => sts.arn('root-user', ref),
  about: {
    actions: [],
    read: async (_, ref) => ({ arn: sts.arn('root-user', ref), tags: {} }),
  },
  facets: {
    ...accessAnalyzerFacets,
    ...ownFacets,
    trails: {
      actions: [
        ...trail.live.list.actions,
        ...trail.facets.isLogging.actions,
        ...trail.facets.selectors.actions,
      ],
      read: readTrails,
    },
    recorder: {
      actions: [
        'config:DescribeConfigurationRecorders',
        'config:DescribeConfigurationRecorderStatus',
      ],
      read: readRecorder,
    },
    securityHub: {
      actions: ['securityhub:DescribeHub'],
      // Security Hub answers thus where it is not enabled, and not for want of permission.
      absent: ['InvalidAccessException', 'ResourceNotFoundException'],
      read: async (reader) => (await reader.call('securityhub', 'describeHub', {})).HubArn,
    },
    eventRules: {
      actions: ['events:ListRules', 'events:ListTargetsByRule'],
      read: readEventRules,
    },
    breakers: {
      actions: ['ssm:GetParametersByPath'],
      read: readBreakers,
    },
    queues: {
      actions: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
      read: readQueues,
    },
  },
});
