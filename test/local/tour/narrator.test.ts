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

describe('findings on a terminal', () => {
  it('that failed come one by one, with why and by whom', () => {
    terminalNarrator(write, write).finding({
      finding: finding('S3.8', 'FAILED'),
      before: undefined,
    });
    expect(lines).toEqual(['FAILED   S3.8    HIGH      arn:aws:s3:::b  it is open  by arn:alice']);
  });

  it('that passed at first sight, or were archived, come together', async () => {
    const narrator = terminalNarrator(write, write);
    for (const control of ['S3.1', 'S3.2'])
      narrator.finding({ finding: finding(control, 'PASSED'), before: undefined });
    const archived = finding('S3.8', 'FAILED', { RecordState: 'ARCHIVED' });
    narrator.finding({ finding: archived, before: finding('S3.8', 'FAILED') });
    await sleep(100);
    expect(lines).toEqual(['PASSED   arn:aws:s3:::b  S3.1 S3.2', 'ARCHIVED  arn:aws:s3:::b  S3.8']);
  });

  it('that only moved in their workflow, or were refreshed, are not news', async () => {
    const narrator = terminalNarrator(write, write);
    const before = finding('S3.8', 'PASSED');
    narrator.finding({ finding: { ...before, Workflow: { Status: 'RESOLVED' } }, before });
    await sleep(100);
    expect(lines).toEqual([]);
  });

  it('that pass again say so', () => {
    const before = finding('S3.8', 'FAILED');
    terminalNarrator(write, write).finding({ finding: finding('S3.8', 'PASSED'), before });
    expect(lines).toEqual(['PASSED   S3.8    HIGH      arn:aws:s3:::b']);
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
