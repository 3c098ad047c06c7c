import { describe, expect, it } from '@jest/globals';
import {
  decide,
  decideTrust,
  type Policy,
  reasonAgainst,
  type Statement,
} from '../../../lib/local/iam/iam-policy.ts';

const policy = (...Statement: Statement[]): Policy => ({ Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*'): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const request = (
  action: string,
  resource = '*',
  context: Readonly<Record<string, string | string[]>> = {},
) => ({
  action,
  resource,
  context: new Map(Object.entries(context).map(([key, value]) => [key, [value].flat()])),
});
const bucket = 'arn:aws:s3:::b';

describe('decide', () => {
  const get = request('s3:GetBucketPolicy', bucket);
  const denyAll: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };
  it.each([
    ['nothing allows', [], 'not allowed'],
    ['the action is allowed', [policy(allow('s3:GetBucketPolicy'))], 'allowed'],
    ['the action in another case', [policy(allow('S3:getbucketpolicy'))], 'allowed'],
    ['a prefix and *', [policy(allow('s3:GetBucket*', 'arn:aws:s3:::*'))], 'allowed'],
    ['? is one character', [policy(allow('s3:GetBucketPolic?'))], 'allowed'],
    ['? is not two', [policy(allow('s3:GetBucketPoli?'))], 'not allowed'],
    ['another bucket', [policy(allow('s3:*', 'arn:aws:s3:::c'))], 'not allowed'],
    ['a statement that is an object', [{ Statement: allow('s3:*') }], 'allowed'],
    ['Deny wins', [policy(allow('s3:*'), denyAll)], 'denied'],
    ['Deny in another policy wins', [policy(allow('s3:*')), policy(denyAll)], 'denied'],
    [
      'NotAction of another action',
      [policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
      'allowed',
    ],
    [
      'NotAction of this action',
      [policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' })],
      'not allowed',
    ],
    [
      'NotResource of this bucket',
      [policy({ Effect: 'Allow', Action: 's3:*', NotResource: bucket })],
      'not allowed',
    ],
  ])('%s', (_title, policies, decision) => {
    expect(decide(policies, get)).toBe(decision);
  });

  it('takes * for an action without resources, and no ARN', () => {
    const list = request('s3:ListAllMyBuckets');
    expect(decide([policy(allow('s3:*'))], list)).toBe('allowed');
    expect(decide([policy(allow('s3:*', 'arn:aws:s3:::*'))], list)).toBe('not allowed');
  });
});

describe('conditions', () => {
  const context = { 'aws:principalaccount': '111122223333', 'aws:tagkeys': ['a', 'b'] };
  it.each([
    ['StringEquals', { 'aws:PrincipalAccount': '111122223333' }, true],
    ['StringEquals', { 'aws:PrincipalAccount': ['1', '111122223333'] }, true],
    ['StringEquals', { 'aws:PrincipalAccount': '1' }, false],
    ['StringEquals', { 'aws:SourceArn': '1' }, false],
    ['StringEqualsIfExists', { 'aws:SourceArn': '1' }, true],
    ['StringNotEquals', { 'aws:SourceArn': '1' }, true],
    ['StringNotEquals', { 'aws:PrincipalAccount': '111122223333' }, false],
    ['StringNotEquals', { 'aws:PrincipalAccount': ['1', '2'] }, true],
    ['StringLike', { 'aws:PrincipalAccount': '1111*' }, true],
    ['ArnLike', { 'aws:PrincipalAccount': '2*' }, false],
    ['NumericLessThan', { 'aws:PrincipalAccount': '200000000000' }, true],
    ['Null', { 'aws:PrincipalAccount': 'false' }, true],
    ['Null', { 'aws:PrincipalAccount': 'true' }, false],
    ['Null', { 'aws:SourceArn': 'true' }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b', 'c'] }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a'] }, false],
    ['ForAllValues:StringEquals', { 'aws:None': ['a'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['a'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['z'] }, false],
  ])('%s %j', (operator, keys, holds) => {
    const statement = { ...allow('s3:*'), Condition: { [operator]: keys } };
    const decision = decide([policy(statement)], request('s3:GetObject', '*', context));
    expect(decision).toBe(holds ? 'allowed' : 'not allowed');
  });

  it('does not guess at an operator it does not know', () => {
    const statement = { ...allow('s3:*'), Condition: { IpAddress: { 'aws:SourceIp': '::1' } } };
    expect(() => decide([policy(statement)], request('s3:GetObject'))).toThrow('IpAddress');
  });
});

describe('trust', () => {
  const assume = request('sts:AssumeRole');
  const trusts = (Principal: Statement['Principal']) =>
    policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...(Principal && { Principal }) });
  const lambda = { Service: ['lambda.amazonaws.com'] };
  const alice = { AWS: ['arn:aws:iam::1:user/alice', '1', 'arn:aws:iam::1:root'] };
  it.each([
    ['the service', trusts({ Service: 'lambda.amazonaws.com' }), lambda, 'allowed'],
    ['another service', trusts({ Service: ['ec2.amazonaws.com'] }), lambda, 'not allowed'],
    ['a user where a service is trusted', trusts({ Service: '*' }), alice, 'not allowed'],
    ['the account', trusts({ AWS: 'arn:aws:iam::1:root' }), alice, 'allowed'],
    ['the account by its number', trusts({ AWS: '1' }), alice, 'allowed'],
    ['another user', trusts({ AWS: 'arn:aws:iam::1:user/bob' }), alice, 'not allowed'],
    ['everybody', trusts('*'), alice, 'allowed'],
    ['nobody named', trusts(undefined), alice, 'not allowed'],
  ])('%s', (_title, trust, caller, decision) => {
    expect(decideTrust(trust, assume, caller)).toBe(decision);
  });
});

describe('reasonAgainst', () => {
  const get = request('s3:GetObject', 'arn:aws:s3:::b/k');
  const all = policy(allow('*'));
  const none = policy();
  const deny = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
  it.each([
    [{ 'identity-based policy': [all] }, undefined],
    [
      { 'identity-based policy': [none] },
      'because no identity-based policy allows the s3:GetObject action',
    ],
    [
      { 'identity-based policy': [all], 'session policy': [none] },
      'because no session policy allows the s3:GetObject action',
    ],
    [
      { 'identity-based policy': [none], 'session policy': [all] },
      'because no identity-based policy allows the s3:GetObject action',
    ],
    [
      { 'identity-based policy': [all], 'session policy': [deny] },
      'with an explicit deny in a session policy',
    ],
    [
      { 'identity-based policy': [all, deny], 'session policy': [all] },
      'with an explicit deny in an identity-based policy',
    ],
    [
      { 'identity-based policy': [all], 'permissions boundary': [none] },
      'because no permissions boundary allows the s3:GetObject action',
    ],
  ])('%j', (sets, reason) => {
    expect(reasonAgainst(get, sets)).toBe(reason);
  });
});
