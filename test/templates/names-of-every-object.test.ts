import { inProcess } from '../cli/run.ts';
import { verdictOf } from './checking.ts';

/** What every object of JavaScript has a value under. */
const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
const usual = 'Usual';

const group = (cidr: string, more = '') => `
${more}
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: a
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: ${cidr}}]
`;
const queue = (statement: string) => `
Resources:
  Web: {Type: AWS::SQS::Queue}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Web]
      PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*'}, ${statement}]}
`;
const anywhere = "'0.0.0.0/0'";

describe('what is called as something that every object has', () => {
  it.each<[what: string, control: string, text: (name: string) => string, expected: RegExp]>([
    [
      'a parameter',
      'EC2.13',
      (name) =>
        group(`!Ref ${name}`, `Parameters: {${name}: {Type: String, Default: ${anywhere}}}`),
      /^FAIL with .*=0\.0\.0\.0\/0$/,
    ],
    [
      'a mapping',
      'EC2.13',
      (name) => group(`!FindInMap [${name}, A, B]`, `Mappings: {${name}: {A: {B: ${anywhere}}}}`),
      /^FAIL$/,
    ],
    [
      'keys of a mapping',
      'EC2.13',
      (name) =>
        group(
          `!FindInMap [A, ${name}, ${name}]`,
          `Mappings: {A: {${name}: {${name}: ${anywhere}}}}`,
        ),
      /^FAIL$/,
    ],
    [
      'keys that a mapping does not have',
      'EC2.13',
      (name) =>
        group(
          `!FindInMap [A, ${name}, ${name}, {DefaultValue: ${anywhere}}]`,
          `Transform: AWS::LanguageExtensions\nMappings: {A: {B: {C: '10.0.0.0/8'}}}`,
        ),
      /^FAIL$/,
    ],
    [
      'a condition',
      'EC2.13',
      (name) =>
        group(`!If [${name}, ${anywhere}, '10.0.0.0/8']`, `Conditions: {${name}: !Equals [a, a]}`),
      /^FAIL$/,
    ],
    [
      'a key in a condition of an Allow',
      'SQS.3',
      (name) =>
        queue(
          `{Effect: Allow, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: {StringEquals: {${name}: x}}}`,
        ),
      /^FAIL$/,
    ],
    [
      'a key in a condition of a Deny',
      'SQS.3',
      (name) =>
        queue(
          `{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: {StringEquals: {${name}: x}}}`,
        ),
      /^FAIL$/,
    ],
    [
      'a service of an action',
      'SQS.3',
      (name) => queue(`{Effect: Allow, Principal: '*', Action: '${name}:x', Resource: '*'}`),
      /^FAIL$/,
    ],
  ])('decides as any other name: %s', async (_, control, text, expected) => {
    for (const name of [usual, ...names]) {
      const verdict = await verdictOf(text(name), control, 'Web');
      expect(`${name}: ${verdict}`).toMatch(
        new RegExp(`^${name}: ${expected.source.replace(/^\^/, '')}`),
      );
    }
  });

  it.each([
    ['a command', [], (name: string) => `plumbline has no command ${name}; `],
    ['a part of a command', ['exemptions'], (name: string) => `${name} cannot be done here; `],
    ['a control', ['explain'], (name: string) => `there is no control ${name}; `],
  ])('is none where it stands for %s', async (_, before, why) => {
    for (const name of names) {
      const { code, stderr } = await inProcess([...before, name]);
      expect({ name, code, stderr }).toMatchObject({ code: 2 });
      expect(stderr).toContain(why(name));
    }
  });
});
