import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { HistorySettings } from '../../engine/baseline/baseline.ts';
import { denyAllBut } from '../permissions/deny-all-but.ts';
import { Handler } from './handler.ts';
import { KeptFiles } from './kept-files.ts';
import type { Posture } from './posture.ts';
import type { GuardedQueue } from './queue.ts';
import { toFunction } from './rule-targets.ts';

export interface HistoryProps extends HistorySettings {
  readonly code: Code;
  readonly posture: Posture;
  /** Keeps the days that could not be started. */
  readonly undelivered: GuardedQueue;
}

/** How everything stood is told at the beginning of a month: the files of a whole month more are kept. */
const monthDays = 31;
/** What the writer may set of an object. */
const writing = ['s3:PutObject', 's3:PutObjectRetention', 's3:PutObjectLegalHold'];

/** Files of what happened: who writes them can not read or delete them. They outlive the stack. */
class HistoryFiles extends KeptFiles {
  constructor(scope: Construct, id: string, { days, peopleDays, lock }: HistorySettings) {
    const kept = (prefix: string, expiresAfter: number) => ({
      prefix,
      expiration: Duration.days(expiresAfter),
      noncurrentVersionExpiration: Duration.days(prefix === 'people/' ? 1 : expiresAfter),
    });
    super(scope, id, {
      ...(lock ? { objectLockEnabled: true } : {}),
      lifecycleRules: [
        kept('verdicts/', days + monthDays),
        kept('manifests/', days + monthDays),
        kept('people/', peopleDays),
        { expiredObjectDeleteMarker: true },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      unlogged:
        'One function writes to the bucket, and each file has its sum in the next manifest.',
    });
  }
}

/** Writes once a day what was recorded until midnight. */
export class History extends Handler {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { code, posture, undelivered, ...kept }: HistoryProps) {
    super(scope, id, {
      code,
      file: 'history',
      description: 'Writes once a day what was recorded into files that it can not read again',
      // It reads the whole table of verdicts.
      timeoutSeconds: 900,
    });
    this.bucket = new HistoryFiles(this, 'Files', kept);
    this.function.addEnvironment('POSTURE_TABLE', posture.tableName);
    this.function.addEnvironment('HISTORY_BUCKET', this.bucket.bucketName);
    this.bucket.addToResourcePolicy(
      denyAllBut({
        sid: 'Files',
        principals: () => [this.role.roleArn],
        actions: writing,
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    this.grant(
      [
        {
          actions: ['s3:PutObject', ...(kept.lock ? ['s3:PutObjectRetention'] : [])],
          resources: [this.bucket.arnForObjects('*')],
        },
        { actions: ['dynamodb:Scan'], resources: [posture.tableArn] },
      ],
      'Every file of its own bucket.',
    );
    this.allowItems(
      posture.tableArn,
      ['dynamodb:GetItem', 'dynamodb:Query'],
      ['history', 'heartbeat', 'roster'],
    );
    this.allowItems(posture.tableArn, ['dynamodb:PutItem'], ['history']);
    posture.letWrite(this.role);
    new Rule(this, 'Days', {
      description: 'Every day of the history of Plumbline',
      // The first one after a day writes it; the others find nothing to do, or make good what failed.
      schedule: Schedule.rate(Duration.hours(6)),
      targets: [toFunction(this.function, undelivered)],
    });
  }
}
