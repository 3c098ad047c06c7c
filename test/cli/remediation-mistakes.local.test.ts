import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { remediating } from './remediating.ts';

const baseline = `
presets: []
controls: { S3.8: { mode: plan }, S3.20: { mode: plan }, EC2.13: {} }
`;
const given = ['--owner', 'data team', '--reason', 'moves in May', '--expires'];

describe('a mistake in remediation on the command line', () => {
  const { cli, settings, openBucket } = remediating(baseline);
  const mistakes: Record<string, [args: string[], sentence: string | RegExp]> = {
    'a resource that nobody knows': [
      ['fix', 'people-none', 'S3.8', '--yes'],
      'Plumbline has not evaluated any AWS::S3::Bucket people-none in account 123456789012, region us-east-1: check the name, or wait for the next sweep',
    ],
    'an unknown control': [
      ['fix', 'people-given', 'S3.88', '--yes'],
      /^there is no control S3\.88; did you mean S3\.[89]\?$/,
    ],
    'a control that the baseline does not enable': [
      ['fix', 'people-given', 'S3.14', '--yes'],
      'the baseline does not enable S3.14',
    ],
    'a control of another type': [
      ['fix', 'people-given', 'EC2.13', '--yes'],
      'EC2.13 does not evaluate people-given, which is AWS::S3::Bucket',
    ],
    'a control that a person puts right': [
      ['fix', 'people-given', 'S3.20', '--yes'],
      /^nothing is planned for S3\.20, it is a person’s work: /,
    ],
    'half of a fix': [
      ['fix', 'people-given'],
      /^Usage: npx --no-install plumbline fix <resource> <control> .*; see --help$/,
    ],
    'a breaker that is not named': [
      ['breakers', 'close'],
      /^Usage: npx --no-install plumbline breakers close <control> .*; see --help$/,
    ],
    'a rollout that is not named': [
      ['rollouts', 'start'],
      /^Usage: npx --no-install plumbline rollouts start <control> .*; see --help$/,
    ],
    'a rollout that has not stopped': [
      ['rollouts', 'start', 'PL.SSH.4'],
      'no rollout of PL.SSH.4 has stopped',
    ],
    'a wait that is none': [
      ['fix', 'people-given', 'S3.8', '--yes', '--wait', 'long'],
      '--wait is a whole number of seconds, not long',
    ],
    'a question that --json forbids': [
      ['fix', 'people-given', 'S3.8', '--json'],
      'with --json nothing is asked: say --yes',
    ],
    'an action that is none': [
      ['action', 'S3.8'],
      'S3.8 is not the id of an action: an id is pl- and 20 characters, each 0-9 or a-f; npx --no-install plumbline actions lists the actions',
    ],
    'an action that is not there': [
      ['undo', 'pl-00000000000000000000', '--confirm', 'pl-00000000000000000000'],
      'there is no action pl-00000000000000000000 in account 123456789012, region us-east-1; npx --no-install plumbline actions lists those that there are',
    ],
    'a state that is none': [
      ['actions', '--state', 'DONE'],
      /^--state is DONE; allowed: BLOCKED, /,
    ],
    'too many actions': [
      ['actions', '--most', '0'],
      '--most is a whole number from 1 to 1000, not 0',
    ],
    'a part of a command that is none': [
      ['exemptions', 'ad'],
      'ad cannot be done here; did you mean add?',
    ],
    'an exemption without an owner': [
      ['exemptions', 'confirm', 'people-given', 'S3.8'],
      '--owner is missing; see --help',
    ],
    'an exemption that nobody asked for': [
      ['exemptions', 'confirm', 'people-given', 'S3.8', '--owner', 'bob'],
      'nobody exempted arn:aws:s3:::people-given from S3.8',
    ],
    'a day that is over': [
      ['exemptions', 'add', 'people-given', 'S3.8', ...given, '2020-01-31'],
      '--expires is 2020-01-31, which is over',
    ],
    'a day that no calendar has': [
      ['exemptions', 'add', 'people-given', 'S3.8', ...given, '2999-02-30'],
      '--expires is 2999-02-30; allowed: a day such as 2027-01-31',
    ],
    'a stack that is not there': [
      ['breakers', '--stack', 'Plumline'],
      'there is no stack Plumline in account 123456789012, region us-east-1: deploy it, or name it with --stack',
    ],
    'a stack of somebody else': [
      ['breakers', '--stack', 'Other'],
      "the stack Other is none of Plumbline's",
    ],
    'a stack that only observes': [
      ['breakers', '--stack', 'Observing'],
      'the stack Observing remediates nothing: no control that it was deployed with has the mode plan or remediate',
    ],
    'a stack of an earlier release': [
      ['actions', '--stack', 'Earlier'],
      'the stack Earlier is of an earlier release: deploy it again',
    ],
  };
  beforeAll(async () => {
    await openBucket('people-given');
    const cloudformation = new CloudFormation(settings());
    const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    const Outputs = { PostureTable: { Value: 'posture' } };
    const stack = (StackName: string, template: object) =>
      cloudformation.createStack({ StackName, TemplateBody: JSON.stringify(template) });
    await stack('Other', { Resources });
    await stack('Observing', { Resources, Outputs });
    const earlier = { RemediationsQueue: { Value: 'asks' }, ImagesBucket: { Value: 'images' } };
    await stack('Earlier', { Resources, Outputs: { ...Outputs, ...earlier } });
  });
  it.each(Object.entries(mistakes))('is told in one sentence: %s', async (_, [args, sentence]) => {
    const { code, stdout, stderr } = await cli(...args);
    const [said, ...more] = stderr.split('\n');
    if (typeof sentence === 'string') expect(said).toBe(sentence);
    else expect(said).toMatch(sentence);
    expect([code, stdout, more]).toEqual([2, '', ['']]);
  });
});
