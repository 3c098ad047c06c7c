import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { ownershipOf } from '../../../lib/engine/remediation/ownership.ts';

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
  'CloudFormation called for somebody': {
    cause: { invokedBy: 'cloudformation.amazonaws.com' },
    why: 'CloudFormation',
  },
  'CloudFormation called from its own address': {
    cause: { from: 'cloudformation.amazonaws.com', userAgent: 'cloudformation.amazonaws.com' },
    why: 'CloudFormation',
  },
  'Terraform called': { cause: { userAgent: terraform }, why: 'Terraform' },
  'OpenTofu called': { cause: { userAgent: 'OpenTofu/1.8.2' }, why: 'OpenTofu' },
  'Pulumi called': { cause: { userAgent: 'APN/1.0 Pulumi/1.0 PulumiAws/6.52.0' }, why: 'Pulumi' },
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
    cause: { invokedBy: 'cloudformation.amazonaws.com' },
    why: 'CloudFormation',
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
    const owned = ownershipOf({ tags, causes: [by(cause)], deployRoles });
    if (why === undefined) expect(owned.why).toBeUndefined();
    else expect(owned.why).toContain(why);
  });

  it('counts the owner among several who can have done it', () => {
    const causes = [by({ id: '1', userAgent: terraform }), by({ id: '2' })];
    expect(ownershipOf({ tags: {}, causes, deployRoles: [] }).why).toContain('Terraform');
  });

  it.each([
    ['nobody is known', []],
    ['only we are', [by({ ours: true })]],
  ])('leaves to a stack what it owns where %s to have changed it', (_, causes) => {
    expect(ownershipOf({ tags: stack, causes, deployRoles: [] })).toEqual({
      why: 'a stack owns the resource, and who changed it is not known',
      stack: 'shop',
      logicalId: 'PhotosBucket',
    });
    expect(ownershipOf({ tags: {}, causes, deployRoles: [] })).toEqual({});
  });
});
