import { readFileSync } from 'node:fs';
import { account, region, start } from '../fakes/fake-resource.ts';

/** The queue that a message is put on. */
export type Queue = 'changes' | 'pages' | 'audits' | 'results' | 'remediations';
export interface Sample {
  readonly queue: Queue;
  readonly body: unknown;
}

const at = new Date(start).toISOString();
const event = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), 'utf8'));
/** An event of the corpus as if it were of now, so that a mutation decides whether it counts. */
const renewed = (body: unknown): unknown =>
  JSON.parse(
    JSON.stringify(body).replace(/"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g, JSON.stringify(at)),
  );
const action = `pl-${'0a'.repeat(10)}`;
const ref = { account, region, id: 'home' };
const type = 'Plumbline::House';
const about = { version: 1, type, ref, facets: ['front'] };
const cause = {
  kind: 'event',
  via: 'cloudtrail',
  id: 'e-1',
  time: at,
  call: 'house:OpenDoor',
  by: 'alice',
};
const asked = { version: 1, id: action, type, ref, askedBy: { kind: 'person' } };
const instance = (state: string) => ({
  version: '0',
  id: 'e-2',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account,
  region,
  time: at,
  detail: { 'instance-id': 'i-1', state },
});

const bodies: Readonly<Record<Queue, readonly unknown[]>> = {
  changes: [
    ...[
      'AttachUserPolicy',
      'AuthorizeSecurityGroupIngress',
      'ModifyDBInstance',
      'PutAccountPublicAccessBlock',
      'PutBucketPolicy',
      'PutBucketPublicAccessBlock',
      'UpdateAssumeRolePolicy',
      'config-item-bucket',
      'config-item-role-oversized',
      'rds-db-instance-event',
    ].map((name) => renewed(event(name))),
    { ...about, cause },
    { ...about, facets: 'all', hint: 'created', cause: { ...cause, ours: true } },
    { ...about, cause: { kind: 'settle', attempt: 1 } },
    { ...about, cause: { kind: 'verify', action, at } },
    { ...about, cause: { kind: 'review' } },
    {
      ...about,
      cause: { kind: 'sweep', listed: { facets: { front: 'shut' }, readAt: '2099-01-01' } },
    },
  ],
  pages: [
    { version: 1, sweep: 'due' },
    { version: 1, sweep: 'all' },
    { version: 1, sweep: type, account, region, facets: 'all', cause: { kind: 'sweep' } },
    {
      version: 1,
      sweep: type,
      account,
      region,
      facets: ['front'],
      cause,
      token: '2',
      lender: { type, facet: 'front', id: 'home' },
    },
  ],
  audits: [
    { version: 1, audit: 'due' },
    { version: 1, audit: 'all', token: '2' },
    { version: 1, audit: 'started', host: 'i-1', since: at },
    { version: 1, audit: 'again', host: 'i-1', areas: ['ssh'] },
    instance('running'),
  ],
  results: [
    { version: 1, type: 'silent', host: 'i-1', since: at },
    { version: 1, type: 'review', host: 'i-1' },
    { version: 1, type: 'awaited', host: 'i-1', action, since: at },
    { version: 1, type: 'overdue', host: 'i-1', action },
    {
      ...{ version: 1, type: 'waits', host: 'i-1', action, controls: ['PL.SSH.4'] },
      ...{ askedBy: 'drift', since: at, tries: 1, why: 'turn: it waits' },
    },
    instance('terminated'),
    {
      ...instance('x'),
      source: 'aws.ssm',
      'detail-type': 'EC2 Command Invocation Status-change Notification',
      detail: {
        'instance-id': 'i-1',
        'command-id': 'c-1',
        'document-name': 'Plumbline-AuditHost-ssh',
        'requested-date-time': at,
        status: 'Success',
      },
    },
  ],
  remediations: [
    {
      ...{ ...asked, ask: 'remediate', controls: ['T.1'] },
      ...{ askedBy: { kind: 'drift' }, waited: { since: at, tries: 1 } },
    },
    { ...asked, ask: 'remediate', controls: ['T.1'], askedBy: { kind: 'backlog' } },
    { ...asked, ask: 'remediate', controls: ['T.1'] },
    { ...asked, ask: 'restart', control: 'PL.SSH.4' },
    { ...asked, ask: 'undo', undoes: action, confirms: action },
    { ...asked, ask: 'answer', command: 'c-1' },
    { ...asked, ask: 'conclude', row: 1 },
    { ...asked, ask: 'exempt', control: 'S3.8' },
    {
      ...{ ...asked, ask: 'exempt', control: 'S3.8' },
      granted: { owner: 'eve', reason: 'a party', expires: at },
    },
    { ...asked, ask: 'turnOn' },
    { ...asked, ask: 'close', control: 'S3.8' },
    {
      ...instance('x'),
      'detail-type': 'Security Hub Findings - Custom Action',
      source: 'aws.securityhub',
      resources: [`arn:aws:securityhub:${region}:${account}:action/custom/PlumblineUndo`],
      detail: {
        findings: [
          {
            Id: `plumbline/${account}/${region}/T.1/arn:aws:house:::home`,
            ProductArn: `arn:aws:securityhub:${region}:${account}:product/${account}/default`,
          },
        ],
      },
    },
  ],
};

const queues: readonly Queue[] = ['changes', 'pages', 'audits', 'results', 'remediations'];

/** A message of every kind that a queue carries. */
export const corpus: readonly Sample[] = queues.flatMap((queue) =>
  bodies[queue].map((body) => ({ queue, body })),
);
