import type { Reader } from '../../model/resource-type.ts';
import { config } from '../../services/config.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** The customer's recorder, of which a region has at most one; AWS services may have their own beside it. */
const readRecorder = async (reader: Reader) => {
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
  return {
    name: recorder.name,
    isRecording: status?.recording ?? false,
    group: recorder.recordingGroup,
    mode: recorder.recordingMode,
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
        PutConfigurationRecorder: ['recorder'],
        DeleteConfigurationRecorder: ['recorder'],
        StartConfigurationRecorder: ['recorder'],
        StopConfigurationRecorder: ['recorder'],
        AssociateResourceTypes: ['recorder'],
        DisassociateResourceTypes: ['recorder'],
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
  },
});
