import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CfnResource, Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  AssetCode,
  type Code,
  Function as Lambda,
  RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { codeSha256Key } from '../../resources/account/own-template.ts';
import { acknowledgeWildcards } from '../permissions/nag.ts';
import type { Grant } from '../permissions/permissions.ts';
import type { Inbox } from './inbox.ts';
import type { ServicePolicies } from './service-policies.ts';

export interface HandlerProps {
  /** The folder that holds every bundled handler. */
  readonly code: Code;
  /** The file in it, which exports `handler`. */
  readonly file: string;
  readonly description: string;
  /** @default 30 */
  readonly timeoutSeconds?: number;
  /**
   * Memory buys processor: at 512 MB the SDK's clients load in a third of the time that 128 MB takes.
   * @default 512
   */
  readonly memoryMb?: number;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * It sends messages by which it is invoked again: pages of a list, later looks, what waits. Lambda would end such a
   * chain after about 16 invocations and lose it; the handlers count for themselves and say where they end one.
   * @default false
   */
  readonly isChained?: boolean;
  /** Of its role, where other accounts know it by its name. @default - CloudFormation makes one up */
  readonly roleName?: string | undefined;
}

/** What Lambda calls CodeSha256, of a file that is deployed as it is. */
const sha256Of = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('base64');

/** One function with a role of its own, which holds what is granted here and nothing else. */
export class Handler extends Construct {
  readonly function: Lambda;
  readonly role: Role;
  private readonly inboxes: Inbox[] = [];

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    const { roleName } = props;
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      ...(roleName === undefined ? {} : { roleName }),
    });
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(this.role);
    this.function = new Lambda(this, 'Function', {
      code: props.code,
      handler: `${props.file}.handler`,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(props.timeoutSeconds ?? 30),
      memorySize: props.memoryMb ?? 512,
      role: this.role,
      logGroup,
      environment: { ...props.environment },
      // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      recursiveLoop: props.isChained ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
    });
    this.sayCode(props.code);
  }

  /** Whoever can write to the CDK's bucket can exchange the file, but not what the template says of it. */
  private sayCode(code: Code): void {
    const resource = this.function.node.defaultChild;
    if (!(code instanceof AssetCode && code.path.endsWith('.zip'))) return;
    if (CfnResource.isCfnResource(resource))
      resource.addMetadata(codeSha256Key, sha256Of(code.path));
  }

  /** Grants exactly these actions; `reason` says why a resource that is no single one has to be. */
  grant(grants: readonly Grant[], reason: string): void {
    for (const { actions, resources, conditions = {} } of grants) {
      this.role.addToPolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: [...actions],
          resources: [...resources],
          conditions,
        }),
      );
    }
    acknowledgeWildcards(this.role, grants, reason);
  }

  /** Grants what these policies allow; the function is there after them. */
  hold(policies: ServicePolicies): void {
    policies.attachTo(this.role);
    this.function.node.addDependency(policies);
  }

  /** Grants actions on the items of a table with these partition keys, and no others. */
  allowItems(tableArn: string, actions: readonly string[], keys: readonly string[]): void {
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...actions],
        resources: [tableArn],
        conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [...keys] } },
      }),
    );
  }

  /** Lets it send to inboxes, where what it sends counts as Plumbline's own. */
  sendTo(...inboxes: readonly Inbox[]): void {
    for (const inbox of inboxes) {
      inbox.sentBy(this.role);
      this.grant(
        [{ actions: ['sqs:SendMessage'], resources: [inbox.queue.queueArn] }],
        'One queue.',
      );
    }
  }

  /** What it knows its messages by: the queues that it reads, and the ids of the roles that send there. */
  private knowInboxes(): void {
    const all = this.inboxes;
    const joined = (of: (inbox: Inbox) => readonly string[]) =>
      Lazy.string({ produce: () => [...new Set(all.flatMap(of))].join(' ') });
    this.function.addEnvironment(
      'INBOX_URLS',
      joined(({ queue }) => [queue.queueUrl]),
    );
    this.function.addEnvironment(
      'INBOX_SENDERS',
      joined((inbox) => inbox.senderIds()),
    );
    const held = Math.max(...all.map(({ heldSeconds }) => heldSeconds));
    this.function.addEnvironment('INBOX_HELD_SECONDS', String(held));
  }

  /** Takes batches from an inbox, in at most `maxConcurrency` instances at once. */
  takeFrom(inbox: Inbox, maxConcurrency: number, batchSize = 10): void {
    inbox.readBy(this.role);
    this.inboxes.push(inbox);
    this.knowInboxes();
    this.function.addEventSource(
      new SqsEventSource(inbox.queue, {
        batchSize,
        maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
  }
}
