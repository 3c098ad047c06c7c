import type { STS } from '@aws-sdk/client-sts';
import { continued } from './recursion.ts';
import { HandlerProcess, type LocalFunction } from './runner-process.ts';

export interface PoolOptions {
  readonly region: string;
  readonly endpointUrl: string;
  /** Calls STS as the Lambda service, through the endpoint. */
  readonly sts: STS;
  /** Told of each line that a handler prints. */
  readonly onLine: (title: string, line: string) => void;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The warm processes of each function; one takes one invocation at a time. */
export class ProcessPool {
  private readonly idle = new Map<string, HandlerProcess[]>();
  private readonly all = new Set<HandlerProcess>();
  private readonly options: PoolOptions;
  private stopped = false;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  /** `trace` is the header of the chain of requests that led to it, where there is one. */
  async invoke(target: LocalFunction, event: unknown, trace?: string): Promise<unknown> {
    const worker = await this.take(target);
    try {
      return await worker.invoke(event, {
        requestId: crypto.randomUUID(),
        trace: continued(trace, target.arn),
      });
    } finally {
      if (worker.alive) this.idleOf(target).push(worker);
      else this.all.delete(worker);
    }
  }

  /** Starts a process ahead of the first invocation. */
  async warm(target: LocalFunction) {
    this.idleOf(target).push(await this.start(target));
  }

  async stop() {
    this.stopped = true;
    await Promise.all([...this.all].map((worker) => worker.stop()));
  }

  private idleOf({ name }: LocalFunction) {
    const known = this.idle.get(name) ?? [];
    this.idle.set(name, known);
    return known;
  }

  private async take(target: LocalFunction) {
    const idle = this.idleOf(target);
    for (let worker = idle.pop(); worker; worker = idle.pop()) {
      if (worker.alive) return worker;
      this.all.delete(worker);
    }
    return this.start(target);
  }

  private async start(target: LocalFunction) {
    // As on Lambda the session is called like the function, so an event tells which one acted.
    const credentials = await this.assume(target, target.name);
    if (this.stopped) throw new Error(`${target.name} was asked for after the end`);
    const worker = new HandlerProcess(this.withLocalQueues(target), {
      environment: this.place(credentials),
      onLine: (line) => this.options.onLine(target.title, line),
    });
    this.all.add(worker);
    return worker;
  }

  /** Credentials of a function's role, asked for as the Lambda service. */
  async assume({ roleArn }: LocalFunction, sessionName: string): Promise<Credentials> {
    const { Credentials: given } = await this.options.sts.assumeRole({
      RoleArn: roleArn,
      RoleSessionName: sessionName.slice(0, 64),
    });
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
  }

  // The SQS client sends a message to the host of the queue's URL, whatever AWS_ENDPOINT_URL says.
  private withLocalQueues(target: LocalFunction): LocalFunction {
    const queueHost = `https://sqs.${this.options.region}.amazonaws.com`;
    const environment = Object.entries(target.environment).map(([name, value]) => [
      name,
      value.replaceAll(queueHost, this.options.endpointUrl),
    ]);
    return { ...target, environment: Object.fromEntries(environment) };
  }

  private place(credentials: Credentials) {
    const { region, endpointUrl } = this.options;
    return {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    };
  }
}
