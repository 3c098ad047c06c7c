import { policyNamesActions } from '../../../lib/controls/iam/policy-names-actions.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /known to those who use the policy/ };

const policy = (...Statement: object[]) => ({
  defaultVersion: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement })),
});
const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
const wide = { verdict: 'FAIL', evidence: ['defaultVersion.Statement[0]'], plan } as const;

testControl(policyNamesActions, {
  base: { use: { attachments: 1, boundaries: 0 }, ...policy(allow('ec2:DescribeInstances')) },
  rows: {
    'one action': { given: {}, verdict: 'PASS' },
    'actions that begin alike': { given: policy(allow('ec2:Describe*')), verdict: 'PASS' },
    'every action of a service': { given: policy(allow('ec2:*')), ...wide },
    'every action of a service, among others': {
      given: policy(allow(['ec2:Describe*', 'S3:*'])),
      ...wide,
    },
    'every action of a service on one resource': {
      given: policy(allow('s3:*', ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'])),
      ...wide,
    },
    'every action, spelled with more wildcards': { given: policy(allow('s3:?*')), ...wide },
    'every action of services that begin alike': { given: policy(allow('s3*:*')), ...wide },
    'every action of all services': { given: policy(allow('*')), ...wide },
    'actions that end alike': { given: policy(allow('s3:*Object')), verdict: 'PASS' },
    'a Deny of a service': {
      given: policy({ ...allow('ec2:*'), Effect: 'Deny' }),
      verdict: 'PASS',
    },
    'all but a service': {
      given: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      ...wide,
    },
    'all but everything': {
      given: policy({ Effect: 'Allow', NotAction: ['*'], Resource: '*' }),
      verdict: 'PASS',
    },
    'two services in two statements': {
      given: policy(allow('sqs:*'), allow('sns:Publish'), allow('sns:*')),
      verdict: 'FAIL',
      plan,
      evidence: ['defaultVersion.Statement[0]', 'defaultVersion.Statement[2]'],
    },
    'a permissions boundary only': {
      given: { ...policy(allow('ec2:*')), use: { attachments: 0, boundaries: 1 } },
      verdict: 'NOT_APPLICABLE',
    },
    'a permissions boundary only, and the baseline wants those evaluated': {
      given: { ...policy(allow('ec2:*')), use: { attachments: 0, boundaries: 1 } },
      parameters: { excludePermissionBoundaryPolicy: false },
      verdict: 'FAIL',
      plan,
    },
    'a document that cannot be read': { given: { defaultVersion: '%7B' }, verdict: 'UNKNOWN' },
  },
});
