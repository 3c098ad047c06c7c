import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { areas as allAreas } from '../../lib/hosts/control.ts';
import { documentsFor } from '../../lib/infrastructure/constructs/hosts-documents.ts';
import { PlumblineStack } from '../../lib/infrastructure/plumbline-stack.ts';
import { resourcesOf } from '../../lib/local/deploy/stack-values.ts';
import { quietApp } from './quiet-app.ts';
import { small } from './small-catalogue.ts';
import { nagged } from './synthesised.ts';
import { allowedTo, resourcesIn } from './template.ts';

const usual = {
  everyHours: 12,
  maxConcurrency: '25%',
  maxErrors: '50%',
  canary: '10%',
  canaryMinutes: 30,
};
const few = ['ssh', 'kernel'];
const stackWith = (areas?: readonly string[], hardening: readonly string[] = []) =>
  new PlumblineStack(quietApp(), 'Plumbline', {
    baseline: {
      ...defaultBaseline([]),
      ...(areas && { hosts: { ...usual, areas } }),
    },
    catalogue: small,
    code: Code.fromInline('exports.handler = () => {}'),
    documents: areas ? documentsFor(areas) : [],
    hardening,
  });

describe('a stack that audits hosts', () => {
  const stack = stackWith(few);
  const template = Template.fromStack(stack);

  it('keeps the documents under their names, each change a version', () => {
    const documents = resourcesIn(template, 'AWS::SSM::Document');
    expect(documents.map(({ properties }) => properties.Name)).toEqual(
      expect.arrayContaining(['Plumbline-AuditHost-ssh', 'Plumbline-ConfirmHost']),
    );
    for (const { properties } of documents)
      expect(properties).toMatchObject({ UpdateMethod: 'NewVersion', DocumentType: 'Command' });
  });

  it('writes once what documents have of the shell library, and each is whole when it is made', () => {
    const written = JSON.stringify(template.toJSON());
    const made = resourcesOf('AWS::SSM::Document', {
      account: '123456789012',
      region: 'us-east-1',
      stackName: 'Plumbline',
      template: JSON.parse(written),
      physicalIds: new Map(),
    });
    expect(made.map(({ properties }) => properties['Content'])).toEqual(
      documentsFor(few).map(({ content }) => JSON.parse(content)),
    );
    expect(written.match(/knows\(\) ?\{/g)).toHaveLength(1);
  });

  it('sends hosts the documents that only look, and nothing else', () => {
    const account = 'us-east-1:123456789012';
    const allowed = allowedTo(template, 'AuditHostsRole').filter((one) => one.startsWith('ssm:'));
    expect(allowed).toEqual([
      `ssm:DescribeDocument arn:aws:ssm:${account}:document/Plumbline-AuditHost-kernel`,
      `ssm:DescribeDocument arn:aws:ssm:${account}:document/Plumbline-AuditHost-ssh`,
      'ssm:DescribeInstanceInformation *',
      `ssm:GetDocument arn:aws:ssm:${account}:document/Plumbline-AuditHost-kernel`,
      `ssm:GetDocument arn:aws:ssm:${account}:document/Plumbline-AuditHost-ssh`,
      `ssm:SendCommand arn:aws:ec2:${account}:instance/*`,
      `ssm:SendCommand arn:aws:ssm:${account}:document/Plumbline-AuditHost-kernel`,
      `ssm:SendCommand arn:aws:ssm:${account}:document/Plumbline-AuditHost-ssh`,
    ]);
  });

  it('lets what hears of a person’s word hand it to those who listen to hosts', () => {
    const queues = allowedTo(template, 'EvaluateRole').filter((one) => /HostResults/.test(one));
    expect(queues).toEqual([expect.stringMatching(/^sqs:SendMessage .*HostResults/)]);
    const [evaluate] = resourcesIn(template, 'AWS::Lambda::Function').filter(
      ({ properties }) => properties.Handler === 'evaluate.handler',
    );
    expect(evaluate?.properties.Environment.Variables).toHaveProperty('HOST_RESULTS_QUEUE_URL');
    expect(template.findOutputs('HostAuditHours')).toMatchObject({
      HostAuditHours: { Value: '12' },
    });
  });

  it('lets only the one who asks send commands, and only the one who listens publish', () => {
    const senders = ['AuditHostsRole', 'HostResultsRole', 'EvaluateRole', 'SweepRole'].filter(
      (role) => allowedTo(template, role).some((one) => one.startsWith('ssm:SendCommand')),
    );
    expect(senders).toEqual(['AuditHostsRole']);
    expect(allowedTo(template, 'AuditHostsRole').join()).not.toContain('securityhub:');
    expect(allowedTo(template, 'HostResultsRole').join()).toContain('securityhub:BatchImport');
  });

  it('hears of audits that are over, from SSM alone', () => {
    const patterns = resourcesIn(template, 'AWS::Events::Rule').map(
      ({ properties }) => properties.EventPattern,
    );
    expect(patterns).toContainEqual(
      expect.objectContaining({
        source: ['aws.ssm'],
        detail: expect.objectContaining({
          'document-name': ['Plumbline-AuditHost-ssh', 'Plumbline-AuditHost-kernel'],
        }),
      }),
    );
  });

  it('leaves cdk-nag nothing to say', () => {
    expect(nagged(stack)).toEqual([]);
  });

  it('stays within what CloudFormation and Lambda take, with every area', () => {
    const all = documentsFor(allAreas).map(({ name }) => name);
    const hardening = all.filter((name) => name.includes('Harden'));
    const whole = Template.fromStack(stackWith(allAreas, hardening));
    // As the CDK writes it.
    expect(JSON.stringify(whole.toJSON(), undefined, 1).length).toBeLessThan(500_000);
    const sizes = resourcesIn(whole, 'AWS::Lambda::Function').map(
      ({ properties }) => JSON.stringify(properties.Environment?.Variables ?? {}).length,
    );
    // References become URLs of at most 100 characters.
    expect(Math.max(...sizes)).toBeLessThan(3500);
  });

  it('is not there where the baseline has no hosts', () => {
    const without = Template.fromStack(stackWith());
    expect(resourcesIn(without, 'AWS::SSM::Document')).toEqual([]);
    expect(JSON.stringify(without.toJSON())).not.toContain('HostResults');
  });
});

describe('a stack that puts hosts right', () => {
  const stack = stackWith(few, ['Plumbline-HardenHost-ssh']);
  const template = Template.fromStack(stack);
  const place = 'us-east-1:123456789012';
  const commandsOf = (role: string) =>
    allowedTo(template, role).filter((one) => one.startsWith('ssm:SendCommand'));

  it('sends what changes a host by the remediator alone, and only the documents that are planned', () => {
    expect(commandsOf('Remediator')).toEqual([
      `ssm:SendCommand arn:aws:ec2:${place}:instance/*`,
      `ssm:SendCommand arn:aws:ssm:${place}:document/Plumbline-ConfirmHost`,
      `ssm:SendCommand arn:aws:ssm:${place}:document/Plumbline-HardenHost-ssh`,
      `ssm:SendCommand arn:aws:ssm:${place}:document/Plumbline-RollbackHost`,
    ]);
    expect(commandsOf('RemediateRole')).toEqual([]);
    expect(commandsOf('HostResultsRole')).toEqual([]);
    expect(commandsOf('AuditHostsRole').join()).not.toMatch(/Harden|Confirm|Rollback/);
  });

  it('looks whether a host is there, and asks for audits, by the function that acts', () => {
    const allowed = allowedTo(template, 'RemediateRole');
    expect(allowed).toEqual(
      expect.arrayContaining(['ssm:DescribeInstanceInformation *', 'ssm:GetCommandInvocation *']),
    );
    expect(allowed.filter((one) => one.startsWith('sqs:SendMessage')).join()).toContain('Audits');
  });

  it('hears of changes that are over', () => {
    const names = resourcesIn(template, 'AWS::Events::Rule').flatMap(
      ({ properties }) => properties.EventPattern?.detail?.['document-name'] ?? [],
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'Plumbline-HardenHost-ssh',
        'Plumbline-ConfirmHost',
        'Plumbline-RollbackHost',
      ]),
    );
    expect(names).not.toContain('Plumbline-HardenHost-kernel');
  });

  it('leaves cdk-nag nothing to say', () => {
    expect(nagged(stack)).toEqual([]);
  });

  it('is one that only evaluates where no host control is planned', () => {
    const evaluating = Template.fromStack(stackWith(few));
    expect(JSON.stringify(evaluating.toJSON())).not.toMatch(/Remediator|HostChanged/);
  });
});
