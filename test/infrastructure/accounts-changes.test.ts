import { Template } from 'aws-cdk-lib/assertions';
import { allControls } from '../../lib/controls/index.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import {
  MemberChangesStack,
  memberChangesTemplate,
} from '../../lib/infrastructure/member-changes-stack.ts';
import { MemberStack, memberTemplate } from '../../lib/infrastructure/member-stack.ts';
import { templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { decideTrust, type Policy } from '../../lib/local/iam/iam-policy.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { quietApp } from './quiet-app.ts';
import { nagged, synthesised } from './synthesised.ts';
import { allowedTo, resourcesIn, statementsOf } from './template.ts';

const controls = await allControls();
const catalogue = { types: resourceTypes, controls };
/** The bytes of a template that CloudFormation takes without a bucket. */
const withoutBucket = 51_200;
const [changed, watched] = ['444455556666', '777788889999'];
const account = '123456789012';
const externalId = `arn:aws:cloudformation:us-east-1:${account}:stack/Plumbline/5f6a9d1e-0000`;
const hub = { account, externalId };
const operator = `arn:aws:iam::${account}:user/alice`;
const protectedRole = 'arn:aws:iam::*:role/break-glass';
const yaml = `operators: ['${operator}']
accounts: [{ id: '${changed}', remediate: true }, '${watched}']
mode: plan
regions: [eu-west-1]
remediation: { protectedRoles: ['${protectedRole}'] }
controls: { S3.8: { mode: remediate } }
`;
const baseline = baselineFrom(yaml, 'plumbline.yaml', controls);
const app = quietApp;
const changes = new MemberChangesStack(app(), 'PlumblineMemberChanges', {
  hub,
  baseline,
  catalogue,
});
const there = Template.fromStack(changes);
const { template } = await synthesised(yaml);
const [role] = resourcesIn(there, 'AWS::IAM::Role');

interface Caller {
  readonly arn?: string;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly action?: string;
}
const act = `arn:aws:iam::${account}:role/Plumbline-Remediate`;
const assuming = (caller: Caller = {}) => {
  const said = {
    arn: act,
    externalId,
    sourceIdentity: 'pl-1',
    action: 'sts:AssumeRole',
    ...caller,
  };
  const trust: Policy = role?.properties.AssumeRolePolicyDocument;
  const context = new Map([
    ['aws:principalarn', [said.arn]],
    ...(said.externalId === undefined ? [] : [['sts:externalid', [said.externalId]] as const]),
    ...(said.sourceIdentity === undefined
      ? []
      : [['sts:sourceidentity', [said.sourceIdentity]] as const]),
  ]);
  const of = said.arn.split(':')[4] ?? '';
  const names = { AWS: [said.arn, `arn:aws:iam::${of}:root`, of] };
  return decideTrust(trust, { action: said.action, resource: '*', context }, names);
};

describe('the role that changes something in another account', () => {
  it('is one, by its name, and is assumed by the function that acts', () => {
    expect(resourcesIn(there, 'AWS::IAM::Role')).toHaveLength(1);
    expect(role?.properties.RoleName).toBe('Plumbline-Remediator');
    expect(assuming()).toBe('allowed');
    expect(assuming({ action: 'sts:SetSourceIdentity' })).toBe('allowed');
  });

  it.each<readonly [string, Caller]>([
    ['that function without a source identity', { sourceIdentity: undefined }],
    ['it without the external id', { externalId: undefined }],
    ['it with that of another installation', { externalId: `${externalId}1` }],
    ['the function that evaluates', { arn: `arn:aws:iam::${account}:role/Plumbline-Evaluate` }],
    ['an operator', { arn: operator }],
    [
      'a role of that name below a path',
      { arn: `arn:aws:iam::${account}:role/x/Plumbline-Remediate` },
    ],
    [
      'one of that name in the account itself',
      { arn: `arn:aws:iam::${changed}:role/Plumbline-Remediate` },
    ],
    [
      'one of that name in a third account',
      { arn: `arn:aws:iam::${watched}:role/Plumbline-Remediate` },
    ],
    ['whoever tags the session', { action: 'sts:TagSession' }],
  ])('is not assumed by %s', (_, caller) => {
    expect(assuming(caller)).toBe('not allowed');
  });

  it('may write what plans write, and nothing that is not planned in the account', () => {
    const allowed = allowedTo(there, 'Remediator');
    expect(allowed.some((one) => one.startsWith('s3:PutBucketPublicAccessBlock '))).toBe(true);
    expect(allowed.filter((one) => /^(sts|cloudformation):/.test(one))).toEqual([]);
    // Settings of tables, and no row.
    const ofTables = allowed.flatMap((one) => /^dynamodb:\w+/.exec(one) ?? []);
    expect([...new Set(ofTables)].toSorted()).toEqual([
      'dynamodb:PutResourcePolicy',
      'dynamodb:UpdateContinuousBackups',
      'dynamodb:UpdateTable',
    ]);
    const ofOneControl = `accounts: [{ id: '${changed}', remediate: true }]\npresets: []\ncontrols: { S3.8: { mode: remediate } }\n`;
    const narrow = Template.fromStack(
      new MemberChangesStack(app(), 'PlumblineMemberChanges', {
        hub,
        baseline: baselineFrom(ofOneControl, 'plumbline.yaml', controls),
        catalogue,
      }),
    );
    expect(
      allowedTo(narrow, 'Remediator').every((one) => /^s3:\w*PublicAccessBlock /.test(one)),
    ).toBe(true);
  });

  it('is denied whatever is on what Plumbline is made of there, on protected roles, and in other regions', () => {
    const denied = statementsOf(there, 'Remediator').filter(({ effect }) => effect === 'Deny');
    const text = JSON.stringify(denied);
    for (const resource of [
      ':role/Plumbline-*',
      ':role/*PlumblineMember*',
      ':policy/*PlumblineMember*',
      ':stack/*PlumblineMember*/*',
      ':rule/*PlumblineMember*',
      ':*PlumblineMember*',
      protectedRole,
    ])
      expect([resource, text.includes(resource)]).toEqual([resource, true]);
    const policy = JSON.stringify(there.toJSON());
    expect(policy).toContain('"aws:RequestedRegion":["us-east-1","eu-west-1"]');
  });

  it('has a template that fits with every region as well, and a tenth of it more', () => {
    const everywhere = baselineFrom(yaml.replace('[eu-west-1]', 'all'), 'plumbline.yaml', controls);
    for (const make of [memberTemplate, memberChangesTemplate]) {
      const bytes = Buffer.byteLength(make({ hub, baseline: everywhere, catalogue }));
      if (bytes >= 0.9 * withoutBucket)
        throw new Error(
          `${make.name} has ${bytes} bytes, of ${withoutBucket} at most: say once what it says often, in lib/infrastructure/member-stack.ts`,
        );
    }
  });

  it('has a template that is no more than AWS takes, and that cdk-nag allows', () => {
    for (const body of [
      memberChangesTemplate({ hub, baseline, catalogue }),
      memberTemplate({ hub, baseline, catalogue }),
    ]) {
      const bytes = Buffer.byteLength(body);
      expect(templateFaults(JSON.parse(body), { bytes, stackName: 'PlumblineMember' })).toEqual([]);
      expect(bytes).toBeLessThan(0.9 * withoutBucket);
      const said = [operator, protectedRole, externalId].reduce(
        (text, arn) => text.replaceAll(arn, ''),
        body,
      );
      expect(said).not.toMatch(/arn:aws[:-]/);
    }
    expect(nagged(changes)).toEqual([]);
  });
});

describe('the roles by which an account is read', () => {
  it('change nothing more where something may be put right in an account', () => {
    const base = Template.fromStack(
      new MemberStack(app(), 'PlumblineMember', { hub, baseline, catalogue }),
    );
    expect(
      statementsOf(base, 'HomePublish')
        .flatMap(({ actions }) => actions)
        .toSorted(),
    ).toEqual([
      'securityhub:BatchImportFindings',
      'securityhub:BatchUpdateFindings',
      'securityhub:GetFindingHistory',
      'securityhub:GetFindings',
    ]);
    expect(allowedTo(base, 'HomeRead').filter((one) => /:(Put|Delete|Update)/.test(one))).toEqual(
      [],
    );
  });
});

describe('the function of the hub that acts', () => {
  it('becomes the role in accounts that let something be changed alone', () => {
    const writing = allowedTo(template, 'RemediateRole').filter((one) =>
      one.includes('Plumbline-Remediator'),
    );
    expect(writing.toSorted()).toEqual([
      `sts:AssumeRole arn:aws:iam::${changed}:role/Plumbline-Remediator`,
      `sts:SetSourceIdentity arn:aws:iam::${changed}:role/Plumbline-Remediator`,
    ]);
    for (const other of ['EvaluateRole', 'SweepRole'])
      expect(allowedTo(template, other).join()).not.toContain('Plumbline-Remediator');
  });

  it('keeps its made up name, and knows no external id, where no account does', async () => {
    const { template: only } = await synthesised(
      `operators: ['${operator}']\naccounts: ['${watched}']\ncontrols: { S3.8: { mode: remediate } }\n`,
    );
    const body = JSON.stringify(only.toJSON());
    expect(body).not.toContain('Plumbline-Remediat');
    expect(body).not.toContain('RemediatedAccounts');
  });
});
