import { policyGrantsNoFullAdmin } from '../../../lib/controls/iam/policy-grants-no-full-admin.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /known to those who use the policy/ };

const unused = { attachments: 0, boundaries: 0 };
const policy = (...Statement: object[]) => ({
  defaultVersion: JSON.stringify({ Version: '2012-10-17', Statement }),
});
const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const readBucket = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' };

testControl(policyGrantsNoFullAdmin, {
  base: { use: unused, versions: ['v1'], ...policy(readBucket) },
  rows: {
    'one action on one resource': { given: {}, verdict: 'PASS' },
    'every action on every resource': {
      given: policy(all),
      verdict: 'FAIL',
      plan,
      evidence: ['defaultVersion.Statement[0]'],
    },
    'URL-encoded, as IAM answers': {
      given: { defaultVersion: encodeURIComponent(JSON.stringify({ Statement: all })) },
      verdict: 'FAIL',
      plan,
      evidence: ['defaultVersion.Statement'],
    },
    'the star stands among other actions and resources': {
      given: policy(readBucket, {
        ...all,
        Action: ['s3:*', '*'],
        Resource: ['arn:aws:s3:::*', '*'],
      }),
      verdict: 'FAIL',
      plan,
      evidence: ['defaultVersion.Statement[1]'],
    },
    'every service, every action, as *:*': {
      given: policy({ ...all, Action: '*:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every action, with a character that may be any': {
      given: policy({ ...all, Action: '*:?*' }),
      verdict: 'FAIL',
      plan,
    },
    'every resource, with a character that may be any': {
      given: policy({ ...all, Resource: '?*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN, with a character that may be any': {
      given: policy({ ...all, Resource: 'arn:a?s:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN, in two halves': {
      given: policy({ ...all, Resource: ['arn:aws:?*:*:*:*a', 'arn:aws:*'] }),
      verdict: 'FAIL',
      plan,
    },
    'all of IAM, and all but IAM': {
      given: policy(
        { ...all, Action: 'iam:?*' },
        { Effect: 'Allow', NotAction: 'iam:?*', Resource: '*' },
      ),
      verdict: 'FAIL',
      plan,
    },
    'all but what is all': {
      given: policy({ Effect: 'Allow', NotAction: '*:?*', Resource: '*' }),
      verdict: 'PASS',
    },
    'every ARN of the partition': {
      given: policy({ ...all, Resource: 'arn:aws:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN, part by part': {
      given: policy({ ...all, Resource: 'arn:*:*:*:*:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN, as *:*': { given: policy({ ...all, Resource: '*:*' }), verdict: 'FAIL', plan },
    'every ARN, by how it begins': {
      given: policy({ ...all, Resource: 'arn:a*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN of another partition': {
      given: policy({ ...all, Resource: 'arn:aws-us-gov:*:*:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN but all of another partition': {
      given: policy({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws-us-gov:*:*:*:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN but those of IAM in another partition': {
      given: policy({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws-cn:iam::*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN but those of IAM': {
      given: policy({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:iam::*' }),
      verdict: 'PASS',
    },
    'every ARN of partitions by a wildcard': {
      given: policy({ ...all, Resource: 'arn:aws*:*' }),
      verdict: 'FAIL',
      plan,
    },
    'every ARN that holds a slash': {
      given: policy({ ...all, Resource: 'arn:aws:*/*' }),
      verdict: 'PASS',
    },
    'every action on one service’s resources': {
      given: policy({ ...all, Resource: 'arn:aws:s3:::*' }),
      verdict: 'PASS',
    },
    'every action of one service': { given: policy({ ...all, Action: 'ec2:*' }), verdict: 'PASS' },
    'only with MFA': {
      given: policy({ ...all, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      verdict: 'FAIL',
      plan,
    },
    'everything but a harmless action': {
      given: policy({ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: '*' }),
      verdict: 'FAIL',
      plan,
    },
    'everything but IAM': {
      given: policy({ Effect: 'Allow', NotAction: ['IAM:*', 'organizations:*'], Resource: '*' }),
      verdict: 'PASS',
    },
    'everything but IAM, and IAM in a second statement': {
      given: policy(
        { Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' },
        { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
      ),
      verdict: 'FAIL',
      plan,
      evidence: ['defaultVersion.Statement[0]'],
    },
    'everything but IAM, and one IAM action in a second statement': {
      given: policy(
        { Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' },
        { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' },
      ),
      verdict: 'PASS',
    },
    'everything but everything': {
      given: policy({ Effect: 'Allow', NotAction: '*', Resource: '*' }),
      verdict: 'PASS',
    },
    'all of IAM alone': { given: policy({ ...all, Action: 'iam:*' }), verdict: 'PASS' },
    'every action on all but one bucket': {
      given: policy({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::vault' }),
      verdict: 'FAIL',
      plan,
    },
    'every action on nothing': {
      given: policy({ Effect: 'Allow', Action: '*', NotResource: '*' }),
      verdict: 'PASS',
    },
    'a Deny of everything': { given: policy({ ...all, Effect: 'Deny' }), verdict: 'PASS' },
    'an Allow of everything beside a Deny': {
      given: policy(all, { Effect: 'Deny', Action: 'ec2:*', Resource: '*' }),
      verdict: 'FAIL',
      plan,
      evidence: ['defaultVersion.Statement[0]'],
    },
    attached: {
      given: { ...policy(all), use: { attachments: 2, boundaries: 0 } },
      verdict: 'FAIL',
      plan,
    },
    'a permissions boundary and nothing else': {
      given: { ...policy(all), use: { attachments: 0, boundaries: 3 } },
      verdict: 'NOT_APPLICABLE',
    },
    'a boundary that is attached as well': {
      given: { ...policy(all), use: { attachments: 1, boundaries: 3 } },
      verdict: 'FAIL',
      plan,
    },
    'not a policy': { given: { defaultVersion: '' }, verdict: 'UNKNOWN', reason: /defaultVersion/ },
  },
});
