import { isRecord } from '../../support/untyped.ts';
import { okAnswer } from '../endpoint/answer.ts';
import type { Answer, Before, DecodedCall } from '../endpoint/call.ts';
import { analyzers } from './defaults-accessanalyzer.ts';
import { identityPools } from './defaults-cognito.ts';
import { regionSettings } from './defaults-ec2.ts';
import { clusterVersions } from './defaults-eks.ts';
import { clusterAccess } from './defaults-eks-access.ts';
import { publicClusterBlocks } from './defaults-emr.ts';
import { detectors } from './defaults-guardduty.ts';
import { inspectorScans } from './defaults-inspector.ts';
import { kafkaClusters } from './defaults-kafka.ts';
import { parameterGroups } from './defaults-rds.ts';
import { engineVersions } from './defaults-rds-versions.ts';
import { serverlessWorkgroups } from './defaults-redshift-serverless.ts';
import { rootAccess } from './defaults-root-access.ts';
import { bucketRules } from './defaults-s3.ts';
import { serviceSettings } from './defaults-ssm.ts';

/** Answers as AWS does where moto answers otherwise or not at all, and verdicts depend on it. */
export const awsDefaults = (account: string): readonly Before[] => [
  bucketRules(account),
  parameterGroups,
  clusterVersions,
  clusterAccess(account),
  engineVersions,
  regionSettings(),
  serviceSettings(),
  analyzers(account),
  rootAccess(account),
  publicClusterBlocks(),
  detectors(),
  inspectorScans(account),
  kafkaClusters(account),
  identityPools(),
  serverlessWorkgroups(account),
  trailStatus,
  ownSources,
];

// moto writes an empty text for what has not happened; AWS leaves the field out.
const trailStatus: Before = async (call, forward) => {
  if (call.service !== 'cloudtrail' || call.operation !== 'GetTrailStatus') return undefined;
  const answer = await forward(call);
  if (answer.status >= 300) return answer;
  const status = Object.entries(JSON.parse(answer.body.toString())).filter(
    ([, value]) => value !== '',
  );
  return { ...answer, body: JSON.stringify(Object.fromEntries(status)) };
};

/**
 * EventBridge takes `aws.*` as a source from AWS alone: an entry with one fails, the others are taken.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
const ownSources: Before = async (call, forward) => {
  if (call.service !== 'eventbridge' || call.operation !== 'PutEvents') return undefined;
  const entries = entriesOf(call);
  if (!entries.some(isForged)) return undefined;
  const others = entries.filter((entry) => !isForged(entry));
  const taken = others.length === 0 ? [] : await put(call, others, forward);
  const Entries = entries.map((entry) => (isForged(entry) ? refusal : taken.shift()));
  const failed = Entries.filter((entry) => isRecord(entry) && 'ErrorCode' in entry);
  return okAnswer(call, { FailedEntryCount: failed.length, Entries });
};

const refusal = {
  ErrorCode: 'NotAuthorizedForSourceException',
  ErrorMessage: 'Not authorized for the source.',
};
const isForged = (entry: unknown) =>
  isRecord(entry) && String(entry['Source']).toLowerCase().startsWith('aws.');

const entriesOf = ({ body }: Pick<DecodedCall, 'body'> | Answer): unknown[] => {
  const parsed: unknown = JSON.parse(body.toString());
  const entries = isRecord(parsed) ? parsed['Entries'] : undefined;
  return Array.isArray(entries) ? entries : [];
};

const put = async (
  { method, path, headers, body }: DecodedCall,
  entries: readonly unknown[],
  forward: Parameters<Before>[1],
) => {
  const request = { ...JSON.parse(body.toString()), Entries: entries };
  return entriesOf(
    await forward({ method, path, headers, body: Buffer.from(JSON.stringify(request)) }),
  );
};
