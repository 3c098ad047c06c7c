import { instanceRequiresImdsv2 } from '../../../lib/controls/ec2/instance-requires-imdsv2.ts';
import { testControl } from '../harness.ts';
import { running } from './instances.ts';

const given = (httpTokens: 'optional' | undefined, more: object = {}) => ({
  instance: { ...running, ...more, metadata: { ...running.metadata, httpTokens } },
});
const plan = {
  risk: 'disruptive',
  calls: ['ec2.modifyInstanceMetadataOptions'],
  input: { InstanceId: 'example', HttpTokens: 'required' },
} as const;

testControl(instanceRequiresImdsv2, {
  base: { instance: { ...running, publicAddresses: [] } },
  rows: {
    'IMDSv2 is required': { given: {}, verdict: 'PASS' },
    'IMDSv1 is answered too': {
      given: given('optional'),
      verdict: 'FAIL',
      evidence: ['instance.metadata.httpTokens'],
      plan,
    },
    'IMDSv1 would be answered once it starts': {
      given: given('optional', { state: 'stopped' }),
      verdict: 'FAIL',
      plan,
    },
    'the service is off, and would answer IMDSv1 once it is on': {
      given: {
        instance: {
          ...running,
          publicAddresses: [],
          metadata: { state: 'applied', httpTokens: 'optional', httpEndpoint: 'disabled' },
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'EC2 says nothing of it': { given: given(undefined), verdict: 'UNKNOWN' },
  },
});
