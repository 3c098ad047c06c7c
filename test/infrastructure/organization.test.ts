import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { allControls } from '../../lib/controls/index.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import { MembersStack } from '../../lib/infrastructure/members-stack.ts';
import { templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { decideOn, decideTrust, type Policy } from '../../lib/local/iam/iam-policy.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { matches } from './events/event-matcher.ts';
import { quietApp } from './quiet-app.ts';
import { nagged, synthesised } from './synthesised.ts';
import { type Resource, resourcesIn, rolePoliciesIn, statementsIn } from './template.ts';

const controls = await allControls();
const catalogue = { types: resourceTypes, controls };
const hub = '123456789012';
const lone = '999988887777';
const inside = '444455556666';
const id = 'o-abcdef1234';
const unit = 'ou-ab12-11111111';
const operator = `arn:aws:iam::${hub}:user/alice`;
const written = (organization = '') =>
  `accounts: ['${lone}']
operators: ['${operator}']
organization: { id: ${id}${organization} }
regions: [eu-west-1]
mode: plan
controls: { S3.8: { mode: remediate } }
`;
const changing = `, organizationalUnits: [${unit}], exclude: ['111122223333'], overrides: [{ organizationalUnit: ${unit}, remediate: true }, { account: '${inside}', remediate: false }]`;
const { template, stack } = await synthesised(written(changing));

const membersOf = (yaml: string) => {
  const app = quietApp();
  const baseline = baselineFrom(yaml, 'plumbline.yaml', controls);
  const { organization } = baseline;
  if (!organization) throw new Error('the baseline names no organization');
  const members = new MembersStack(app, 'PlumblineMembers', {
    baseline: { ...baseline, organization },
    catalogue,
  });
  const all = Template.fromStack(members);
  const assembly = app.synth();
  const assets = JSON.parse(
    readFileSync(join(assembly.directory, 'PlumblineMembers.assets.json'), 'utf8'),
  ).files as Record<string, { displayName: string; source: { path: string } }>;
  const body = (name: string) => {
    const found = Object.values(assets).find(
      ({ displayName }) => displayName === `${name}Template`,
    );
    return readFileSync(join(assembly.directory, found?.source.path ?? ''), 'utf8');
  };
  const sets = Object.fromEntries(
    resourcesIn(all, 'AWS::CloudFormation::StackSet').map((one) => [
      one.properties.StackSetName,
      one.properties,
    ]),
  );
  return { members, all, sets, body };
};
const deployed = membersOf(written(changing));

describe('the roles of the hub', () => {
  it('may list the accounts of the organization, and none may write StackSets', () => {
    const allowed = rolePoliciesIn(template).flatMap((policy) =>
      statementsIn(policy).flatMap(({ actions, effect }) => (effect === 'Allow' ? actions : [])),
    );
    expect(allowed).toContain('organizations:ListAccountsForParent');
    const writing = allowed.filter(
      (action) =>
        /StackSet|StackInstances|^cloudformation:\*|^\*/i.test(action) ||
        (/^organizations:/.test(action) && !/:(Describe|List)/.test(action)),
    );
    expect(writing).toEqual([]);
  });

  it('enter accounts of the organization alone, by roles of these names, and lone ones by exact ARN', () => {
    const entering = rolePoliciesIn(template)
      .flatMap(statementsIn)
      .filter(({ actions }) => actions.includes('sts:AssumeRole'));
    const wide = entering.filter(({ resources }) => resources.some((arn) => arn.includes('::*:')));
    expect(wide.length).toBeGreaterThan(2);
    for (const { condition, resources } of wide) {
      expect(condition).toEqual({ StringEquals: { 'aws:ResourceOrgID': id } });
      for (const arn of resources)
        expect(arn).toMatch(/^arn:aws:iam::\*:role\/Plumbline-(Read|Publish|Remediator)$/);
    }
    const exact = entering
      .filter((one) => !wide.includes(one))
      .flatMap(({ resources }) => resources);
    expect(exact).toContain(`arn:aws:iam::${lone}:role/Plumbline-Read`);
    expect(exact.join()).not.toContain('*');
  });

  it('become whoever changes something only where that is said of a unit or an account', async () => {
    const { template: other } = await synthesised(written());
    const remediators = (of: Template) =>
      JSON.stringify(rolePoliciesIn(of)).match(/::\*:role\/Plumbline-Remediator/g) ?? [];
    expect(remediators(template)).toHaveLength(1);
    expect(remediators(other)).toHaveLength(0);
  });

  it('are told that accounts came or went by a message that says nothing else', () => {
    const rules = resourcesIn(template, 'AWS::Events::Rule').filter(({ properties }) =>
      JSON.stringify(properties.EventPattern ?? {}).includes('aws.organizations'),
    );
    expect(rules.map(({ properties }) => properties.EventBusName)).toEqual(
      expect.arrayContaining([undefined, expect.stringMatching(/Ears/)]),
    );
    for (const { properties } of rules)
      expect(properties.Targets).toMatchObject([{ Input: '{"version":1,"sweep":"roster"}' }]);
  });

  it('are told by calls that did something alone', () => {
    const patterns = resourcesIn(template, 'AWS::Events::Rule')
      .map(({ properties }) => properties.EventPattern ?? {})
      .filter((pattern) => JSON.stringify(pattern).includes('aws.organizations'));
    expect(patterns).toHaveLength(2);
    const called = (eventName: string, errorCode?: string) => ({
      source: 'aws.organizations',
      'detail-type': 'AWS API Call via CloudTrail',
      detail: { eventName, ...(errorCode === undefined ? {} : { errorCode }) },
    });
    for (const pattern of patterns) {
      expect(matches(pattern, called('LeaveOrganization'))).toBe(true);
      expect(matches(pattern, called('MoveAccount'))).toBe(true);
      expect(matches(pattern, called('LeaveOrganization', 'AccessDenied'))).toBe(false);
    }
  });

  it('list them in a function that has time for a thousand accounts, and whose messages stay held', () => {
    const sweeping = resourcesIn(template, 'AWS::Lambda::Function').filter(
      ({ properties }) => properties.Handler === 'sweep.handler',
    );
    expect(sweeping.map(({ properties }) => properties.Timeout)).toEqual([300]);
    const held = resourcesIn(template, 'AWS::SQS::Queue').map(
      ({ properties }) => properties.VisibilityTimeout,
    );
    expect(held).toContain(6 * 300);
  });

  it('are no more than cdk-nag allows', () => {
    expect(nagged(stack)).toEqual([]);
    expect(nagged(deployed.members)).toEqual([]);
  });
});

interface Putter {
  readonly arn: string;
  readonly organization?: string;
  readonly source?: string;
}
const putting = ({ arn, organization, source = 'aws.ec2' }: Putter) => {
  const [bus] = resourcesIn(template, 'AWS::Events::EventBus');
  const policy: Policy = bus?.properties.Policy;
  const account = arn.split(':')[4] ?? '';
  const context = new Map([
    ['aws:principalarn', [arn]],
    ['aws:principalaccount', [account]],
    ['events:source', [source]],
    ...(organization === undefined ? [] : [['aws:principalorgid', [organization]] as const]),
  ]);
  const resource = `arn:aws:events:us-east-1:${hub}:event-bus/Plumbline-Ears`;
  return decideOn(
    policy,
    { action: 'events:PutEvents', resource, context },
    { AWS: [arn, `arn:aws:iam::${account}:root`, account] },
  );
};
const forward = (account: string) => `arn:aws:iam::${account}:role/Plumbline-Forward`;

describe('the bus', () => {
  it.each([
    ['an account of the organization', { arn: forward(inside), organization: id }],
    ['the hub', { arn: forward(hub), organization: id }],
    ['a lone account of no organization', { arn: forward(lone) }],
    ['a lone account of another one', { arn: forward(lone), organization: 'o-another1234' }],
  ])('takes events by the ears’ role of %s', (_, putter) => {
    expect(putting(putter)).toBe('allowed');
  });

  it.each([
    ['that role of an account of no organization', { arn: forward('111111111111') }],
    [
      'that role of an account of another organization',
      { arn: forward('111111111111'), organization: 'o-another1234' },
    ],
    [
      'another role of the organization',
      { arn: `arn:aws:iam::${inside}:role/Admin`, organization: id },
    ],
    [
      'a role of that name below a path',
      { arn: `arn:aws:iam::${inside}:role/x/Plumbline-Forward`, organization: id },
    ],
    [
      'a role that is named nearly so',
      { arn: `arn:aws:iam::${inside}:role/Plumbline-Forward2`, organization: id },
    ],
    [
      'a user of that name',
      { arn: `arn:aws:iam::${inside}:user/Plumbline-Forward`, organization: id },
    ],
    ['whoever administers the hub', { arn: `arn:aws:iam::${hub}:role/Admin`, organization: id }],
    [
      'what partners of AWS send, even by that role',
      { arn: forward(inside), organization: id, source: 'aws.partner/example.com/x' },
    ],
  ])('denies %s', (_, putter) => {
    expect(putting(putter)).toBe('denied');
  });
});

describe('the StackSets of the members', () => {
  it('are deployed by the service, roles first, so that one account stops no other', () => {
    expect(Object.keys(deployed.sets)).toEqual([
      'PlumblineMemberRoles',
      'PlumblineMemberChanges',
      'PlumblineMember',
    ]);
    for (const [name, set] of Object.entries<Resource['properties']>(deployed.sets)) {
      expect(set).toMatchObject({
        PermissionModel: 'SERVICE_MANAGED',
        AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
        ManagedExecution: { Active: true },
        OperationPreferences: {
          ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
          FailureTolerancePercentage: 100,
          MaxConcurrentPercentage: 100,
          RegionConcurrencyType: 'PARALLEL',
        },
      });
      expect(set.AutoDeployment.DependsOn ?? []).toEqual(
        name === 'PlumblineMemberRoles'
          ? []
          : ['arn:aws:cloudformation:us-east-1:123456789012:stackset/<Roles>'],
      );
    }
  });

  it('aim at the units and accounts that are governed, and what changes something where that is said', () => {
    const targetsOf = (name: string) => deployed.sets[name].StackInstancesGroup;
    const governed = {
      OrganizationalUnitIds: [unit],
      Accounts: ['111122223333'],
      AccountFilterType: 'DIFFERENCE',
    };
    expect(targetsOf('PlumblineMemberRoles')).toEqual([
      { DeploymentTargets: governed, Regions: ['us-east-1'] },
    ]);
    expect(targetsOf('PlumblineMember')).toEqual([
      { DeploymentTargets: governed, Regions: ['us-east-1', 'eu-west-1'] },
    ]);
    expect(targetsOf('PlumblineMemberChanges')).toEqual([
      {
        DeploymentTargets: { ...governed, Accounts: ['111122223333', inside] },
        Regions: ['us-east-1'],
      },
    ]);
  });

  it('take the root where the whole organization, or an account by id, is governed', () => {
    const whole = membersOf(written()).sets;
    expect(Object.keys(whole)).toEqual(['PlumblineMemberRoles', 'PlumblineMember']);
    expect(whole['PlumblineMemberRoles'].StackInstancesGroup[0].DeploymentTargets).toEqual({
      OrganizationalUnitIds: ['<Root>'],
    });
    const named = membersOf(written(`, organizationalUnits: [${unit}], accounts: ['${inside}']`));
    expect(
      named.sets['PlumblineMember'].StackInstancesGroup.map(
        (one: { DeploymentTargets: unknown }) => one.DeploymentTargets,
      ),
    ).toEqual([
      { OrganizationalUnitIds: [unit] },
      {
        OrganizationalUnitIds: ['<Root>'],
        Accounts: [inside],
        AccountFilterType: 'INTERSECTION',
      },
    ]);
  });

  it('hold templates that AWS takes, with all regions and all controls', () => {
    const { body } = membersOf(
      `organization: { id: ${id}, overrides: [{ organizationalUnit: ${unit}, remediate: true }] }\nregions: all\npresets: [all]\ncontrols: { S3.8: { mode: remediate } }\n`,
    );
    for (const name of ['Roles', 'Changes', 'Ears']) {
      const text = body(name);
      const bytes = Buffer.byteLength(text);
      const faults = templateFaults(JSON.parse(text), {
        bytes,
        stackName: 'StackSet-PlumblineMember-x',
      });
      expect([name, faults]).toEqual([name, []]);
      // A StackSet of an organization takes neither transforms nor what is not in the template.
      expect(text).not.toMatch(/"Transform"|Fn::Transform|AWS::CloudFormation::Stack"/);
    }
  });
});

interface Caller {
  readonly arn?: string;
  readonly account?: string;
  readonly organization?: string | undefined;
  readonly externalId?: string;
  readonly action?: string;
  readonly sourceIdentity?: string;
}
const externalId = 'arn:aws:cloudformation:us-east-1:123456789012:stack/Plumbline/5f6a';
const roles = (name: string): readonly Resource[] =>
  resourcesIn(
    Template.fromString(
      deployed
        .body(name)
        .replaceAll('{"Ref":"Hub"}', `"${hub}"`)
        .replaceAll(`\${Hub}`, hub)
        .replaceAll('{"Ref":"ExternalId"}', `"${externalId}"`),
    ),
    'AWS::IAM::Role',
  );
const assuming = (of: string, role: string, caller: Caller = {}) => {
  const found = roles(of).find(({ properties }) => properties.RoleName === role);
  const trust: Policy = found?.properties.AssumeRolePolicyDocument;
  const account = caller.account ?? hub;
  const arn = caller.arn ?? `arn:aws:iam::${hub}:role/Plumbline-Evaluate`;
  const organization = 'organization' in caller ? caller.organization : id;
  const context = new Map([
    ['aws:principalarn', [arn]],
    ['sts:externalid', [caller.externalId ?? externalId]],
    ...(organization === undefined ? [] : [['aws:principalorgid', [organization]] as const]),
    ...(caller.sourceIdentity === undefined
      ? []
      : [['sts:sourceidentity', [caller.sourceIdentity]] as const]),
  ]);
  const { action = 'sts:AssumeRole' } = caller;
  return decideTrust(
    trust,
    { action, resource: '*', context },
    {
      AWS: [arn, `arn:aws:iam::${account}:root`, account],
    },
  );
};

describe('the roles of an account of the organization', () => {
  it('let in the hub, in this organization', () => {
    expect(assuming('Roles', 'Plumbline-Read')).toBe('allowed');
    expect(assuming('Roles', 'Plumbline-Publish')).toBe('allowed');
    expect(assuming('Roles', 'Plumbline-Read', { arn: operator })).toBe('allowed');
  });

  it.each([
    ['the hub, once it has left the organization', { organization: undefined }],
    ['the hub in another organization', { organization: 'o-another1234' }],
    [
      'a role of the same name in an account of the organization',
      { arn: `arn:aws:iam::${inside}:role/Plumbline-Evaluate`, account: inside },
    ],
    [
      'a role of the same name outside of it',
      {
        arn: 'arn:aws:iam::111111111111:role/Plumbline-Evaluate',
        account: '111111111111',
        organization: undefined,
      },
    ],
    ['whoever else of the hub', { arn: `arn:aws:iam::${hub}:role/Admin` }],
    ['another installation', { externalId: `${externalId}1` }],
  ])('let not in %s', (_, caller) => {
    for (const role of ['Plumbline-Read', 'Plumbline-Publish'])
      expect([role, assuming('Roles', role, caller)]).toEqual([role, 'not allowed']);
  });

  it('let be changed by the function that acts, and only with the action that it acts for', () => {
    const acting = { arn: `arn:aws:iam::${hub}:role/Plumbline-Remediate` };
    const naming = { ...acting, sourceIdentity: 'pl-0123456789abcdef' };
    expect(assuming('Changes', 'Plumbline-Remediator', naming)).toBe('allowed');
    for (const caller of [
      acting,
      { ...naming, organization: undefined },
      { ...naming, arn: `arn:aws:iam::${hub}:role/Plumbline-Evaluate` },
      { ...naming, arn: operator },
    ])
      expect(assuming('Changes', 'Plumbline-Remediator', caller)).toBe('not allowed');
  });

  it('let nothing be changed where the base alone stands', () => {
    expect(roles('Roles').map(({ properties }) => properties.RoleName)).toEqual([
      'Plumbline-Read',
      'Plumbline-Publish',
      'Plumbline-Forward',
    ]);
    expect(roles('Ears')).toEqual([]);
  });
});
