import { Duration } from 'aws-cdk-lib';
import { type CronOptions, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ReportEvery, ReportSchedule } from '../../engine/baseline/baseline.ts';
import { reportHour } from '../../engine/baseline/report-hour.ts';
import { type Acting, ledgerGrants, noticesGrant } from '../permissions/acting.ts';
import { denyAllBut } from '../permissions/deny-all-but.ts';
import { Handler } from './handler.ts';
import { KeptFiles } from './kept-files.ts';
import type { Posture } from './posture.ts';
import type { GuardedQueue } from './queue.ts';
import { toFunction } from './rule-targets.ts';

export interface ReportsProps {
  readonly schedules: readonly ReportSchedule[];
  readonly code: Code;
  readonly stackName: string;
  readonly posture: Posture;
  /** What is told of each report. */
  readonly notices: ITopic;
  /** Whose ledger says what was done; nothing is, where nothing is planned. */
  readonly acting: Acting | undefined;
  /** What happened meanwhile, where that is kept. */
  readonly history: Bucket | undefined;
  /** Keeps the hours that could not be started. */
  readonly undelivered: GuardedQueue;
}

const keptDays = 400;
const time = { minute: '0', hour: String(reportHour) };
const times: Readonly<Record<ReportEvery, CronOptions>> = {
  day: time,
  week: { ...time, weekDay: 'MON' },
  month: { ...time, day: '1' },
};

/** Reports, and what each was made from. They outlive the stack. */
class ReportFiles extends KeptFiles {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      lifecycleRules: [
        {
          expiration: Duration.days(keptDays),
          noncurrentVersionExpiration: Duration.days(keptDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { expiredObjectDeleteMarker: true },
      ],
      unlogged: 'One function writes to the bucket, and tells the sum of each report.',
    });
  }
}

/** Writes reports by the clock, and tells of each. */
export class Reports extends Handler {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: ReportsProps) {
    const { code, posture, notices, acting, history, undelivered, schedules, stackName } = props;
    super(scope, id, {
      code,
      file: 'report',
      description: 'Writes reports by the clock into a bucket that it can not read',
      // It reads the whole table of verdicts.
      timeoutSeconds: 900,
      // Of 100,000 rows that nearly all fail it takes 860 MB (`npm run bench -- --only report`).
      memoryMb: 1536,
      environment: {
        STACK_NAME: stackName,
        POSTURE_TABLE: posture.tableName,
        NOTICES_TOPIC_ARN: notices.topicArn,
        ...(history ? { HISTORY_BUCKET: history.bucketName } : {}),
        ...(acting
          ? { LEDGER_TABLE: acting.ledger.tableName, IMAGES_BUCKET: acting.images.bucketName }
          : {}),
      },
    });
    this.bucket = new ReportFiles(this, 'Files');
    this.function.addEnvironment('REPORTS_BUCKET', this.bucket.bucketName);
    const written = this.bucket.arnForObjects('reports/*');
    this.bucket.addToResourcePolicy(
      denyAllBut({
        sid: 'Files',
        principals: () => [this.role.roleArn],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    this.grant(
      [
        { actions: ['s3:PutObject'], resources: [written] },
        {
          actions: ['dynamodb:Scan', 'dynamodb:Query'],
          resources: [posture.tableArn, `${posture.tableArn}/index/*`],
        },
        noticesGrant(notices),
        ...(acting
          ? [
              ...ledgerGrants(acting),
              {
                actions: ['dynamodb:GetItem'],
                resources: [posture.tableArn],
              },
              { actions: ['dynamodb:Query'], resources: [`${acting.ledger.tableArn}/index/*`] },
            ]
          : []),
        ...(history
          ? [
              { actions: ['s3:ListBucket'], resources: [history.bucketArn] },
              {
                actions: ['s3:GetObject'],
                resources: ['verdicts/*', 'manifests/*'].map((below) =>
                  history.arnForObjects(below),
                ),
              },
            ]
          : []),
      ],
      'Every report of its own bucket; what actions and days are called nobody knows before.',
    );
    // What was written last, and which accounts the organization has.
    const items = [...(history ? ['history'] : []), 'roster'];
    this.allowItems(posture.tableArn, ['dynamodb:GetItem'], items);
    for (const every of [...new Set(schedules.map((each) => each.every))].sort())
      new Rule(this, `Every${every[0]?.toUpperCase()}${every.slice(1)}`, {
        description: `Reports of Plumbline, every ${every}`,
        schedule: Schedule.cron(times[every]),
        targets: [toFunction(this.function, undelivered, RuleTargetInput.fromObject({ every }))],
      });
  }
}
