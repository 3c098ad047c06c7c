import { substituted } from '../../lib/infrastructure/substituted.ts';

const join = (...parts: readonly unknown[]) => ({ 'Fn::Join': ['', parts] });
const partition = { Ref: 'AWS::Partition' };
/** How a name is put into a text. */
const put = (name: string): string => `\${${name}}`;

it.each<[string, unknown, unknown]>([
  [
    'an ARN',
    { Resource: [join('arn:', partition, ':s3:::a')] },
    { Resource: [{ 'Fn::Sub': `arn:${put('AWS::Partition')}:s3:::a` }] },
  ],
  [
    'an attribute',
    join({ 'Fn::GetAtt': ['Queue', 'Arn'] }, '/*'),
    { 'Fn::Sub': `${put('Queue.Arn')}/*` },
  ],
  [
    'a text that looks like something put in',
    join(put('aws:username'), partition),
    { 'Fn::Sub': `${put('!aws:username')}${put('AWS::Partition')}` },
  ],
])('%s is written in one piece', (_, given, expected) => {
  expect(substituted(given)).toEqual(expected);
});

it.each<[string, unknown]>([
  ['a join with something between', { 'Fn::Join': [',', ['a', partition]] }],
  ['what has no name', join('a', { 'Fn::Select': [0, ['b', 'c']] })],
  ['a join of a list that is somewhere else', { 'Fn::Join': ['', { Ref: 'Names' }] }],
  ['a text', 'Fn::Join'],
])('%s stays as it is', (_, given) => {
  expect(substituted(given)).toEqual(given);
});

it('what stands in something that stays is written in one piece', () => {
  expect(substituted(join('a', { 'Fn::Select': [0, [join('b', partition)]] }))).toEqual(
    join('a', { 'Fn::Select': [0, [{ 'Fn::Sub': `b${put('AWS::Partition')}` }]] }),
  );
});
