import { defineControl, fail, pass, type Snapshot } from '../../model/control.ts';
import { configRegion } from '../../resources/account/config-region.ts';
import { partitionOf } from '../../services/partition.ts';
import { globalEventsRegionOf } from '../../services/regions.ts';

type Recorder = NonNullable<Snapshot<typeof configRegion, 'recorder'>['recorder']>;

/** What Plumbline hears of from Config, in the region of the resource. */
const regionalTypes = [
  'AWS::S3::Bucket',
  'AWS::EC2::SecurityGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
];
const globalTypes = ['AWS::IAM::User', 'AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::IAM::Policy'];

const isRecorded = ({ group }: Recorder, type: string): boolean => {
  const all = group?.allSupported ? 'ALL_SUPPORTED_RESOURCE_TYPES' : 'INCLUSION_BY_RESOURCE_TYPES';
  const types: readonly string[] = group?.resourceTypes ?? [];
  const left: readonly string[] = group?.exclusionByResourceTypes?.resourceTypes ?? [];
  switch (group?.recordingStrategy?.useOnly ?? all) {
    case 'ALL_SUPPORTED_RESOURCE_TYPES':
      return !globalTypes.includes(type) || group?.includeGlobalResourceTypes === true;
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !left.includes(type);
    default:
      return types.includes(type);
  }
};

// A recorder that was given no mode is continuous.
const frequencyOf = ({ mode }: Recorder, type: string): string => {
  const override = mode?.recordingModeOverrides?.find(({ resourceTypes }) =>
    resourceTypes?.some((each) => each === type),
  );
  return override?.recordingFrequency ?? mode?.recordingFrequency ?? 'CONTINUOUS';
};

const faultOf = (recorder: Recorder, type: string): string | undefined => {
  if (!isRecorded(recorder, type)) return 'not recorded';
  const frequency = frequencyOf(recorder, type);
  return frequency === 'CONTINUOUS' ? undefined : frequency;
};

export const recorderRecordsContinuously = defineControl(configRegion, {
  id: 'PL.BLIND.2',
  title: 'The AWS Config recorder should record continuously what Plumbline evaluates',
  severity: 'MEDIUM',
  rationale:
    'Config tells of changes that CloudTrail missed or that name no resource; once a day is too late.',
  standards: {},
  needs: ['recorder'],
  evaluate({ recorder }, { ref: { region } }) {
    if (!recorder?.isRecording) {
      const actual = recorder ? 'stopped' : 'none';
      const reason = recorder ? 'the recorder is stopped' : 'there is no recorder';
      return fail(reason, [{ path: 'recorder', actual, expected: 'recording' }]);
    }
    // IAM is evaluated in its home region alone; elsewhere it need not be recorded.
    const isOfWorld = region === globalEventsRegionOf(partitionOf(region));
    const types = isOfWorld ? [...regionalTypes, ...globalTypes] : regionalTypes;
    const evidence = types.flatMap((type) => {
      const actual = faultOf(recorder, type);
      return actual ? [{ path: `recorder[${type}]`, actual, expected: 'CONTINUOUS' }] : [];
    });
    if (evidence.length === 0) return pass;
    return fail('the recorder leaves out types, or records them once a day', evidence);
  },
  remediation: {
    advice:
      'Start the recorder, include the types that Plumbline evaluates (IAM in the home region), and set their recording frequency to continuous.',
    url: 'https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html',
  },
});
