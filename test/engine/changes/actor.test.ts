import { actorOf } from '../../../lib/engine/changes/actor.ts';

const issuer = { type: 'Role', accountId: '123456789012' };
const from = '198.51.100.24';

// As https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html shows them.
const identities: Record<string, [identity: object, by: string | undefined, more?: object]> = {
  IAMUser: [
    {
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::123456789012:user/alice',
      accountId: '123456789012',
      userName: 'alice',
    },
    'arn:aws:iam::123456789012:user/alice',
    { account: '123456789012', principal: 'AIDAEXAMPLE' },
  ],
  AssumedRole: [
    {
      principalId: 'AROAEXAMPLE:mira',
      arn: 'arn:aws:sts::123456789012:assumed-role/Deployer/mira',
      accountId: '123456789012',
      sessionContext: {
        sessionIssuer: { ...issuer, arn: 'arn:aws:iam::123456789012:role/ci/Deployer' },
        sourceIdentity: 'mira@example.com',
      },
    },
    'arn:aws:sts::123456789012:assumed-role/Deployer/mira',
    {
      issuer: 'arn:aws:iam::123456789012:role/ci/Deployer',
      principal: 'AROAEXAMPLE:mira',
      sourceIdentity: 'mira@example.com',
    },
  ],
  Root: [
    {
      principalId: '123456789012',
      arn: 'arn:aws:iam::123456789012:root',
      accountId: '123456789012',
    },
    'arn:aws:iam::123456789012:root',
    { principal: '123456789012' },
  ],
  // A caller of another account: its id is opaque, and only the account tells where to ask.
  AWSAccount: [
    { principalId: 'AROAEXAMPLE:eve', accountId: '444455556666' },
    '444455556666/AROAEXAMPLE:eve',
    { account: '444455556666', principal: 'AROAEXAMPLE:eve' },
  ],
  AWSService: [
    { invokedBy: 'autoscaling.amazonaws.com' },
    'autoscaling.amazonaws.com',
    { invokedBy: 'autoscaling.amazonaws.com' },
  ],
  IdentityCenterUser: [
    {
      accountId: '123456789012',
      onBehalfOf: {
        userId: '544894e8-0000-4000-8000-000000000000',
        identityStoreArn: 'arn:aws:identitystore::123456789012:identitystore/d-9067642ac7',
      },
      credentialId: 'EXAMPLE',
    },
    'arn:aws:identitystore::123456789012:identitystore/d-9067642ac7/544894e8-0000-4000-8000-000000000000',
    { account: '123456789012' },
  ],
  FederatedUser: [
    {
      principalId: '123456789012:bob',
      arn: 'arn:aws:sts::123456789012:federated-user/bob',
      accountId: '123456789012',
      sessionContext: {
        sessionIssuer: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/ci' },
      },
    },
    'arn:aws:sts::123456789012:federated-user/bob',
    { issuer: 'arn:aws:iam::123456789012:user/ci' },
  ],
  SAMLUser: [
    { principalId: 'SampleUkh1i4=:carol', userName: 'carol', identityProvider: 'SampleUkh1i4=' },
    'SampleUkh1i4=:carol',
    { principal: 'SampleUkh1i4=:carol' },
  ],
  WebIdentityUser: [
    { principalId: 'accounts.google.com:app:1234', userName: '1234' },
    'accounts.google.com:app:1234',
  ],
  Directory: [{ accountId: '123456789012', userName: 'dora' }, '123456789012/dora'],
  Unknown: [{ accountId: '444455556666' }, '444455556666', { account: '444455556666' }],
};

describe('who called', () => {
  it.each(Object.entries(identities))('%s', (type, [identity, by, more = {}]) => {
    const actor = actorOf({
      userIdentity: { type, ...identity },
      sourceIPAddress: from,
      userAgent: 'aws-cli/2.31.0',
    });
    expect(actor).toMatchObject({ identity: type, by, from, userAgent: 'aws-cli/2.31.0', ...more });
  });

  it('without anything that names it keeps its address and its kind', () => {
    const actor = actorOf({ userIdentity: { type: 'Unknown' }, sourceIPAddress: from });
    expect(actor).toEqual({ identity: 'Unknown', from });
    expect(actorOf({ sourceIPAddress: from })).toEqual({ from });
  });

  it('in AWS’s own name is known by the service’s address where nothing else is said', () => {
    const userIdentity = { type: 'AWSService' };
    expect(actorOf({ userIdentity, sourceIPAddress: 'rds.amazonaws.com' })).toMatchObject({
      by: 'rds.amazonaws.com',
    });
  });

  it('without credentials is of no account', () => {
    const userIdentity = { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' };
    expect(actorOf({ userIdentity, sourceIPAddress: from })).toEqual({
      by: 'ANONYMOUS_PRINCIPAL',
      identity: 'AWSAccount',
      from,
    });
  });

  it('for somebody else says for whom', () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/Portal/x';
    const identityStoreArn = 'arn:aws:identitystore::123456789012:identitystore/d-1';
    const person = { arn, onBehalfOf: { userId: 'u-1', identityStoreArn } };
    expect(actorOf({ userIdentity: person })).toMatchObject({
      by: arn,
      onBehalfOf: `${identityStoreArn}/u-1`,
    });
    const delegate = { arn, invokedByDelegate: { accountId: '444455556666' } };
    expect(actorOf({ userIdentity: delegate })).toMatchObject({ onBehalfOf: '444455556666' });
  });

  it('is data: on one line, without markup, and not longer than it may be', () => {
    const userAgent = `<script>alert(1)</script>\n\u202e\`x\` ${'u'.repeat(5000)}`;
    const actor = actorOf({ userIdentity: { arn: 'a'.repeat(5000) }, userAgent });
    expect(actor.userAgent).toMatch(/^\?script\?alert\(1\)\?\/script\?\?\?\?x\? u+$/);
    expect(actor.userAgent?.length).toBeLessThanOrEqual(200);
    expect(actor.by?.length).toBeLessThanOrEqual(620);
  });
});
