import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { ownershipOf, whyOwnedHost } from '../../../lib/engine/remediation/ownership.ts';

const account = '123456789012';
const session = (role: string) => `arn:aws:sts::123456789012:assumed-role/${role}/run-7`;
const by = (more: Partial<EventCause>): EventCause => ({
  kind: 'event',
  via: 'cloudtrail',
  id: '1',
  time: '2026-06-15T12:00:00.000Z',
  by: 'arn:aws:iam::123456789012:user/mallory',
  userAgent: 'aws-cli/2.17.0',
  ...more,
});
const stack = {
  'aws:cloudformation:stack-name': 'shop',
  'aws:cloudformation:logical-id': 'PhotosBucket',
};

interface Case {
  readonly cause?: Partial<EventCause>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly deployRoles?: readonly string[];
  /** Part of why only a plan may be made; nothing where the change may be taken back. */
  readonly why?: string;
}
const terraform =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.67.0';

const cases: Record<string, Case> = {
  'a person changed what nobody owns': {},
  'CloudFormation called for somebody, who made a stack': {
    cause: { invokedBy: 'cloudformation.amazonaws.com' },
  },
  'CloudFormation called for a role that deploys': {
    cause: { by: session('deploy'), invokedBy: 'cloudformation.amazonaws.com' },
    deployRoles: ['arn:aws:iam::123456789012:role/deploy'],
    why: `cloudformation.amazonaws.com for ${session('deploy')}`,
  },
  'a client calls itself CloudFormation': {
    cause: { userAgent: 'cloudformation.amazonaws.com' },
  },
  'a client calls itself Terraform': { cause: { userAgent: terraform } },
  'a client calls itself OpenTofu': { cause: { userAgent: 'OpenTofu/1.8.2' } },
  'a client calls itself Pulumi': { cause: { userAgent: 'APN/1.0 Pulumi/1.0 PulumiAws/6.52.0' } },
  'another service called': { cause: { invokedBy: 'config.amazonaws.com' } },
  'a deploy role, named by its ARN': {
    cause: { by: session('deploy') },
    deployRoles: ['arn:aws:iam::123456789012:role/deploy'],
    why: session('deploy'),
  },
  'a deploy role with a path, which its sessions do not show': {
    cause: { by: session('deploy') },
    deployRoles: ['arn:aws:iam::123456789012:role/teams/shop/deploy'],
    why: session('deploy'),
  },
  'a deploy role, by a glob': {
    cause: { by: session('deploy-shop') },
    deployRoles: ['arn:aws:iam::*:role/deploy-*'],
    why: session('deploy-shop'),
  },
  'a deploy role, by a glob with a path': {
    cause: { by: session('deploy-shop') },
    deployRoles: ['arn:aws:iam::123456789012:role/cdk/deploy-*'],
    why: session('deploy-shop'),
  },
  'a deploy role, by a glob of its sessions': {
    cause: { by: session('deploy') },
    deployRoles: ['arn:aws:sts::123456789012:assumed-role/deploy/*'],
    why: session('deploy'),
  },
  'a deploy role of any account: of the resource’s own': {
    cause: { by: 'arn:aws:sts::111122223333:assumed-role/deploy-shop/run-7' },
    deployRoles: ['arn:aws:iam::*:role/deploy-*'],
  },
  'a deploy role of another account that is named': {
    cause: { by: 'arn:aws:sts::111122223333:assumed-role/deploy/run-7' },
    deployRoles: ['arn:aws:iam::111122223333:role/deploy'],
    why: 'arn:aws:sts::111122223333:assumed-role/deploy/run-7',
  },
  'a deploy role, by a glob with the path that it has': {
    cause: {
      by: session('deploy-shop'),
      issuer: 'arn:aws:iam::123456789012:role/cdk/deploy-shop',
    },
    deployRoles: ['arn:aws:iam::123456789012:role/cdk/deploy-*'],
    why: session('deploy-shop'),
  },
  'a role of another path, named so that its sessions look the same': {
    cause: {
      by: session('deploy-shop'),
      issuer: 'arn:aws:iam::123456789012:role/mallory/deploy-shop',
    },
    deployRoles: ['arn:aws:iam::123456789012:role/cdk/deploy-*'],
  },
  'somebody of another account, of whom CloudTrail shows an opaque id': {
    cause: { by: '111122223333/AROAEXAMPLE:deploy', account: '111122223333' },
    deployRoles: ['arn:aws:iam::*:role/*', '**'],
  },
  'a deploy user': {
    cause: { by: 'arn:aws:iam::123456789012:user/ci' },
    deployRoles: ['arn:aws:iam::123456789012:user/ci'],
    why: 'user/ci',
  },
  'a role whose name only begins like the deploy role’s': {
    cause: { by: session('deployment-reader') },
    deployRoles: ['arn:aws:iam::123456789012:role/deploy'],
  },
  'a role of that name in another account': {
    cause: { by: 'arn:aws:sts::111122223333:assumed-role/deploy/run-7' },
    deployRoles: ['arn:aws:iam::123456789012:role/deploy'],
  },
  'a session that is named like a deploy role': {
    cause: { by: 'arn:aws:sts::123456789012:assumed-role/mallory/deploy' },
    deployRoles: ['arn:aws:iam::123456789012:role/deploy'],
  },
  'somebody else moves what a stack owns': { tags: stack },
  'a stack moves what it owns': {
    tags: stack,
    cause: { by: session('cfn-exec'), invokedBy: 'cloudformation.amazonaws.com' },
    deployRoles: ['arn:aws:iam::*:role/cfn-exec'],
    why: 'cloudformation.amazonaws.com',
  },
  'a stack that nobody who deploys has made moves it': {
    tags: stack,
    cause: { invokedBy: 'cloudformation.amazonaws.com' },
  },
  'EKS owns it': { tags: { 'aws:eks:cluster-name': 'prod' }, why: 'aws:eks:cluster-name' },
  'a cluster owns it': {
    tags: { 'kubernetes.io/cluster/prod': 'owned' },
    why: 'kubernetes.io/cluster/prod',
  },
  'a service of Kubernetes owns it': {
    tags: { 'kubernetes.io/service-name': 'default/web' },
    why: 'kubernetes.io/service-name',
  },
  'the load balancer controller owns it': {
    tags: { 'elbv2.k8s.aws/cluster': 'prod' },
    why: 'elbv2.k8s.aws/cluster',
  },
  'an AWS service requested it': {
    tags: { 'aws:requester-managed': 'true' },
    why: 'aws:requester-managed',
  },
  'a tag only looks like a controller’s': {
    tags: { 'my-kubernetes.io/cluster/prod': 'owned', 'eks:other': 'x' },
  },
};

describe('ownership', () => {
  it.each(Object.entries(cases))('%s', (_, { cause = {}, tags = {}, deployRoles = [], why }) => {
    const owned = ownershipOf({ tags, causes: [by(cause)], deployRoles, account });
    if (why === undefined) expect(owned.why).toBeUndefined();
    else expect(owned.why).toContain(why);
  });

  const deployRoles = ['arn:aws:iam::123456789012:role/deploy'];
  const deployer = by({ id: '1', by: session('deploy') });

  it('counts the owner among several who can have done it', () => {
    const causes = [deployer, by({ id: '2' })];
    expect(ownershipOf({ tags: {}, causes, deployRoles, account }).why).toContain('deploy');
  });

  it('counts one whose call does not name the resource only where nobody else can have done it', () => {
    const passing = { ...deployer, reach: ['rules'] };
    const among = { tags: {}, causes: [passing, by({ id: '2' })], deployRoles, account };
    expect(ownershipOf(among).why).toBeUndefined();
    expect(ownershipOf({ ...among, causes: [passing] }).why).toContain('deploy');
  });

  const driftedAt = '2026-06-15T12:00:00.000Z';
  const cluster = 'kubernetes.io/cluster/prod';
  it.each([
    ['was read before the drift', { [cluster]: '2026-06-15T11:00:00.000Z' }, true],
    ['was first read with the drift', { [cluster]: driftedAt }, false],
    ['was never read before', {}, false],
  ])('counts a controller’s tag that %s: %j, %j', (_, controllerTags, isOwned) => {
    const tagged = { tags: { [cluster]: 'owned' }, controllerTags, driftedAt };
    const { why } = ownershipOf({ ...tagged, causes: [deployer], deployRoles: [], account });
    expect(why !== undefined).toBe(isOwned);
    expect(whyOwnedHost(tagged) !== undefined).toBe(isOwned);
  });

  it('counts a tag that AWS alone can set, whenever it came', () => {
    const tags = { 'aws:eks:cluster-name': 'prod' };
    const owned = { tags, driftedAt, causes: [], deployRoles: [], account };
    expect(ownershipOf(owned).why).toContain('aws:eks:cluster-name');
  });

  it.each([
    ['nobody is known', []],
    ['only we are', [by({ ours: true })]],
  ])('leaves to a stack what it owns where %s to have changed it', (_, causes) => {
    expect(ownershipOf({ tags: stack, causes, deployRoles: [], account })).toEqual({
      why: 'a stack owns the resource, and who changed it is not known',
      stack: 'shop',
      logicalId: 'PhotosBucket',
    });
    expect(ownershipOf({ tags: {}, causes, deployRoles: [], account })).toEqual({});
  });
});
