import type { STS } from '@aws-sdk/client-sts';
import { HandlerProcess, type LocalFunction } from './runner-process.ts';

export interface PoolOptions {
  readonly region: string;
  readonly endpointUrl: string;
  /** Calls STS as the Lambda service, through the endpoint. */
  readonly sts: STS;
  readonly onLine: (functionName: string, line: string) => void;
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

  async invoke(target: LocalFunction, event: unknown): Promise<unknown> {
    const worker = await this.take(target);
    try {
      return await worker.invoke(event, crypto.randomUUID());
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
    const environment = { ...(await this.credentials(target)), ...this.place() };
    if (this.stopped) throw new Error(`${target.name} was asked for after the end`);
    const worker = new HandlerProcess(target, {
      environment,
      onLine: (line) => this.options.onLine(target.name, line),
    });
    this.all.add(worker);
    return worker;
  }

  // As on Lambda the session is called like the function, so an event tells which one acted.
  private async credentials({ roleArn, name }: LocalFunction) {
    const { Credentials } = await this.options.sts.assumeRole({
      RoleArn: roleArn,
      RoleSessionName: name.slice(0, 64),
    });
    return {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
    };
  }

  private place() {
    const { region, endpointUrl } = this.options;
    return { AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_ENDPOINT_URL: endpointUrl };
  }
}
