import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { jsonNarrator } from '../../../lib/local/tour/narrator-json.ts';
import { terminalNarrator } from '../../../lib/local/tour/narrator-terminal.ts';

const finding = (
  control: string,
  status: 'PASSED' | 'FAILED',
  more: Partial<AwsSecurityFinding> = {},
): AwsSecurityFinding => ({
  SchemaVersion: '2018-10-08',
  Id: `plumbline/${control}`,
  ProductArn: 'arn',
  GeneratorId: 'plumbline',
  AwsAccountId: '123456789012',
  CreatedAt: '',
  UpdatedAt: '',
  Title: 'Title',
  Description: 'Description',
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b' }],
  Severity: { Label: 'HIGH' },
  Compliance: { Status: status, SecurityControlId: `Plumbline.${control}` },
  RecordState: 'ACTIVE',
  Workflow: { Status: 'NEW' },
  ProductFields: { 'plumbline/reason': 'it is open', 'plumbline/by': 'arn:alice' },
  ...more,
});

let lines: string[] = [];
const plain = (line: string) => stripVTControlCharacters(line).replace(/^\d\d:\d\d:\d\d {2}/, '');
const write = (line: string) => lines.push(plain(line));
beforeEach(() => {
  lines = [];
});

const group = 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1';
const of = (resource: string, severity: 'CRITICAL' | 'HIGH' | 'MEDIUM', fields = {}) => ({
  Resources: [{ Type: 'AwsEc2SecurityGroup', Id: resource }],
  Severity: { Label: severity },
  ProductFields: { 'plumbline/reason': 'it is open', ...fields },
});
const byAlice = {
  'plumbline/by': 'arn:aws:iam::123456789012:user/alice',
  'plumbline/call': 'AuthorizeSecurityGroupIngress',
};

describe('findings on a terminal', () => {
  const told = async (
    findings: readonly AwsSecurityFinding[],
    { columns, before }: { columns?: number; before?: AwsSecurityFinding } = {},
  ) => {
    const had = process.stdout.columns;
    Object.assign(process.stdout, { columns });
    const narrator = terminalNarrator(write, write);
    Object.assign(process.stdout, { columns: had });
    for (const one of findings) narrator.finding({ finding: one, before });
    await sleep(700);
    return lines;
  };

  it('come under one heading an event, the most urgent first, ids under each other', async () => {
    expect(
      await told([
        finding('EC2.2', 'PASSED', of(group, 'HIGH')),
        finding('PL.EC2.4', 'FAILED', of(group, 'MEDIUM', byAlice)),
        finding('EC2.13', 'FAILED', of(group, 'MEDIUM', byAlice)),
        finding('EC2.19', 'FAILED', of(group, 'CRITICAL', byAlice)),
      ]),
    ).toEqual([
      'alice calls AuthorizeSecurityGroupIngress on security-group/sg-1: 1 critical, 2 medium',
      '          CRITICAL  EC2.19    it is open',
      '          MEDIUM    EC2.13    it is open',
      '          MEDIUM    PL.EC2.4  it is open',
      '          passed    EC2.2',
    ]);
  });

  it('wrap with what they begin under', async () => {
    const reason = { 'plumbline/reason': 'word '.repeat(20).trim(), ...byAlice };
    const one = finding('EC2.19', 'FAILED', of(group, 'CRITICAL', reason));
    const wrapped = await told([one], { columns: 80 });
    expect(wrapped.filter((line) => line.includes('word'))).toEqual([
      `          CRITICAL  EC2.19  ${'word '.repeat(10).trim()}`,
      `${' '.repeat(28)}${'word '.repeat(10).trim()}`,
    ]);
    expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('of a sweep come under one heading', async () => {
    expect(
      await told([
        finding('EC2.13', 'FAILED', of(group, 'MEDIUM')),
        finding('S3.8', 'FAILED', of('arn:aws:s3:::b', 'HIGH')),
      ]),
    ).toEqual([
      'found by a look that no call asked for, on 2 resources: 1 high, 1 medium',
      '          HIGH      S3.8    b: it is open',
      '          MEDIUM    EC2.13  security-group/sg-1: it is open',
    ]);
  });

  it('that passed at first sight come together', async () => {
    expect(await told([finding('S3.1', 'PASSED'), finding('S3.2', 'PASSED')])).toEqual([
      'b',
      '          passed    S3.1 S3.2',
    ]);
  });

  it('that were archived come together', async () => {
    const archived = finding('S3.8', 'FAILED', { RecordState: 'ARCHIVED' });
    expect(await told([archived], { before: finding('S3.8', 'FAILED') })).toEqual([
      'b',
      '          archived  S3.8',
    ]);
  });

  it('that only moved in their workflow, or were refreshed, are not news', async () => {
    const before = finding('S3.8', 'PASSED');
    expect(await told([{ ...before, Workflow: { Status: 'RESOLVED' } }], { before })).toEqual([]);
  });

  it('say what came of an action, and how it is taken back', async () => {
    const before = finding('S3.8', 'PASSED');
    const Note = {
      Text: 'remediation VERIFIED. Undo: npx --no-install plumbline undo pl-1',
      UpdatedBy: '',
      UpdatedAt: '',
    };
    expect(await told([{ ...before, Note }], { before })).toEqual([
      'S3.8: remediation VERIFIED.',
      'undo it with npx --no-install plumbline undo pl-1',
    ]);
  });
});

it('what a program reads is one JSON object a line', () => {
  const narrator = jsonNarrator(write);
  narrator.finding({ finding: finding('S3.8', 'FAILED'), before: finding('S3.8', 'PASSED') });
  narrator.trouble('a rule was broken');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'finding', control: 'S3.8', status: 'FAILED', before: 'PASSED', by: 'arn:alice' },
    { event: 'trouble', sentence: 'a rule was broken' },
  ]);
});
