import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Baseline } from '../engine/baseline.ts';
import { Alarms } from './alarms.ts';
import { ConfigRules } from './config-rules.ts';
import { Dashboard } from './dashboard.ts';
import { Evaluate } from './evaluate.ts';
import { Events } from './events.ts';
import { Heartbeat } from './heartbeat.ts';
import { Inbox } from './inbox.ts';
import { patternsOf } from './patterns.ts';
import { Posture } from './posture.ts';
import { Sweep } from './sweep.ts';
import { type Catalogue, watched } from './watched.ts';

export interface PlumblineStackProps extends Omit<StackProps, 'env'> {
  readonly baseline: Baseline;
  readonly catalogue: Catalogue;
  /** The folder with the bundled handlers and the baseline. */
  readonly code: Code;
}

/** Everything that Plumbline is in one account and region. */
export class PlumblineStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { baseline, catalogue, code, ...props }: PlumblineStackProps,
  ) {
    super(scope, id, { ...props, env: { region: baseline.homeRegion } });
    const place = { partition: this.partition, region: this.region, account: this.account };
    const heard = watched(catalogue, baseline);

    const changes = new Inbox(this, 'Changes');
    const sweeps = new Inbox(this, 'Sweeps');
    const pages = new Inbox(this, 'Pages');
    const inboxes = { changes, sweeps, pages };
    const posture = new Posture(this, 'Posture');
    const { undelivered } = new Events(this, 'Events', { patterns: patternsOf(heard), changes });

    const judging = { code, watched: heard, posture, inboxes, place };
    const evaluate = new Evaluate(this, 'Evaluate', judging);
    const sweep = new Sweep(this, 'Sweep', judging);
    const heartbeat = Heartbeat.hasBeat(heard)
      ? new Heartbeat(this, 'Heartbeat', { code, watched: heard, posture, undelivered, place })
      : undefined;
    if (baseline.configRules) new ConfigRules(this, 'ConfigRules', judging);

    const { topic } = new Alarms(this, 'Alarms', {
      evaluate,
      sweep,
      heartbeat,
      changes,
      deadLetters: {
        changes: changes.deadLetters,
        sweeps: sweeps.deadLetters,
        pages: pages.deadLetters,
        undelivered,
      },
      place,
    });
    if (baseline.dashboard) new Dashboard(this, 'Dashboard', { inboxes, evaluate, sweep });
    new CfnOutput(this, 'AlarmTopic', {
      value: topic.topicArn,
      description: 'Subscribe to be told when Plumbline does not do its work',
    });
  }
}
