import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { areas } from '../../lib/hosts/control.ts';
import { documentsFor } from '../../lib/infrastructure/constructs/hosts-documents.ts';
import { PlumblineStack } from '../../lib/infrastructure/plumbline-stack.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { quietApp } from './quiet-app.ts';
import { type Resource, resourcesIn, type Statement, statementsIn } from './template.ts';

const controls = await allControls();
const usual = defaultBaseline(controls);
const operator = 'arn:aws:iam::123456789012:role/ops';
const hosts = {
  everyHours: 12,
  maxConcurrency: '25%',
  maxErrors: '50%',
  canary: '10%',
  canaryMinutes: 30,
  areas,
};
// Everything that a stack can have.
const template = Template.fromStack(
  new PlumblineStack(quietApp(), 'Plumbline', {
    baseline: {
      ...usual,
      configRules: true,
      operators: [operator],
      securityHub: { actions: true },
      hosts,
      controls: {
        ...usual.controls,
        'S3.8': { mode: 'remediate', parameters: {}, backlog: false, risk: 'safe' },
      },
    },
    catalogue: { types: resourceTypes, controls },
    code: Code.fromInline('exports.handler = () => {}'),
    documents: documentsFor(areas),
    hardening: ['PL.SSH.4'],
  }),
);
const policies = resourcesIn(template, 'AWS::SQS::QueuePolicy');
const queues = resourcesIn(template, 'AWS::SQS::Queue');
const isDeadLetters = ({ id }: Resource) => /DeadLetters|Undelivered/.test(id);
const inboxes = queues.filter((queue) => !isDeadLetters(queue));
const roles = resourcesIn(template, 'AWS::IAM::Role').map(({ id }) => id);

const deniedOn = ({ id }: Resource): readonly Statement[] =>
  policies
    .filter(({ properties }) => properties.Queues.includes(`<${id}>`))
    .flatMap(statementsIn)
    .filter(({ condition }) => condition?.['ArnNotEquals'] !== undefined);
/** Whom a Deny of an action does not hold for. */
const admittedTo = (queue: Resource, action: string): readonly unknown[] =>
  deniedOn(queue)
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ condition }) => condition?.['ArnNotEquals']?.['aws:PrincipalArn'] ?? []);
const ownPolicies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
  resourcesIn(template, type),
);
/** The roles that their own policies allow an action on a queue. */
const allowed = (queue: Resource, action: string): readonly string[] =>
  roles
    .filter((id) =>
      ownPolicies
        .filter(({ properties }) => properties.Roles.includes(`<${id}>`))
        .flatMap(statementsIn)
        .some(
          ({ actions, resources }) =>
            actions.includes(action) && resources.includes(`<${queue.id}.Arn>`),
        ),
    )
    .map((id) => `<${id}.Arn>`);

const reading = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'PurgeQueue'];

describe('a queue', () => {
  it.each(inboxes.map((queue) => [queue.id, queue] as const))(
    '%s denies everybody but the roles that use it in this way',
    (id, queue) => {
      const senders = admittedTo(queue, 'sqs:SendMessage');
      const people = /^(Remediations|Audits)/.test(id) ? [operator] : [];
      expect(senders.length).toBeGreaterThan(0);
      expect(senders.toSorted()).toEqual(
        [...allowed(queue, 'sqs:SendMessage'), ...people].toSorted(),
      );
      const readers = allowed(queue, 'sqs:ReceiveMessage');
      expect(readers.length).toBeGreaterThan(0);
      for (const action of reading) expect(admittedTo(queue, `sqs:${action}`)).toEqual(readers);
    },
  );

  it('of dead letters takes nothing from anybody but AWS', () => {
    for (const queue of queues.filter(isDeadLetters))
      expect(admittedTo(queue, 'sqs:SendMessage')).toEqual([
        'arn:aws:iam::000000000000:role/nobody',
      ]);
  });

  it('denies by its conditions alone, with AWS’s services let through, in what SQS takes', () => {
    for (const queue of queues)
      for (const { effect, principal, actions, resources, condition } of deniedOn(queue)) {
        expect({ effect, principal, resources }).toEqual({
          effect: 'Deny',
          principal: { AWS: '*' },
          resources: [`<${queue.id}.Arn>`],
        });
        expect(actions.length).toBeLessThanOrEqual(7);
        expect(condition?.['Bool']).toEqual({ 'aws:PrincipalIsAWSService': 'false' });
        expect(Object.keys(condition ?? {}).toSorted()).toEqual(['ArnNotEquals', 'Bool']);
      }
    expect(JSON.stringify(policies)).not.toContain('NotPrincipal');
  });

  it('that functions read is nobody’s queue of dead letters', () => {
    for (const { properties } of inboxes)
      expect(properties.RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' });
  });

  it('does not deny what CloudFormation does with it', () => {
    const calls = queues.flatMap(deniedOn).flatMap(({ actions }) => actions);
    expect(calls.join()).not.toMatch(/Attributes|Permission|CreateQueue|DeleteQueue|\*/);
  });
});

describe('a function', () => {
  const functions = resourcesIn(template, 'AWS::Lambda::Function');

  it('takes for its own what the roles send that may send to its queues', () => {
    for (const { properties } of resourcesIn(template, 'AWS::Lambda::EventSourceMapping')) {
      const reader = functions.find(({ id }) => properties.FunctionName === `<${id}>`);
      const queue = inboxes.find(({ id }) => properties.EventSourceArn === `<${id}.Arn>`);
      if (!reader || !queue) throw new Error('a mapping names what is not there');
      const { INBOX_URLS, INBOX_SENDERS, INBOX_HELD_SECONDS } =
        reader.properties.Environment.Variables;
      expect(INBOX_URLS.split(' ')).toContain(`<${queue.id}>`);
      const ids = allowed(queue, 'sqs:SendMessage').map((arn) => arn.replace('.Arn>', '.RoleId>'));
      expect(INBOX_SENDERS.split(' ')).toEqual(expect.arrayContaining(ids));
      expect(Number(INBOX_HELD_SECONDS)).toBe(queue.properties.VisibilityTimeout);
    }
  });
});
