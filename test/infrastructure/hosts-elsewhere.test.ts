import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { allControls } from '../../lib/controls/index.ts';
import { areas } from '../../lib/hosts/control.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import { documentsFor } from '../../lib/infrastructure/constructs/hosts-documents.ts';
import { MemberChangesStack } from '../../lib/infrastructure/member-changes-stack.ts';
import {
  MemberHostsStack,
  memberHostsTemplate,
} from '../../lib/infrastructure/member-hosts-stack.ts';
import { MemberStack } from '../../lib/infrastructure/member-stack.ts';
import { quotas } from '../../lib/infrastructure/quotas.ts';
import { templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { decideTrust, type Policy } from '../../lib/local/iam/iam-policy.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { quietApp } from './quiet-app.ts';
import { nagged, synthesised } from './synthesised.ts';
import { allowedTo, type Resource, resourcesIn, statementsOf } from './template.ts';

const controls = await allControls();
const catalogue = { types: resourceTypes, controls };
const member = '444455556666';
const hub = {
  account: '123456789012',
  externalId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/Plumbline/5f6a9d1e-0000',
};
const everything = `hosts: { areas: [${areas.join(', ')}] }`;
const yaml = `operators: ['arn:aws:iam::${hub.account}:user/alice']
accounts: [{ id: '${member}', remediate: true }, '777788889999']
regions: [eu-west-1]
${everything}
controls: { PL.SSH.4: { mode: plan } }
`;
const baselineOf = (text: string) => baselineFrom(text, 'plumbline.yaml', controls);
const memberStack = <S extends Stack>(make: (app: App) => S): S => make(quietApp());
const propsOf = (text: string) => ({ hub, baseline: baselineOf(text), catalogue });
const { stack, template } = await synthesised(yaml);
const there = memberStack(
  (app) => new MemberHostsStack(app, 'PlumblineMemberHosts', propsOf(yaml)),
);
const inMember = Template.fromStack(there);
const named = (id: string): Stack => {
  const found = stack.node.root.node.children.find(
    (one): one is Stack => one instanceof Stack && one.stackName === id,
  );
  if (!found) throw new Error(`there is no stack ${id}`);
  return found;
};
const patternsOf = (all: Template): readonly unknown[] =>
  resourcesIn(all, 'AWS::Events::Rule').map(({ properties }) => properties.EventPattern);
const onBus = (name: string): Resource => {
  const found = resourcesIn(template, 'AWS::Events::Rule').find(
    ({ id, properties }) => properties.EventBusName !== undefined && id.includes(name),
  );
  if (!found) throw new Error(`the bus has no rule ${name}`);
  return found;
};
const states = {
  source: ['aws.ec2'],
  'detail-type': ['EC2 Instance State-change Notification'],
};
const namesIn = (all: Template): readonly string[] =>
  resourcesIn(all, 'AWS::SSM::Document').map(({ properties }) => properties.Name);

describe('another region of the account', () => {
  const ears = Template.fromStack(named('PlumblineEars-eu-west-1'));
  const hosts = named('PlumblineHosts-eu-west-1');

  it('has the documents that the home region has, in a stack of their own that stands first', () => {
    expect(namesIn(Template.fromStack(hosts))).toEqual(namesIn(template));
    expect(namesIn(Template.fromStack(hosts))).toEqual(documentsFor(areas).map(({ name }) => name));
    expect(stack.dependencies).toContain(hosts);
    expect(nagged(hosts)).toEqual([]);
  });

  it('has what its instances become, and what its hosts answer, brought home, each once', () => {
    const heard = patternsOf(ears);
    expect(
      heard.filter((one) => JSON.stringify(one).includes('State-change Notification')),
    ).toEqual([states]);
    expect(heard).toContainEqual({
      source: ['aws.ssm'],
      'detail-type': ['EC2 Command Invocation Status-change Notification'],
      detail: {
        'document-name': [{ prefix: 'Plumbline-' }],
        status: ['Success', 'Failed', 'TimedOut', 'Cancelled', 'ExecutionTimedOut'],
      },
    });
  });

  it('is heard at home by those who evaluate instances, and by those who deal with hosts', () => {
    const targets = (name: string) =>
      onBus(name)
        .properties.Targets.map(({ Arn }: { Arn: string }) => Arn.replace(/[0-9A-F]{8}\.Arn/, ''))
        .toSorted();
    expect(targets('InstanceStates')).toEqual([
      '<AuditsQueue>',
      '<ChangesQueue>',
      '<HostResultsInboxQueue>',
    ]);
    expect(targets('HostAnswered')).toEqual(['<HostResultsInboxQueue>']);
    for (const pattern of [onBus('InstanceStates'), onBus('HostAnswered')])
      expect(patternsOf(ears)).toContainEqual(pattern.properties.EventPattern);
  });

  it('brings no instance to whoever evaluates changes where no control is on any', async () => {
    const instances = controls.filter(({ resources }) =>
      resources.some(({ type }) => type === 'AWS::EC2::Instance'),
    );
    expect(instances.length).toBeGreaterThan(3);
    const off = instances.map(({ id }) => `  ${id}: { enabled: false }`).join('\n');
    const { template: without } = await synthesised(
      `regions: [eu-west-1]\n${everything}\ncontrols:\n${off}\n`,
    );
    const rule = resourcesIn(without, 'AWS::Events::Rule').find(({ id }) =>
      id.includes('InstanceStates'),
    );
    const arns = rule?.properties.Targets.map(({ Arn }: { Arn: string }) => Arn).join();
    expect(arns).toContain('AuditsQueue');
    expect(arns).not.toContain('ChangesQueue');
  });
});

describe('the functions that deal with hosts', () => {
  it('ask in the governed regions alone, with documents of these names', () => {
    const sends = allowedTo(template, 'AuditHostsRole').filter((one) => /SendCommand/.test(one));
    expect(sends).toContain(
      'ssm:SendCommand arn:aws:ssm:*:123456789012:document/Plumbline-AuditHost-ssh',
    );
    expect(sends.filter((one) => /Harden|document\/\*/.test(one))).toEqual([]);
    for (const role of ['AuditHostsRole', 'HostResultsRole'])
      expect(statementsOf(template, role)).toContainEqual(
        expect.objectContaining({
          effect: 'Deny',
          condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
        }),
      );
  });

  it('have names that members trust, and become the role for hosts and, to publish, that for findings', () => {
    const becoming = (role: string) =>
      allowedTo(template, role).filter((one) => one.startsWith('sts:'));
    const roles = (...which: string[]) =>
      [member, '777788889999'].flatMap((account) =>
        which.map((name) => `sts:AssumeRole arn:aws:iam::${account}:role/Plumbline-${name}`),
      );
    expect(becoming('AuditHostsRole')).toEqual(roles('Hosts').toSorted());
    expect(becoming('HostResultsRole')).toEqual(roles('Hosts', 'Publish').toSorted());
    const named = resourcesIn(template, 'AWS::IAM::Role').map(
      ({ properties }) => properties.RoleName,
    );
    expect(named).toEqual(
      expect.arrayContaining(['Plumbline-AuditHosts', 'Plumbline-HostResults']),
    );
  });

  it('keep their names of old where no other account is governed', async () => {
    const { template: alone } = await synthesised(`${everything}\n`);
    const roles = resourcesIn(alone, 'AWS::IAM::Role').map(({ properties }) => properties.RoleName);
    expect(roles.filter((one) => one !== undefined)).toEqual([]);
    const lambda = resourcesIn(alone, 'AWS::Lambda::Function').find(
      ({ properties }) => properties.Handler === 'audit-hosts.handler',
    );
    expect(lambda?.properties.Environment.Variables).not.toHaveProperty('READS_AS');
  });
});

describe('what a member account holds for hosts', () => {
  const [role] = resourcesIn(inMember, 'AWS::IAM::Role');

  it('are the same documents, in each region, and one role in the home region', () => {
    expect(namesIn(inMember)).toEqual(namesIn(template));
    expect(role?.properties.RoleName).toBe('Plumbline-Hosts');
    expect(inMember.findResources('AWS::IAM::Role', { Condition: 'IsHome' })).not.toEqual({});
    expect(inMember.findResources('AWS::SSM::Document', { Condition: 'IsHome' })).toEqual({});
  });

  it('is a role that sends what only looks, and changes nothing', () => {
    const allowed = allowedTo(inMember, 'HomeHosts');
    const sends = allowed.filter((one) => one.startsWith('ssm:SendCommand'));
    expect(sends).toEqual([
      'ssm:SendCommand arn:aws:ec2:*:123456789012:instance/*',
      ...documentsFor(areas)
        .filter(({ name }) => name.startsWith('Plumbline-AuditHost'))
        .map(({ name }) => `ssm:SendCommand arn:aws:ssm:*:123456789012:document/${name}`)
        .toSorted(),
    ]);
    expect([...new Set(allowed.map((one) => one.split(' ')[0]))]).toEqual([
      'ec2:DescribeInstances',
      'ssm:DescribeDocument',
      'ssm:DescribeInstanceInformation',
      'ssm:GetCommandInvocation',
      'ssm:GetDocument',
      'ssm:PutComplianceItems',
      'ssm:SendCommand',
    ]);
  });

  it.each<[string, string, object, string]>([
    ['the function that audits', 'AuditHosts', {}, 'allowed'],
    ['the one that hears answers', 'HostResults', {}, 'allowed'],
    ['the one that changes hosts, which looks', 'Remediate', {}, 'allowed'],
    ['the one that evaluates', 'Evaluate', {}, 'not allowed'],
    ['nobody without the external id', 'AuditHosts', { externalId: 'other' }, 'not allowed'],
    ['nobody of that name elsewhere', 'AuditHosts', { account: '999999999999' }, 'not allowed'],
  ])('lets %s in, or not', (_, name, over, expected) => {
    const { account, externalId } = { ...hub, ...over };
    const arn = `arn:aws:iam::${account}:role/Plumbline-${name}`;
    const trust: Policy = role?.properties.AssumeRolePolicyDocument;
    const context = new Map([
      ['aws:principalarn', [arn]],
      ['sts:externalid', [externalId]],
    ]);
    const names = { AWS: [arn, `arn:aws:iam::${account}:root`, account] };
    const asked = { action: 'sts:AssumeRole', resource: '*', context };
    expect(decideTrust(trust, asked, names)).toBe(expected);
  });

  it('has findings published by the function that hears answers, where hosts are audited alone', () => {
    const publisher = (text: string) =>
      JSON.stringify(
        resourcesIn(
          Template.fromStack(
            memberStack((app) => new MemberStack(app, 'PlumblineMember', propsOf(text))),
          ),
          'AWS::IAM::Role',
        ).find(({ properties }) => properties.RoleName === 'Plumbline-Publish')?.properties,
      );
    expect(publisher(yaml)).toContain('role/Plumbline-HostResults');
    expect(publisher(`accounts: ['${member}']\n`)).not.toContain('HostResults');
  });

  it('lets hosts be changed by the role that plans are carried out by, where the baseline says so', () => {
    const changes = (text: string) =>
      allowedTo(
        Template.fromStack(
          memberStack(
            (app) => new MemberChangesStack(app, 'PlumblineMemberChanges', propsOf(text)),
          ),
        ),
        'Remediator',
      ).filter((one) => one.startsWith('ssm:SendCommand'));
    const document = 'ssm:SendCommand arn:aws:ssm:*:123456789012:document/Plumbline';
    expect(changes(yaml)).toEqual([
      'ssm:SendCommand arn:aws:ec2:*:123456789012:instance/*',
      `${document}-ConfirmHost`,
      `${document}-HardenHost-ssh`,
      `${document}-RollbackHost`,
    ]);
    expect(changes(yaml.replace('plan', 'observe'))).toEqual([]);
  });

  it('is no more than AWS takes, with every area, and has no partition written into it', () => {
    const body = memberHostsTemplate(propsOf(yaml));
    const bytes = Buffer.byteLength(body);
    expect(templateFaults(JSON.parse(body), { bytes, stackName: 'PlumblineMemberHosts' })).toEqual(
      [],
    );
    expect(bytes).toBeLessThan(0.9 * quotas.cloudFormation.templateBytes);
    expect(JSON.stringify(JSON.parse(body).Resources.HomeHosts ?? '')).not.toContain('arn:aws:');
    expect(nagged(there)).toEqual([]);
  });
});

describe('an organization whose hosts are audited', () => {
  it('has a StackSet of the documents in each region, after that of the roles', async () => {
    const { MembersStack } = await import('../../lib/infrastructure/members-stack.ts');
    const app = quietApp();
    const baseline = baselineOf(
      `organization: { id: o-abcdef1234 }\nregions: [eu-west-1]\n${everything}\n`,
    );
    const { organization } = baseline;
    if (!organization) throw new Error('the baseline names no organization');
    const members = new MembersStack(app, 'PlumblineMembers', {
      baseline: { ...baseline, organization },
      catalogue,
    });
    const sets = resourcesIn(Template.fromStack(members), 'AWS::CloudFormation::StackSet');
    const hosts = sets.find(({ properties }) => /Hosts$/.test(properties.StackSetName));
    expect(hosts?.properties).toMatchObject({
      StackSetName: 'PlumblineMemberHosts',
      StackInstancesGroup: [{ Regions: ['us-east-1', 'eu-west-1'] }],
      AutoDeployment: { DependsOn: [expect.stringContaining('stackset')] },
    });
    const { files } = JSON.parse(
      readFileSync(join(app.synth().directory, 'PlumblineMembers.assets.json'), 'utf8'),
    ) as { files: Record<string, { displayName: string; source: { path: string } }> };
    const asset = Object.values(files).find(({ displayName }) => displayName === 'HostsTemplate');
    const body = readFileSync(join(app.outdir, asset?.source.path ?? ''), 'utf8');
    expect(Buffer.byteLength(body)).toBeLessThan(quotas.cloudFormation.templateBytes);
    expect(Object.keys(JSON.parse(body).Parameters).toSorted()).toEqual(['ExternalId', 'Hub']);
  });
});
