import { configRecordsEverything } from '../../../lib/controls/config/config-records-everything.ts';
import { testControl } from '../harness.ts';

const recording = {
  isRecording: true,
  lastStatus: 'Success' as const,
  recordsAll: true,
  recordsGlobal: true,
  leavesOut: undefined,
  role: 'arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
};
const given = (more: object) => ({ recording: { ...recording, ...more } });

const leaving = (...leavesOut: readonly string[]) => ({
  recordsAll: false,
  recordsGlobal: false,
  leavesOut,
});

testControl(configRecordsEverything, {
  base: { recording },
  rows: {
    'everything is recorded': { given: {}, verdict: 'PASS' },
    'the first delivery is still to come': {
      given: given({ lastStatus: undefined }),
      verdict: 'PASS',
    },
    'no recorder': { given: { recording: undefined }, verdict: 'FAIL', evidence: ['recording'] },
    'it is stopped': {
      given: given({ isRecording: false }),
      verdict: 'FAIL',
      evidence: ['recording.isRecording'],
    },
    'some types alone': {
      given: given({ recordsAll: false, recordsGlobal: false }),
      verdict: 'FAIL',
      evidence: ['recording.recordsAll', 'recording.recordsGlobal'],
    },
    'all but what Config says of itself': {
      given: given(leaving('AWS::Config::ResourceCompliance')),
      verdict: 'PASS',
    },
    'all but interfaces': {
      given: given(leaving('AWS::Config::ResourceCompliance', 'AWS::EC2::NetworkInterface')),
      verdict: 'FAIL',
      evidence: ['recording.leavesOut'],
    },
    'all but interfaces, which may be left out': {
      given: given(leaving('AWS::EC2::NetworkInterface')),
      parameters: { mayBeLeftOut: ['AWS::EC2::NetworkInterface'] },
      verdict: 'PASS',
    },
    'all but global resources, where they are recorded': {
      given: given(leaving('AWS::IAM::Role')),
      verdict: 'FAIL',
      evidence: ['recording.leavesOut'],
    },
    'all but global resources, which another region records': {
      given: given(leaving('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::RDS::GlobalCluster')),
      parameters: { globalResourcesRegion: 'eu-central-1' },
      verdict: 'PASS',
    },
    'global resources are recorded nowhere': {
      given: given({ recordsGlobal: false }),
      verdict: 'FAIL',
      evidence: ['recording.recordsGlobal'],
    },
    'global resources are recorded in another region': {
      given: given({ recordsGlobal: false }),
      parameters: { globalResourcesRegion: 'eu-central-1' },
      verdict: 'PASS',
    },
    'nothing is delivered': {
      given: given({ lastStatus: 'Failure' }),
      verdict: 'FAIL',
      evidence: ['recording.lastStatus'],
    },
    'a role of their own': {
      given: given({ role: 'arn:aws:iam::123456789012:role/config' }),
      verdict: 'FAIL',
      evidence: ['recording.role'],
    },
    'a role of their own, which is allowed': {
      given: given({ role: 'arn:aws:iam::123456789012:role/config' }),
      parameters: { includeConfigServiceLinkedRoleCheck: false },
      verdict: 'PASS',
    },
  },
});
