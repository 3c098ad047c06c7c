import { verdictOf } from './checking.ts';

const detector = (properties: string, more = '') =>
  `Parameters: {Open: {Type: String}}
Resources:
  It:
    Type: AWS::GuardDuty::Detector
    Properties: ${properties}
${more}`;
const filter = (criterion: string, action = 'ARCHIVE', of = '!Ref It') =>
  `  Hide:
    Type: AWS::GuardDuty::Filter
    Properties:
      DetectorId: ${of}
      Action: ${action}
      FindingCriteria: { Criterion: ${criterion} }
`;
const on = '{Enable: true}';
const feature = (name: string, status: string, more = '') =>
  detector(`{Enable: true, Features: [{Name: ${name}, Status: ${status}${more}}]}`);
const agents = (name: string, status: string) =>
  `, AdditionalConfiguration: [{Name: ${name}, Status: ${status}}]`;

it.each<[name: string, template: string, control: string, verdict: string]>([
  ['a detector', detector(on), 'GuardDuty.1', 'PASS'],
  ['one that is suspended', detector('{Enable: false}'), 'GuardDuty.1', 'FAIL'],
  [
    'one that may be',
    detector('{Enable: !Ref Open}'),
    'GuardDuty.1',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['what AWS turns on', detector(on), 'GuardDuty.10', 'PASS by default'],
  ['logins, which AWS turns on', detector(on), 'GuardDuty.9', 'PASS by default'],
  ['run time, which it does not', detector(on), 'GuardDuty.11', 'FAIL'],
  [
    'features of one that is suspended',
    detector('{Enable: false}'),
    'GuardDuty.11',
    'NOT_APPLICABLE',
  ],
  ['a feature', feature('S3_DATA_EVENTS', 'ENABLED'), 'GuardDuty.10', 'PASS'],
  ['a feature that is off', feature('S3_DATA_EVENTS', 'DISABLED'), 'GuardDuty.10', 'FAIL'],
  [
    'another feature that is off',
    feature('S3_DATA_EVENTS', 'DISABLED'),
    'GuardDuty.9',
    'PASS by default',
  ],
  [
    'a feature that may be off',
    feature('S3_DATA_EVENTS', '!Ref Open'),
    'GuardDuty.10',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  [
    'a source of the older kind',
    detector('{Enable: true, DataSources: {S3Logs: {Enable: false}}}'),
    'GuardDuty.10',
    'FAIL',
  ],
  [
    'malware, by the older kind',
    detector(
      '{Enable: true, DataSources: {MalwareProtection: {ScanEc2InstanceWithFindings: {EbsVolumes: true}}}}',
    ),
    'GuardDuty.8',
    'PASS',
  ],
  [
    'agents',
    feature('RUNTIME_MONITORING', 'ENABLED', agents('EKS_ADDON_MANAGEMENT', 'ENABLED')),
    'GuardDuty.7',
    'PASS',
  ],
  [
    'agents of the older kind',
    feature('EKS_RUNTIME_MONITORING', 'ENABLED', agents('EKS_ADDON_MANAGEMENT', 'ENABLED')),
    'GuardDuty.7',
    'PASS',
  ],
  [
    'agents of another kind',
    feature('RUNTIME_MONITORING', 'ENABLED', agents('EC2_AGENT_MANAGEMENT', 'ENABLED')),
    'GuardDuty.12',
    'FAIL',
  ],
  [
    'agents that are off',
    feature('RUNTIME_MONITORING', 'ENABLED', agents('EC2_AGENT_MANAGEMENT', 'DISABLED')),
    'GuardDuty.13',
    'FAIL',
  ],
  ['no filter', detector(on), 'PL.GUARDDUTY.1', 'PASS'],
  [
    'a filter of everything',
    detector(on, filter('{region: {Eq: [eu-central-1]}}')),
    'PL.GUARDDUTY.1',
    'FAIL',
  ],
  ['one of one kind', detector(on, filter('{type: {Eq: [a]}}')), 'PL.GUARDDUTY.1', 'PASS'],
  [
    'one of what is not severe',
    detector(on, filter('{severity: {Lt: 7}}')),
    'PL.GUARDDUTY.1',
    'PASS',
  ],
  ['one of more', detector(on, filter('{severity: {Lt: 9}}')), 'PL.GUARDDUTY.1', 'FAIL'],
  ['one that shows', detector(on, filter('{severity: {Lt: 9}}', 'NOOP')), 'PL.GUARDDUTY.1', 'PASS'],
  [
    'one that hides, or shows',
    detector(on, filter('{severity: {Lt: 9}}', '!Ref Open')),
    'PL.GUARDDUTY.1',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
])('evaluates %s', async (_, template, control, verdict) => {
  expect(await verdictOf(template, control, 'It')).toBe(verdict);
});

it('evaluates a filter of the detector of another stack, and nothing else of that', async () => {
  const alone = (criterion: string) =>
    `Parameters: {Open: {Type: String}}\nResources:\n${filter(criterion, 'ARCHIVE', '!Ref Open')}`;
  expect(await verdictOf(alone('{severity: {Lt: 9}}'), 'PL.GUARDDUTY.1', 'Hide')).toBe('FAIL');
  expect(await verdictOf(alone('{severity: {Lt: 9}}'), 'GuardDuty.1', 'Hide')).toBe('0 verdicts');
  expect(await verdictOf(alone('{type: {Eq: [a]}}'), 'PL.GUARDDUTY.1', 'Hide')).toBe('0 verdicts');
});

it('evaluates each of several detectors, recorders and defaults by itself', async () => {
  const two = `Resources:
  On: {Type: AWS::GuardDuty::Detector, Properties: {Enable: true}}
  Off: {Type: AWS::GuardDuty::Detector, Properties: {Enable: false}}
  All: {Type: AWS::Config::ConfigurationRecorder, Properties: {RoleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', RecordingGroup: {AllSupported: true, IncludeGlobalResourceTypes: true}}}
  Some: {Type: AWS::Config::ConfigurationRecorder, Properties: {RoleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', RecordingGroup: {AllSupported: false}}}
  Channel: {Type: AWS::Config::DeliveryChannel, Properties: {S3BucketName: a}}
  Blocked: {Type: AWS::EC2::SnapshotBlockPublicAccess, Properties: {State: block-all-sharing}}
  Open: {Type: AWS::EC2::SnapshotBlockPublicAccess, Properties: {State: unblocked}}
`;
  expect([
    await verdictOf(two, 'GuardDuty.1', 'On'),
    await verdictOf(two, 'GuardDuty.1', 'Off'),
    await verdictOf(two, 'Config.1', 'All'),
    await verdictOf(two, 'Config.1', 'Some'),
    await verdictOf(two, 'EC2.182', 'Blocked'),
    await verdictOf(two, 'EC2.182', 'Open'),
  ]).toEqual(['PASS', 'FAIL', 'PASS', 'FAIL', 'PASS', 'FAIL']);
});

const recorder = (group: string, more = '') => `Parameters: {Open: {Type: String}}
Resources:
  It: {Type: AWS::Config::ConfigurationRecorder, Properties: {RoleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', RecordingGroup: {${group}}}}
${more}`;
const channel = '  C: {Type: AWS::Config::DeliveryChannel, Properties: {S3BucketName: a}}\n';
const everything = 'AllSupported: true, IncludeGlobalResourceTypes: true';
it.each<[name: string, template: string, verdict: string]>([
  ['with its channel', recorder(everything, channel), 'PASS'],
  [
    'without',
    recorder(everything),
    'UNKNOWN it depends on the delivery channel, which is not in the template',
  ],
  ['of some types, without', recorder('AllSupported: false'), 'FAIL'],
])('evaluates a recorder %s', async (_, template, verdict) => {
  expect(await verdictOf(template, 'Config.1', 'It')).toBe(verdict);
});
