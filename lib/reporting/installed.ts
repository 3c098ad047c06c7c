import type { S3 } from '@aws-sdk/client-s3';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { createLedger } from '../aws/stores/ledger.ts';
import { createPostureListing } from '../aws/stores/posture-listing.ts';
import { allControls } from '../controls/index.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { hostRows } from '../hosts/as-found.ts';
import { controlOn, hostAnswers } from '../pipeline/hosts/host-controls.ts';
import { createPostureRecord } from '../reports/compliance/posture-record.ts';
import type { Recorded, RecordedAction, RecordedActions } from '../reports/compliance/record.ts';
import { everything, isOfAccount, isOfRegion, type Scope } from '../reports/compliance/scope.ts';
import { recordedActions, type Span } from './recorded-actions.ts';

/** An installation, as far as its reports are made of it. */
export interface Installed {
  readonly stack: string;
  readonly account: string;
  readonly plumbline: string;
  /** What it was deployed with, with the exemptions of its own buckets. */
  readonly baseline: Baseline;
  readonly dynamoDb: DynamoDBDocument;
  /** The table of verdicts. */
  readonly table: string;
  /** Where actions are kept; there are none where it changes nothing. */
  readonly acting?: { readonly table: string; readonly images: string } | undefined;
  readonly s3: () => Promise<S3>;
}

/** What an installation did in a time; `undefined` where it does nothing, and of tags, which its ledger does not know. */
export const actionsIn = async (
  span: Span,
  { acting, dynamoDb, table, account: home, s3 }: Installed,
  scope: Scope = everything,
): Promise<RecordedActions | undefined> => {
  if (!acting || scope.tags.length > 0) return undefined;
  const tables = { dynamoDb, table: acting.table, earlier: table };
  const done = await recordedActions(span, {
    ledger: createLedger(tables, { bucket: acting.images, owner: home, s3 }),
    listing: createPostureListing(dynamoDb, table),
  });
  const isWanted = ({ account = home, region }: RecordedAction) =>
    isOfAccount(scope, account) && isOfRegion(scope, region);
  return { ...done, list: done.list.filter(isWanted) };
};

/**
 * What an installation knows, as scans: one for each account. It reads the whole table of verdicts.
 * @param span of which actions are told; of none where it is left out
 * @param scope what is told of; all, where it is left out
 */
export const knownRecords = async (
  installed: Installed,
  at: Date,
  span?: Span,
  scope: Scope = everything,
): Promise<readonly Recorded[]> => {
  const { stack, account, plumbline, baseline, dynamoDb, table } = installed;
  const actions = span && (await actionsIn(span, installed, scope));
  const gathered = createPostureRecord({
    stack,
    account,
    plumbline,
    at,
    baseline,
    scope,
    ...(actions ? { actions } : {}),
    controls: [...(await allControls()), ...hostRows().map(controlOn), hostAnswers],
  });
  for await (const row of createPostureListing(dynamoDb, table).all()) gathered.add(row);
  return gathered.records();
};
