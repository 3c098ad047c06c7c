import { withStatements, writtenStatements } from '../../../analysis/policies/policy-closing.ts';
import { parsePolicy } from '../../../analysis/policies/policy-document.ts';
import {
  type Call,
  call,
  type Input,
  type Plan,
  propose,
  type Snapshot,
} from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';
import type { LogTarget } from '../../../resources/s3/s3-log-target.ts';
import { putPolicy } from './bucket-policy-text.ts';
import {
  type Delivery,
  deliveryStatement,
  type Fault,
  faultsOf,
  reasonOf,
} from './log-delivery.ts';

type State = Snapshot<typeof s3Bucket, 'logging' | 'logTarget' | 'namedLogTarget'>;
type Status = Input<'s3', 'putBucketLogging'>['BucketLoggingStatus'];

/** The policy of the log bucket with the statement that it lacks, for a person to set. */
const letIn = ({ bucket, is }: LogTarget, delivery: Delivery): readonly Call[] => {
  const statement = deliveryStatement(bucket, delivery);
  if (is?.policy === undefined)
    return is
      ? [putPolicy(bucket, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }))]
      : [];
  if ('unreadable' in parsePolicy(is.policy)) return [];
  const others = writtenStatements(is.policy).filter(({ Sid }) => Sid !== statement.Sid);
  return [putPolicy(bucket, withStatements(is.policy, [...others, statement]))];
};

const proposeRepair = (target: LogTarget, faults: readonly Fault[], delivery: Delivery): Plan => {
  const lacksStatement = faults.some(({ path }) => path === 'logTarget.policy');
  return propose(
    reasonOf(target.bucket, faults),
    lacksStatement ? letIn(target, delivery) : undefined,
  );
};

/** Sends the access logs to the bucket that the baseline names, where they can be delivered there. */
export const planLogging = (state: State, logBucket: string | null, ref: Ref): Plan => {
  const { logging: before, namedLogTarget: target } = state;
  if (logBucket === null || !target)
    return propose('the baseline names no bucket for logs: give S3.9 the parameter logBucket');
  if (logBucket === ref.id)
    return propose('it takes the logs itself, and each log that it took would be logged again');
  const isThere = before?.TargetBucket === logBucket;
  const prefix = isThere ? (before.TargetPrefix ?? '') : `${ref.id}/`;
  const delivery = { ref, prefix };
  const faults = faultsOf(target, delivery);
  if (faults.length > 0) return proposeRepair(target, faults, delivery);
  if (isThere) return propose('its log bucket changed while it was read');
  const set = (BucketLoggingStatus: Status) =>
    call('s3', 'putBucketLogging', { Bucket: ref.id, BucketLoggingStatus });
  return {
    kind: 'calls',
    risk: 'disruptive',
    summary: `sends access logs to ${logBucket}, at the price of what they take up`,
    calls: [set({ LoggingEnabled: { TargetBucket: logBucket, TargetPrefix: prefix } })],
    undo: { calls: [set(before ? { LoggingEnabled: before } : {})], widensAccess: false },
  };
};
