import type { Reader } from '../../model/resource-type.ts';
import { config } from '../../services/config.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** The customer's recorder, of which a region has at most one; AWS services may have their own beside it. */
const readOwn = async (reader: Reader) => {
  const { ConfigurationRecorders = [] } = await reader.call(
    'config',
    'describeConfigurationRecorders',
    {},
  );
  const recorder = ConfigurationRecorders.find(({ servicePrincipal }) => !servicePrincipal);
  if (!recorder) return undefined;
  const { ConfigurationRecordersStatus = [] } = await reader.call(
    'config',
    'describeConfigurationRecorderStatus',
    {},
  );
  const status = ConfigurationRecordersStatus.find(({ name }) => name === recorder.name);
  return { recorder, status };
};

const readRecorder = async (reader: Reader) => {
  const found = await readOwn(reader);
  if (!found) return undefined;
  const { recorder, status } = found;
  return {
    name: recorder.name,
    isRecording: status?.recording ?? false,
    group: recorder.recordingGroup,
    mode: recorder.recordingMode,
  };
};

/**
 * What Security Hub asks of the recorder: whether it records, what of, by which role, and whether it can deliver. One that
 * records all but some types `leavesOut` these, and none else: it records IAM's in each region unless they are among them.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
 */
const readRecording = async (reader: Reader) => {
  const found = await readOwn(reader);
  if (!found) return undefined;
  const { recordingGroup: group, roleARN } = found.recorder;
  const strategy = group?.recordingStrategy?.useOnly;
  const recordsAll = strategy
    ? strategy === 'ALL_SUPPORTED_RESOURCE_TYPES'
    : (group?.allSupported ?? false);
  return {
    isRecording: found.status?.recording ?? false,
    lastStatus: found.status?.lastStatus,
    recordsAll,
    recordsGlobal: recordsAll && (group?.includeGlobalResourceTypes ?? false),
    leavesOut:
      strategy === 'EXCLUSION_BY_RESOURCE_TYPES'
        ? (group?.exclusionByResourceTypes?.resourceTypes ?? []).map(String).toSorted()
        : undefined,
    role: roleARN,
  };
};

/** What AWS Config records in a region. */
export const configRegion = regionWide({
  type: 'Plumbline::Config::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: config.eventSource,
      calls: {
        PutConfigurationRecorder: ['recorder', 'recording'],
        DeleteConfigurationRecorder: ['recorder', 'recording'],
        StartConfigurationRecorder: ['recorder', 'recording'],
        StopConfigurationRecorder: ['recorder', 'recording'],
        AssociateResourceTypes: ['recorder', 'recording'],
        DisassociateResourceTypes: ['recorder', 'recording'],
        PutDeliveryChannel: ['recording'],
        DeleteDeliveryChannel: ['recording'],
      },
      idsIn: here,
    },
  ],
  facets: {
    recorder: {
      actions: [
        'config:DescribeConfigurationRecorders',
        'config:DescribeConfigurationRecorderStatus',
      ],
      read: readRecorder,
    },
    recording: {
      actions: [
        'config:DescribeConfigurationRecorders',
        'config:DescribeConfigurationRecorderStatus',
      ],
      read: readRecording,
      // How the last delivery went changes by itself.
      comparable: (value) => ({ ...Object(value), lastStatus: undefined }),
    },
  },
});
