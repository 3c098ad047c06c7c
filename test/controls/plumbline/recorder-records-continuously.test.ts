import { recorderRecordsContinuously } from '../../../lib/controls/plumbline/recorder-records-continuously.ts';
import { testControl } from '../harness.ts';

const evaluated = [
  ...(['AWS::S3::Bucket', 'AWS::EC2::SecurityGroup'] as const),
  ...(['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'] as const),
];
const iam = ['AWS::IAM::User', 'AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::IAM::Policy'] as const;
const recorder = {
  name: 'default',
  isRecording: true,
  group: { allSupported: true, includeGlobalResourceTypes: true },
  mode: undefined,
};
const only = (...resourceTypes: readonly (typeof evaluated | typeof iam)[number][]) => ({
  recorder: { ...recorder, group: { allSupported: false, resourceTypes: [...resourceTypes] } },
});
const without = (...resourceTypes: readonly (typeof evaluated | typeof iam)[number][]) => ({
  recorder: {
    ...recorder,
    group: {
      allSupported: false,
      exclusionByResourceTypes: { resourceTypes: [...resourceTypes] },
      recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' as const },
    },
  },
});

testControl(recorderRecordsContinuously, {
  rows: {
    'everything, continuously by default': { given: { recorder }, verdict: 'PASS' },
    'everything, continuously': {
      given: { recorder: { ...recorder, mode: { recordingFrequency: 'CONTINUOUS' } } },
      verdict: 'PASS',
    },
    'no recorder': {
      given: { recorder: undefined },
      verdict: 'FAIL',
      reason: /there is no recorder/,
      evidence: ['recorder'],
    },
    'a recorder that was stopped': {
      given: { recorder: { ...recorder, isRecording: false } },
      verdict: 'FAIL',
      reason: /stopped/,
    },
    'once a day': {
      given: { recorder: { ...recorder, mode: { recordingFrequency: 'DAILY' } } },
      verdict: 'FAIL',
      evidence: [...evaluated, ...iam].map((type) => `recorder[${type}]`),
    },
    'one type once a day': {
      given: {
        recorder: {
          ...recorder,
          mode: {
            recordingFrequency: 'CONTINUOUS',
            recordingModeOverrides: [
              { resourceTypes: ['AWS::S3::Bucket'], recordingFrequency: 'DAILY' },
            ],
          },
        },
      },
      verdict: 'FAIL',
      evidence: ['recorder[AWS::S3::Bucket]'],
    },
    'what Plumbline evaluates continuously, the rest once a day': {
      given: {
        recorder: {
          ...recorder,
          mode: {
            recordingFrequency: 'DAILY',
            recordingModeOverrides: [
              { resourceTypes: [...evaluated, ...iam], recordingFrequency: 'CONTINUOUS' },
            ],
          },
        },
      },
      verdict: 'PASS',
    },
    'everything but global types': {
      given: {
        recorder: { ...recorder, group: { allSupported: true, includeGlobalResourceTypes: false } },
      },
      verdict: 'FAIL',
      evidence: iam.map((type) => `recorder[${type}]`),
    },
    'exactly what Plumbline evaluates': { given: only(...evaluated, ...iam), verdict: 'PASS' },
    'without databases': {
      given: only('AWS::S3::Bucket', 'AWS::EC2::SecurityGroup', ...iam),
      verdict: 'FAIL',
      evidence: ['recorder[AWS::RDS::DBInstance]', 'recorder[AWS::RDS::DBCluster]'],
    },
    'everything but security groups': {
      given: without('AWS::EC2::SecurityGroup'),
      verdict: 'FAIL',
      evidence: ['recorder[AWS::EC2::SecurityGroup]'],
    },
    'everything but nothing': { given: without(), verdict: 'PASS' },
  },
});
